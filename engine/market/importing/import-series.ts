import type { Candles } from '../candles.ts';
import { readCandleFile } from '../series/candle-file.ts';
import { type PlacedView, viewsIn } from '../series/views.ts';
import { type WrittenSeries, writeSeries } from '../series/write-series.ts';
import { formerBars } from './former-bars.ts';
import { type ImportOptions, type ImportResult, importFile } from './import.ts';
import { type MergeResult, mergeCandles } from './merge.ts';
import { refuseMoved, refuseOthers } from './unattended.ts';
import { settleStoredWeekend } from './weekend-days.ts';

export interface SeriesImportJob extends Omit<ImportOptions, 'onProgress'> {
  readonly file: string;
  /** Candle file of the series that the bars are joined with; none for a new series. */
  readonly stored?: string | undefined;
  /** Views of runs on the stored series. */
  readonly views?: readonly PlacedView[];
  /** Nothing that is stored stays. */
  readonly replace?: boolean | undefined;
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

/**
 * Imports a file, joins it with what is stored, and writes the candle file. Throws as `importFile`, `readCandleFile` and `formerBars`.
 *
 * @param look is shown the joined series while it is in memory
 */
export async function importSeries(
  { file, stored, folder, views = [], replace = false, ...options }: SeriesImportJob,
  onProgress: (share: number) => void,
  look: (candles: Candles) => void = () => undefined,
): Promise<ImportedSeries> {
  const { candles: incoming, duplicates, ...report } = await importFile(file, { ...options, onProgress });
  const before = stored === undefined ? undefined : readCandleFile(stored);
  const settled = before && settleStoredWeekend(before, options.weekend ?? 'keep');
  const former = settled === undefined || replace ? undefined : formerBars(settled, incoming);
  if (former !== undefined && options.unattended !== undefined) refuseMoved(file, former);
  const { candles, ...counts } =
    former === undefined
      ? { candles: incoming, added: incoming.length, changed: 0, same: 0 }
      : mergeCandles(former.candles, incoming);
  if (former !== undefined && options.unattended !== undefined) refuseOthers(file, counts);
  const held = viewsIn(candles, views);
  const missing = views.filter(({ digest }) => !held.has(digest));
  const lost = before === undefined ? [] : viewsIn(before, missing);
  look(candles);
  return {
    ...report,
    ...counts,
    notes: [...report.notes, ...(former?.notes ?? []), ...replacedNotes(before, replace)],
    series: writeSeries(folder, candles, duplicates),
    views: { held: [...held], lost: [...lost] },
  };
}

function replacedNotes(before: Candles | undefined, replace: boolean): string[] {
  if (before === undefined || !replace) return [];
  return [`The ${before.length.toLocaleString('en-US')} bars that were stored were replaced.`];
}
