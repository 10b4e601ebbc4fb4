import { type Reader, sqlBuilder } from './database.ts';

/** What selection kept of the models that were trained. */
export interface ModelStorage {
  readonly kept: number;
  readonly bytesKept: number;
  readonly deleted: number;
  /** Of the model files that were not kept. */
  readonly bytesSaved: number;
}

export function modelStorage(store: Reader): ModelStorage {
  const rows = store.all(
    sqlBuilder
      .selectFrom('runs')
      .select((e) => [
        'kept',
        e.fn.countAll<number>().as('models'),
        e.fn.sum<number>('artifact_bytes').as('bytes'),
      ])
      .where('status', '=', 'completed')
      .groupBy('kept'),
  );
  const of = (kept: number) => rows.find((row) => row.kept === kept) ?? { models: 0, bytes: 0 };
  return {
    kept: of(1).models,
    bytesKept: of(1).bytes,
    deleted: of(0).models,
    bytesSaved: of(0).bytes,
  };
}
