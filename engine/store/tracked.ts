import type { Selectable } from 'kysely';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { TrackedTable, TrackingTable } from './tracking-tables.ts';

export type TrackingRow = Selectable<TrackingTable>;
export type TrackedRow = Selectable<TrackedTable>;

/** What is remembered of a tracking server's experiment; undefined where nothing was sent there yet. */
export function findTracking(store: Reader, uri: string, experiment: string): TrackingRow | undefined {
  return store.first(
    sqlBuilder.selectFrom('tracking').selectAll().where('uri', '=', uri).where('experiment', '=', experiment),
  );
}

export function insertTracking(store: Store, uri: string, experiment: string): number {
  return store.insert('tracking', {
    uri,
    experiment,
    owner: null,
    seen_at: null,
    models_up_to: 0,
    sent_at: null,
  });
}

export function updateTracking(store: Store, id: number, change: Partial<Omit<TrackingRow, 'id'>>): void {
  store.run(sqlBuilder.updateTable('tracking').set(change).where('id', '=', id));
}

export function findTracked(store: Reader, tracking: number, key: string): TrackedRow | undefined {
  return store.first(
    sqlBuilder.selectFrom('tracked').selectAll().where('tracking_id', '=', tracking).where('key', '=', key),
  );
}

/** What is remembered of all whose key begins so. */
export function trackedOf(store: Reader, tracking: number, prefix: string): Map<string, TrackedRow> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('tracked')
      .selectAll()
      .where('tracking_id', '=', tracking)
      .where('key', '>=', prefix)
      .where('key', '<', `${prefix}\uffff`),
  );
  return new Map(rows.map((row) => [row.key, row]));
}

export function setTracked(store: Store, row: TrackedRow): void {
  store
    .prepare(
      `INSERT INTO tracked (tracking_id, key, remote, version, refusal, sent_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (tracking_id, key) DO UPDATE SET
         remote = excluded.remote, version = excluded.version, refusal = excluded.refusal, sent_at = excluded.sent_at`,
    )
    .run(row.tracking_id, row.key, row.remote, row.version, row.refusal, row.sent_at);
}

export function deleteTracked(store: Store, tracking: number, key: string): void {
  store.prepare('DELETE FROM tracked WHERE tracking_id = ? AND key = ?').run(tracking, key);
}

/** What the server refused, the newest first. */
export function refusedOf(store: Reader, tracking: number): { key: string; refusal: string }[] {
  return store.all(
    sqlBuilder
      .selectFrom('tracked')
      .select(['key', 'refusal'])
      .$narrowType<{ refusal: string }>()
      .where('tracking_id', '=', tracking)
      .where('refusal', 'is not', null)
      .orderBy('sent_at', 'desc')
      .orderBy('key'),
  );
}

export interface NewModel {
  readonly id: number;
  readonly train_rows: number | null;
  readonly left_out: string | null;
  readonly importance: string | null;
  readonly synthetic: number;
  /** The first job that it is a cell of. */
  readonly job: number | null;
}

/** Runs after a number, in their order; `onlyKept`: those whose model is kept. */
export function modelsAfter(store: Store, after: number, onlyKept: boolean, limit: number): NewModel[] {
  return store
    .prepare(
      `SELECT id, train_rows, left_out, importance, synthetic,
              (SELECT min(queue_id) FROM cells WHERE run_id = runs.id) AS job
       FROM runs WHERE id > ? AND (kept = 1 OR ?) ORDER BY id LIMIT ?`,
    )
    .all(after, onlyKept ? 0 : 1, limit) as NewModel[];
}

export function countModelsAfter(store: Store, after: number, onlyKept: boolean): number {
  return store
    .prepare('SELECT count(*) FROM runs WHERE id > ? AND (kept = 1 OR ?)')
    .pluck()
    .get(after, onlyKept ? 0 : 1) as number;
}

export function newestModel(store: Store): number {
  return (store.prepare('SELECT max(id) FROM runs').pluck().get() as number | null) ?? 0;
}

/** Lines of the journal that have the report of a gate, in their order. */
export function gateLines(store: Reader): { readonly id: number; readonly name: string }[] {
  return store.all(
    sqlBuilder.selectFrom('journal').select(['id', 'name']).where('gate', 'is not', null).orderBy('id'),
  );
}

/** Trials of each search, as they are stored. */
export function trialCounts(store: Store): { readonly queue_id: number; readonly trials: number }[] {
  return store
    .prepare('SELECT queue_id, count(*) AS trials FROM trials GROUP BY queue_id ORDER BY queue_id')
    .all() as { queue_id: number; trials: number }[];
}

/** Of each validation: its job, and how many of its folds have an end. */
export function validationStates(
  store: Store,
): { readonly id: number; readonly queue_id: number; readonly created_at: number; readonly ended: number }[] {
  return store
    .prepare(
      `SELECT v.id, v.queue_id, v.created_at,
              (SELECT count(*) FROM validation_folds f
               WHERE f.validation_id = v.id AND (f.error IS NOT NULL OR f.key IN (SELECT key FROM folds))) AS ended
       FROM validations v ORDER BY v.id`,
    )
    .all() as { id: number; queue_id: number; created_at: number; ended: number }[];
}
