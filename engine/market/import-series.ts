import { readCandleFile } from './candle-file.ts';
import { type ImportOptions, type ImportResult, importFile } from './import.ts';
import { type MergeResult, mergeCandles } from './merge.ts';
import { type PlacedView, viewsIn } from './views.ts';
import { type WrittenSeries, writeSeries } from './write-series.ts';

export interface SeriesImportJob extends Omit<ImportOptions, 'onProgress'> {
  readonly file: string;
  /** Candle file of the series that the bars are joined with; none for a new series. */
  readonly stored?: string | undefined;
  /** Views of runs on the stored series. */
  readonly views?: readonly PlacedView[];
  /** Where the joined series is written. */
  readonly folder: string;
}

/** What an import came to, its candles being in a file. */
export interface ImportedSeries
  extends Omit<ImportResult, 'candles' | 'duplicates'>,
    Omit<MergeResult, 'candles'> {
  readonly series: WrittenSeries;
  /** Digests of those views that the joined series has, and of those that only the stored one had. */
  readonly views: { readonly held: readonly string[]; readonly lost: readonly string[] };
}

/** Imports a file, joins it with what is stored, and writes the candle file. Throws as `importFile` and `readCandleFile`. */
export async function importSeries(
  { file, stored, folder, views = [], ...options }: SeriesImportJob,
  onProgress: (share: number) => void,
): Promise<ImportedSeries> {
  const { candles: incoming, duplicates, ...report } = await importFile(file, { ...options, onProgress });
  const before = stored === undefined ? undefined : readCandleFile(stored);
  const { candles, ...counts } =
    before === undefined
      ? { candles: incoming, added: incoming.length, changed: 0, same: 0 }
      : mergeCandles(before, incoming);
  const held = viewsIn(candles, views);
  const missing = views.filter(({ digest }) => !held.has(digest));
  const lost = before === undefined ? [] : viewsIn(before, missing);
  return {
    ...report,
    ...counts,
    series: writeSeries(folder, candles, duplicates),
    views: { held: [...held], lost: [...lost] },
  };
}
