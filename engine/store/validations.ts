import { type Selectable, sql } from 'kysely';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { fixedQuery } from './fixed-query.ts';
import { assertSound } from './soundness.ts';
import type { FoldsTable, ValidationFoldsTable, ValidationsTable } from './validation-tables.ts';

export type ValidationRow = Selectable<ValidationsTable>;
export type FoldRow = Selectable<FoldsTable>;

/** A fold of a validation, and the cell of its job that computes it. */
export interface NewValidationFold {
  readonly index: number;
  readonly cell: number;
  readonly key: string;
}

/** In the transaction of the job's own row. */
export function insertValidation(
  store: Store,
  row: Omit<ValidationRow, 'id'>,
  folds: readonly NewValidationFold[],
): number {
  const id = store.insert('validations', row);
  for (const { index, cell, key } of folds) {
    store.insert('validation_folds', {
      validation_id: id,
      fold_index: index,
      cell_index: cell,
      key,
      reused: 0,
      error: null,
    });
  }
  return id;
}

/** @throws EngineError `artifact-damaged` where one is not what was written */
export function validationsOf(store: Reader, queueId?: number): ValidationRow[] {
  let query = sqlBuilder.selectFrom('validations').selectAll();
  if (queueId !== undefined) query = query.where('queue_id', '=', queueId);
  const rows = store.all(query.orderBy('id'));
  assertSound(
    store,
    'validations',
    rows.map(({ id }) => id),
  );
  return rows;
}

/** @throws as `validationsOf` */
export function findValidation(store: Reader, id: number): ValidationRow | undefined {
  assertSound(store, 'validations', [id]);
  return store.first(sqlBuilder.selectFrom('validations').selectAll().where('id', '=', id));
}

/** In the order of their folds. @throws as `validationsOf` */
export function foldsOf(store: Reader, validationId: number): ValidationFoldsTable[] {
  assertSound(store, 'validation_folds', [validationId]);
  return store.all(
    sqlBuilder
      .selectFrom('validation_folds')
      .selectAll()
      .where('validation_id', '=', validationId)
      .orderBy('fold_index'),
  );
}

/** A fold has another key by now, is known from elsewhere, or has failed. */
export function updateFold(
  store: Store,
  { validation_id, fold_index, key, reused, error }: Omit<ValidationFoldsTable, 'cell_index'>,
): void {
  store
    .prepare(
      'UPDATE validation_folds SET key = ?, reused = ?, error = ? WHERE validation_id = ? AND fold_index = ?',
    )
    .run(key, reused, error, validation_id, fold_index);
}

/** Which of these keys are computed already. */
export function knownFolds(store: Reader, keys: readonly string[]): Set<string> {
  if (keys.length === 0) return new Set();
  const rows = store.all(
    sqlBuilder
      .selectFrom('folds')
      .select('key')
      .where('key', 'in', sql<string>`(select value from json_each(${JSON.stringify(keys)}))`),
  );
  return new Set(rows.map(({ key }) => key));
}

/** Of these keys those that need not be computed: a fold of a procedure that was computed before its contenders were kept does. */
export function reusableFolds(store: Reader, keys: readonly string[]): Set<string> {
  const known = knownFolds(store, keys);
  if (known.size === 0) return known;
  const old = store.all(
    sqlBuilder
      .selectFrom('folds')
      .select('key')
      .where('key', 'in', sql<string>`(select value from json_each(${JSON.stringify([...known])}))`)
      .where(sql<boolean>`${sql.raw(WITHOUT_CONTENDERS)}`),
  );
  for (const { key } of old) known.delete(key);
  return known;
}

/** Of a row of `folds`: it is of a procedure, and `encodeProcedure` had no contenders to write. */
const WITHOUT_CONTENDERS = `folds.model_type LIKE 'procedure %' AND substr(folds.result, 5, 13) = CAST('{"version":1,' AS BLOB)`;

/** A fold of a procedure that is there. */
export interface ProcedureFold {
  readonly id: number;
  readonly key: string;
  /** It was computed before its contenders were kept. */
  readonly older: boolean;
}

