import type { Selectable } from 'kysely';
import type { SeriesAction } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { FormerCandles } from './former-candles.ts';
import type { SeriesTable } from './schema.ts';
import type { SeriesChangesTable } from './series-changes-table.ts';
import { damagedRow, unsoundOwners } from './soundness.ts';

/** Changes of a series that can be undone, one after the other. Each keeps a candle file. */
export const KEPT_CHANGES = 3;
/** After this time a change stands: what a series was before it is forgotten by the next cleanup. */
export const CHANGE_KEPT_MS = 30 * 86_400_000;

/** What was done to a series, and what it was before. */
export interface SeriesChange {
  readonly id: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly action: SeriesAction;
  /** Name of the file that was imported; null without one. */
  readonly source: string | null;
  /** ms since 1970-01-01 UTC */
  readonly at: number;
  /** Its row before; null where it was not stored. */
  readonly series: SeriesTable | null;
  readonly former: readonly FormerCandles[];
}

export function insertChange(store: Store, change: Omit<SeriesChange, 'id'>): void {
  store.insert('series_changes', {
    ...change,
    series: change.series === null ? null : JSON.stringify(change.series),
    former: JSON.stringify(change.former),
  });
}

/** Those of one series or of all, the newest first. Throws `artifact-damaged` where one is not what was written. */
export function seriesChanges(store: Reader, symbol?: string, timeframe?: Timeframe): SeriesChange[] {
  let query = sqlBuilder.selectFrom('series_changes').selectAll().orderBy('id', 'desc');
  if (symbol !== undefined) query = query.where('symbol', '=', symbol);
  if (timeframe !== undefined) query = query.where('timeframe', '=', timeframe);
  const rows = store.all(query);
  const [unsound] = unsoundOwners(
    store,
    'series_changes',
    rows.map(({ id }) => id),
  );
  if (unsound !== undefined) throw damagedRow(store.file, { kind: 'series_changes', owner: unsound });
  return rows.map(toChange);
}

function toChange({ series, former, action, ...row }: Selectable<SeriesChangesTable>): SeriesChange {
  const what = `the change ${row.id} of ${row.symbol} ${row.timeframe}`;
  return {
    ...row,
    action: action as SeriesAction,
    series: series === null ? null : storedJson<SeriesTable>(series, what),
    former: storedJson<FormerCandles[]>(former, what),
  };
}

export function deleteChange(store: Store, id: number): void {
  store.run(sqlBuilder.deleteFrom('series_changes').where('id', '=', id));
}

/** A candle file as a change needs it. */
export type ChangedFile = Pick<SeriesTable, 'file' | 'symbol' | 'timeframe' | 'digest'>;

/** What a change keeps for the day on which it is undone. */
export function filesOfChange({ series, former }: SeriesChange): ChangedFile[] {
  return [...(series === null ? [] : [series]), ...former];
}

/** The same of all changes. */
export function filesOfChanges(store: Reader): ChangedFile[] {
  return seriesChanges(store).flatMap(filesOfChange);
}
