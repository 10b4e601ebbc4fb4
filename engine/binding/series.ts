import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Candles } from '../market/candles.ts';
import type { SeriesRef } from '../market/series/candle-source.ts';
import type { BindingLibrary } from '../store/candle-library.ts';
import { asOf, symbolClock } from './as-of.ts';

/** A series of the workspace as it is now. */
export interface StoredCandles {
  readonly ref: SeriesRef;
  readonly candles: Candles;
  readonly synthetic: boolean;
}

/** @throws EngineError `not-found` where neither the timeframe nor a shorter one is stored */
export function loadSeries(library: BindingLibrary, symbol: string, timeframe: Timeframe): StoredCandles {
  const known = library.refer(symbol, timeframe);
  const series = library.load(symbol, timeframe);
  if (known !== undefined && series !== undefined) {
    return { ref: known.series, candles: series.candles, synthetic: known.synthetic };
  }
  throw new EngineError(
    'not-found',
    `There are no candles of ${symbol} for ${timeframe}: neither that timeframe nor a shorter one is stored. Import candles of it first.`,
    { remedy: 'import-candles' },
  );
}

/** What a symbol's windows are counted back from today, ms UTC. @throws EngineError as `asOf` */
export function asOfToday(library: BindingLibrary, config: Config, symbol: string): number {
  const clock = symbolClock(library.list(), symbol);
  if (clock === undefined)
    throw new EngineError('internal', `Expected stored series of ${symbol}, found none.`);
  return asOf(symbol, clock, config.evaluation.as_of);
}
