import type { Timeframe } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import type { DayStart } from '../time/day-start.ts';
import { candleDigest, toShared } from './candle-file.ts';
import { resample } from './resample.ts';

/** A series with the digest that run keys are made of. */
export interface LoadedSeries {
  readonly candles: Candles;
  readonly digest: string;
}

/** `resample`, on shared memory: threads are handed the series without a copy. */
export function resampleSeries(source: Candles, timeframe: Timeframe, dayStart: DayStart): LoadedSeries {
  const candles = toShared(resample(source, timeframe, dayStart));
  return { candles, digest: candleDigest(candles) };
}
