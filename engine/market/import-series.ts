import { readCandleFile } from './candle-file.ts';
import { type ImportOptions, type ImportResult, importFile } from './import.ts';
import { type MergeResult, mergeCandles } from './merge.ts';
import { type WrittenSeries, writeSeries } from './write-series.ts';

export interface SeriesImportJob extends Omit<ImportOptions, 'onProgress'> {
  readonly file: string;
  /** Candle file of the series that the bars are joined with; none for a new series. */
  readonly stored?: string | undefined;
  /** Where the joined series is written. */
  readonly folder: string;
}

/** What an import came to, its candles being in a file. */
export interface ImportedSeries
  extends Omit<ImportResult, 'candles' | 'duplicates'>,
    Omit<MergeResult, 'candles'> {
  readonly series: WrittenSeries;
}

/** Imports a file, joins it with what is stored, and writes the candle file. Throws as `importFile` and `readCandleFile`. */
export async function importSeries(
  { file, stored, folder, ...options }: SeriesImportJob,
  onProgress: (share: number) => void,
): Promise<ImportedSeries> {
  const { candles: incoming, duplicates, ...report } = await importFile(file, { ...options, onProgress });
  const { candles, ...counts } =
    stored === undefined
      ? { candles: incoming, added: incoming.length, changed: 0, same: 0 }
      : mergeCandles(readCandleFile(stored), incoming);
  return { ...report, ...counts, series: writeSeries(folder, candles, duplicates) };
}
