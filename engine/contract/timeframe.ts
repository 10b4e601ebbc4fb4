import { EngineError, orList } from './errors.ts';

/** Bar lengths, shortest first. */
export const TIMEFRAMES = ['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

export const TIMEFRAME_MINUTES: Readonly<Record<Timeframe, number>> = {
  M1: 1,
  M5: 5,
  M15: 15,
  M30: 30,
  H1: 60,
  H4: 240,
  D1: 1440,
  W1: 10_080,
};

/** What documents for programs say of a timeframe that is written: our names, and the spelling of most exchanges. `readTimeframe` reads more. */
export const TIMEFRAME_DOCUMENT = {
  type: 'string' as const,
  enum: [...TIMEFRAMES, '1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w'],
  examples: ['H1'],
};

/** Length of one bar in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return TIMEFRAME_MINUTES[timeframe] * 60_000;
}

const UNIT_LETTER: Readonly<Record<string, string>> = {
  m: 'M',
  min: 'M',
  h: 'H',
  hour: 'H',
  d: 'D',
  day: 'D',
  daily: 'D',
  w: 'W',
  wk: 'W',
  week: 'W',
  weekly: 'W',
};

const UNIT_MINUTES: Readonly<Record<string, number>> = { M: 1, H: 60, D: 1440, W: 10_080 };

/** Reads `H1`, `1h`, `1H`, `15m`, `M15`, `60m`, `1 hour`, `D`, `daily`, `1wk`, `weekly`; undefined if it is none of ours. */
export function readTimeframe(text: string): Timeframe | undefined {
  const compact = text.trim().toLowerCase().replace(/\s+/g, '');
  const match = /^(?<n1>\d+)?(?<unit>m|min|h|hour|d|day|daily|w|wk|week|weekly)(?<n2>\d+)?$/.exec(compact);
  if (!match?.groups) return undefined;
  const { n1, unit = '', n2 } = match.groups;
  if (n1 !== undefined && n2 !== undefined) return undefined;
  const letter = UNIT_LETTER[unit]!;
  const count = n1 ?? n2;
  if (count === undefined && letter !== 'D' && letter !== 'W') return undefined;
  const minutes = Number(count ?? 1) * UNIT_MINUTES[letter]!;
  return TIMEFRAMES.find((t) => TIMEFRAME_MINUTES[t] === minutes);
}

/** As `readTimeframe`, but anything unknown is an `invalid-input` error. */
export function parseTimeframe(text: string): Timeframe {
  const timeframe = readTimeframe(text);
  if (timeframe === undefined) {
    throw new EngineError('invalid-input', `Timeframe "${text}" is not known. Use ${orList(TIMEFRAMES)}.`);
  }
  return timeframe;
}
