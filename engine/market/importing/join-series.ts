import { grouped } from '../../contract/counted.ts';
import type { WeekendRule } from '../../contract/weekend-days.ts';
import type { Candles } from '../candles.ts';
import { readCandleFile } from '../series/candle-file.ts';
import { type PlacedView, viewsIn } from '../series/views.ts';
import { type WrittenSeries, writeSeries } from '../series/write-series.ts';
import { formerBars } from './former-bars.ts';
import { allNew, type MergeResult, mergeCandles } from './merge.ts';
import { refuseMoved, refuseOthers } from './unattended.ts';
import { settleStoredWeekend } from './weekend-days.ts';

/** What bars are joined with, and how. */
export interface JoinJob {
  /** What messages call the source of the bars. */
  readonly name: string;
  /** Candle file of the series that the bars are joined with; none for a new series. */
  readonly stored?: string | undefined;
  /** Views of runs on the stored series. */
  readonly views?: readonly PlacedView[];
  /** Nothing that is stored stays. */
  readonly replace?: boolean | undefined;
  /** Where the joined series is written. */
  readonly folder: string;
  readonly weekend?: WeekendRule | undefined;
  /** Nobody sees what is noted: what would be a question is an error. */
  readonly isUnattended: boolean;
}

/** What joining came to, its candles being in a file. */
export interface JoinedSeries extends Omit<MergeResult, 'candles'> {
  readonly series: WrittenSeries;
  /** Digests of those views that the joined series has, and of those that only the stored one had. */
  readonly views: { readonly held: readonly string[]; readonly lost: readonly string[] };
  readonly notes: readonly string[];
}

/**
 * Joins bars with what is stored, and writes the candle file. Throws as `readCandleFile` and `formerBars`; unattended as `refuseMoved` and
 * `refuseOthers`, too.
 *
 * @param duplicates what their source had twice
 * @param look is shown the joined series while it is in memory
 */
export function joinSeries(
  incoming: Candles,
  { name, stored, views = [], replace = false, folder, weekend, isUnattended }: JoinJob,
  duplicates = 0,
  look: (candles: Candles) => void = () => undefined,
): JoinedSeries {
  const before = stored === undefined ? undefined : readCandleFile(stored);
  const settled = before && settleStoredWeekend(before, weekend ?? 'keep');
  const former = settled === undefined || replace ? undefined : formerBars(settled, incoming);
  if (former !== undefined && isUnattended) refuseMoved(name, former);
  const { candles, ...counts } =
    former === undefined ? allNew(incoming) : mergeCandles(former.candles, incoming);
  if (former !== undefined && isUnattended) refuseOthers(name, counts);
  const held = viewsIn(candles, views);
  const missing = views.filter(({ digest }) => !held.has(digest));
  const lost = before === undefined ? [] : viewsIn(before, missing);
  look(candles);
  return {
    ...counts,
    notes: [...(former?.notes ?? []), ...replacedNotes(before, replace)],
    series: writeSeries(folder, candles, duplicates),
    views: { held: [...held], lost: [...lost] },
  };
}

function replacedNotes(before: Candles | undefined, replace: boolean): string[] {
  if (before === undefined || !replace) return [];
  return [`The ${grouped(before.length)} bars that were stored were replaced.`];
}
