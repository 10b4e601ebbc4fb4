import { z } from 'zod';
import { timeframeField, writtenSymbolField } from './api/fields.ts';
import { TIMEFRAME_DOCUMENT } from './timeframe.ts';

/** More bars at a time are a file's. */
const MOST_BARS = 5000;

/** The last millisecond of the year 9999: later ones have no date as text. */
const LAST_MOMENT = 253_402_300_799_999;

const price = z.number().positive().finite();

const bar = z
  .strictObject({
    time: z
      .union([z.iso.datetime({ offset: true }), z.int().min(0).max(LAST_MOMENT)])
      .describe('when the bar opened: ISO 8601 with Z or an offset, or milliseconds since 1970-01-01 UTC'),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: z.number().min(0).finite().default(0).describe('in whatever its source counts'),
    spread: z
      .number()
      .min(0)
      .finite()
      .optional()
      .describe('ask minus bid at its close, in price units; left out where it is not known'),
  })
  .refine(
    ({ open, high, low, close }) => high >= Math.max(open, low, close) && low <= Math.min(open, close),
    {
      error: 'expected high to be the highest and low the lowest of the four prices',
    },
  )
  // Centuries between two bars would be gaps to be counted, hour by hour.
  .refine(({ time }) => typeof time === 'number' || Date.parse(time) >= 0, {
    error: 'expected a time from 1970 on',
    path: ['time'],
  });

const bars = z.array(bar).min(1, 'expected a bar').max(MOST_BARS, `expected ${MOST_BARS} bars at most`);

/** Bars that a program sends. */
export type SentBar = z.output<typeof bar>;

/** Of a method, and of the request that is made of it. */
export const candlesInput = {
  symbol: writtenSymbolField.meta({ examples: ['EURUSD'] }).describe('symbol that the bars are stored under'),
  timeframe: timeframeField.meta(TIMEFRAME_DOCUMENT).describe('their length'),
  bars,
};

const times = z.array(z.iso.datetime());

/** What became of the bars of a request; opening times are ISO 8601 UTC. */
export const candlesAnswerSchema = z
  .object({
    symbol: z.string(),
    timeframe: z.string(),
    appended: z.int().describe('bars after the newest that was stored, or before the oldest'),
    corrected: times.describe('bars that were stored with another price, volume or spread'),
    late: times.describe('bars between two that were stored'),
    same: z.int().describe('bars that were stored as they are: sent once more, they change nothing'),
    unfinished: times.describe(
      'bars that have not closed yet: they are not stored, send them when they have',
    ),
    newest: z.iso.datetime().nullable().describe('newest bar that is stored now; null where there is none'),
    bars: z.int().describe('bars that are stored now'),
  })
  .meta({ id: 'CandlesAnswer' });

export type CandlesAnswer = z.output<typeof candlesAnswerSchema>;
