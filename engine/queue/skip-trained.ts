import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { trainedAs } from '../binding/trained.ts';
import { completedRuns } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import { finishCell, type QueueRow } from '../store/queues.ts';
import { assertOwned } from './door.ts';

/** A cell that is still to be trained. */
export interface DueCell {
  readonly index: number;
  readonly cell: ResolvedCell;
}

/**
 * Skips the cells that were trained since the queue was made, by another queue that shares them, unless the queue trains
 * everything again. Returns those that are left.
 */
export function skipTrained(
  { store, artifacts }: { readonly store: Store; readonly artifacts: ArtifactFolder },
  queue: QueueRow,
  due: readonly DueCell[],
): DueCell[] {
  if (queue.retrain === 1) return [...due];
  const known = completedRuns(
    store,
    due.map(({ cell }) => cell.configHash),
  );
  return store.transaction(() => {
    assertOwned(store, queue);
    return due.filter(({ index, cell }) => {
      const trained = trainedAs(store, artifacts, known.get(cell.configHash) ?? [], cell);
      if (trained !== undefined) finishCell(store, queue.id, index, 'skipped', trained.id);
      return trained === undefined;
    });
  });
}
