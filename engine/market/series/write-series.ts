import type { QualityReport } from '../../contract/quality.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import { makePrivateFolder } from '../../files/atomic-write.ts';
import type { Candles } from '../candles.ts';
import { qualityReport } from '../quality/quality.ts';
import { writeCandleFile } from './candle-file.ts';

/** A series whose candle file is on disk, synced; no ledger knows of it yet. */
export interface WrittenSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  /** Opening times of the first and the last bar, ms UTC. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly synthetic: boolean;
  readonly digest: string;
  /** Name of the candle file in its folder. */
  readonly file: string;
  readonly quality: QualityReport;
}

/**
 * Examines candles and writes them into a folder, which is created when it is not there. `duplicates` is what their
 * import counted. Throws as `writeCandleFile`.
 */
export function writeSeries(folder: string, candles: Candles, duplicates = 0): WrittenSeries {
  const { symbol, timeframe, length, time, synthetic } = candles;
  const quality = qualityReport(candles, duplicates);
  makePrivateFolder(folder);
  return {
    symbol,
    timeframe,
    bars: length,
    firstTime: time[0]!,
    lastTime: time[length - 1]!,
    synthetic,
    ...writeCandleFile(folder, candles),
    quality,
  };
}