/** All of them by their keys; what they came to is not read. */
export function procedureFolds(store: Reader): Map<string, ProcedureFold> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('folds')
      .select(['id', 'key', sql<number>`${sql.raw(WITHOUT_CONTENDERS)}`.as('older')])
      .where('model_type', 'like', 'procedure %'),
  );
  return new Map(rows.map(({ id, key, older }) => [key, { id, key, older: older === 1 }]));
}

/** What was computed under a key, or undefined. @throws EngineError `artifact-damaged` where it is not what was written */
export function findFold(store: Reader, key: string): FoldRow | undefined {
  const row = store.first(foldWithKey(key));
  if (row !== undefined) assertSound(store, 'folds', [row.id]);
  return row;
}

const foldWithKey = fixedQuery((key: string) =>
  sqlBuilder.selectFrom('folds').selectAll().where('key', '=', key),
);

/** Equal keys have equal figures: one that is there stays, but for a procedure's without contenders, which gets them. */
export function insertFold(store: Store, row: Omit<FoldRow, 'id'>): void {
  store
    .prepare(
      `INSERT INTO folds (key, symbol, timeframe, model_type, result, seconds, computed_at)
       VALUES (@key, @symbol, @timeframe, @model_type, @result, @seconds, @computed_at)
       ON CONFLICT (key) DO UPDATE SET result = excluded.result, seconds = excluded.seconds, computed_at = excluded.computed_at
       WHERE ${WITHOUT_CONTENDERS}`,
    )
    .run(row);
}

/** Mean seconds and stored bytes of folds of a model type and timeframe; undefined where there are none. */
export function measuredFolds(
  store: Reader,
  modelType: string,
  timeframe: Timeframe,
): { readonly seconds: number; readonly bytes: number } | undefined {
  const row = store.first(ratesOf(modelType, timeframe));
  return row === undefined || row.folds === 0 ? undefined : row;
}

const ratesOf = fixedQuery((modelType: string, timeframe: Timeframe) =>
  sqlBuilder
    .selectFrom('folds')
    .select((e) => [
      e.fn.countAll<number>().as('folds'),
      e.fn.avg<number>('seconds').as('seconds'),
      e.fn.avg<number>(e.fn('length', ['result'])).as('bytes'),
    ])
    .where('model_type', '=', modelType)
    .where('timeframe', '=', timeframe),
);

/** Bytes that are kept of a job's validations: the figures of their folds, each counted once, and refits. */
export function validationBytes(store: Reader, queueId: number): number {
  return (store.first(foldBytesOf(queueId))?.bytes ?? 0) + (store.first(refitBytesOf(queueId))?.bytes ?? 0);
}

const foldBytesOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('folds')
    .select((e) => e.fn.sum<number | null>(e.fn('length', ['result'])).as('bytes'))
    .where('key', 'in', (e) =>
      e
        .selectFrom('validation_folds as f')
        .innerJoin('validations as v', 'v.id', 'f.validation_id')
        .select('f.key')
        .where('v.queue_id', '=', queueId),
    ),
);

const refitBytesOf = fixedQuery((queueId: number) =>
  sqlBuilder
    .selectFrom('refits as r')
    .innerJoin('validations as v', 'v.id', 'r.validation_id')
    .select((e) => e.fn.sum<number | null>('r.artifact_bytes').as('bytes'))
    .where('v.queue_id', '=', queueId),
);

/** Of a job that is removed, what was begun and not ended: nobody will go on with it. Others stay, as runs do. */
export function dropUnfinishedValidations(store: Store, queueId: number): void {
  store
    .prepare(
      `DELETE FROM validations WHERE queue_id = ? AND EXISTS (
         SELECT 1 FROM validation_folds f WHERE f.validation_id = validations.id AND f.error IS NULL
           AND NOT EXISTS (SELECT 1 FROM folds WHERE folds.key = f.key))`,
    )
    .run(queueId);
}
