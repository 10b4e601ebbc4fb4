import type { Timeframe } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import type { DayStart } from '../time/day-start.ts';
import { candleDigest } from './candle-file.ts';
import type { LoadedSeries } from './loaded-series.ts';

/** A series of bars that is stored as a candle file, by name. */
export interface StoredSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** See `candleDigest`. */
  readonly digest: string;
}

/** A series by name, as plain JSON: whoever has the same bars, in whatever process, can tell that they are the same. */
export interface SeriesRef extends StoredSeries {
  /** The stored series that it is resampled from, and the day's start; left out where it is stored itself. */
  readonly base?: Omit<StoredSeries, 'symbol'> & { readonly dayStart: DayStart };
  /** The part that is seen, see `candlesWithin`; ms since 1970-01-01 UTC. */
  readonly view?: { readonly from?: number; readonly to?: number };
}

export interface ResampleJob {
  readonly candles: Candles;
  readonly timeframe: Timeframe;
  readonly dayStart: DayStart;
}

/** Who reads candle files, so that the caller's thread need not. Both give shared memory. */
export interface CandleReader {
  /** Throws as `readCandleFile`. */
  readCandles(file: string, digest: string): Promise<Candles>;
  resample(source: ResampleJob): Promise<LoadedSeries>;
}

/** Where the candles that a reference names come from. */
export interface CandleSource {
  /**
   * The view of the series, on shared memory, so that threads have it without a copy; `reader` does the work.
   * @throws EngineError as `readCandleFile`; `conflict` where resampling gives other bars than the reference names
   */
  candles(ref: SeriesRef, reader: CandleReader): Promise<Candles>;
}

/** The reference to a whole series that is at hand. */
export function seriesRef(candles: Candles): SeriesRef {
  return { symbol: candles.symbol, timeframe: candles.timeframe, digest: candleDigest(candles) };
}
