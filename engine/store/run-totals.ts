import type { Store } from './database.ts';
import { keepRunGroups } from './run-groups.ts';

/** What selection kept of the models that were trained. */
export interface ModelStorage {
  readonly kept: number;
  readonly bytesKept: number;
  readonly deleted: number;
  /** Of the model files that were not kept. */
  readonly bytesSaved: number;
}

export function modelStorage(store: Store): ModelStorage {
  keepRunGroups(store);
  const rows = store
    .prepare(
      `SELECT kept, sum(runs) AS models, sum(bytes) AS bytes FROM temp.run_groups
       WHERE status = 'completed' GROUP BY kept`,
    )
    .all() as { kept: number; models: number; bytes: number }[];
  const of = (kept: number) => rows.find((row) => row.kept === kept) ?? { models: 0, bytes: 0 };
  return {
    kept: of(1).models,
    bytesKept: of(1).bytes,
    deleted: of(0).models,
    bytesSaved: of(0).bytes,
  };
}
