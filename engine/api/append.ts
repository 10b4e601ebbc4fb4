import type { Handlers } from '../contract/api/index.ts';
import type { SentBar } from '../contract/candles-request.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Importer } from '../imports/importer.ts';
import { CANDLE_COLUMNS, type Candles, pickCandles } from '../market/candles.ts';
import { closedBars } from '../market/importing/append-bars.ts';
import { arrivalsOf } from '../store/arrivals.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';

export interface AppendDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly importer: Importer;
  readonly seriesChanged: () => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function appendHandlers({
  store,
  library,
  importer,
  seriesChanged,
  now,
}: AppendDeps): Pick<Handlers, 'market.append' | 'market.arrivals'> {
  return {
    'market.append': ({ symbol, timeframe, bars }) =>
      importer.inTurn(async () => {
        const { closed, unfinished } = closedBars(candlesOf(symbol, timeframe, bars), now());
        const joined = closed.length === 0 ? undefined : await importer.appendBars(closed);
        const row = joined?.row ?? library.find(symbol, timeframe);
        const { added = 0, changed = 0, same = 0, changedAt = [], lateAt = [] } = joined ?? {};
        if (added + changed > 0) seriesChanged();
        return {
          symbol,
          timeframe,
          appended: added - lateAt.length,
          corrected: changedAt.map(iso),
          late: lateAt.map(iso),
          same,
          unfinished: unfinished.map(iso),
          newest: row === undefined ? null : iso(row.last_time),
          bars: row?.bars ?? 0,
        };
      }),
    'market.arrivals': (only) =>
      arrivalsOf(store, only).map(({ time, at, ...row }) => ({ ...row, time: iso(time), at: iso(at) })),
  };
}

/** In order of time, one of those that are the same. @throws EngineError `invalid-input` for two of one time that are not */
function candlesOf(symbol: string, timeframe: Timeframe, bars: readonly SentBar[]): Candles {
  const sent = bars
    .map(({ time, spread = Number.NaN, ...bar }) => ({
      ...bar,
      spread,
      time: typeof time === 'number' ? time : Date.parse(time),
    }))
    .sort((a, b) => a.time - b.time);
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(sent, (bar) => bar[name])]),
  ) as Pick<Candles, (typeof CANDLE_COLUMNS)[number]>;
  const all: Candles = { symbol, timeframe, length: sent.length, ...columns, synthetic: false };
  const rows = sent.flatMap(({ time }, row) => {
    if (row === 0 || sent[row - 1]!.time !== time) return [row];
    if (CANDLE_COLUMNS.every((name) => Object.is(all[name][row - 1], all[name][row]))) return [];
    throw new EngineError(
      'invalid-input',
      `There are two different bars of ${iso(time)} in the request. Send one of them.`,
      { time: iso(time) },
    );
  });
  return pickCandles(all, rows);
}

const iso = (ms: number) => new Date(ms).toISOString();
