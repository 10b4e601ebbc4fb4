import type { Candles } from '../market/candles.ts';
import { readCandleFile } from '../market/series/candle-file.ts';
import type { ResampleJob } from '../market/series/candle-source.ts';
import { type LoadedSeries, resampleSeries } from '../market/series/loaded-series.ts';
import { type Answer, answer } from './answer.ts';

/** The tasks of a CandleReader whose work is done by threads. */

export interface ReadJob {
  readonly file: string;
  readonly digest: string;
}

export function readCandles({ file, digest }: ReadJob): Promise<Answer<Candles>> {
  return answer(() => readCandleFile(file, digest));
}

export function resample({ candles, timeframe, dayStart }: ResampleJob): Promise<Answer<LoadedSeries>> {
  return answer(() => resampleSeries(candles, timeframe, dayStart));
}
