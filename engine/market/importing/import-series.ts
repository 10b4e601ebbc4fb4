import type { Candles } from '../candles.ts';
import { type ImportOptions, type ImportResult, importFile } from './import.ts';
import { type JoinedSeries, type JoinJob, joinSeries } from './join-series.ts';

export interface SeriesImportJob
  extends Omit<ImportOptions, 'onProgress'>,
    Omit<JoinJob, 'name' | 'isUnattended'> {
  readonly file: string;
}

/** What an import came to, its candles being in a file. */
export interface ImportedSeries extends Omit<ImportResult, 'candles' | 'duplicates'>, JoinedSeries {}

/**
 * Imports a file, joins it with what is stored, and writes the candle file. Throws as `importFile` and `joinSeries`.
 *
 * @param look is shown the joined series while it is in memory
 */
export async function importSeries(
  { file, stored, folder, views = [], replace = false, ...options }: SeriesImportJob,
  onProgress: (share: number) => void,
  look: (candles: Candles) => void = () => undefined,
): Promise<ImportedSeries> {
  const { candles, duplicates, ...report } = await importFile(file, { ...options, onProgress });
  const { weekend, unattended } = options;
  const job = { name: file, stored, views, replace, folder, weekend, isUnattended: unattended !== undefined };
  const { notes, ...joined } = joinSeries(candles, job, duplicates, look);
  return { ...report, ...joined, notes: [...report.notes, ...notes] };
}
