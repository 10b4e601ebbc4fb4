/** Cells that share a feature matrix, in grid order. Threads take them one by one. */
export interface Batch<C> {
  readonly contextKey: string;
  readonly cells: readonly C[];
}

/**
 * Cuts cells (in grid order) into batches at every change of context. All threads work on a batch together and go on to
 * the next as each finds nothing left, so none idles before the last cell of the queue is taken.
 */
export function planBatches<C>(cells: readonly C[], contextKey: (cell: C) => string): Batch<C>[] {
  const batches: { contextKey: string; cells: C[] }[] = [];
  for (const cell of cells) {
    const key = contextKey(cell);
    const last = batches.at(-1);
    if (last !== undefined && last.contextKey === key) last.cells.push(cell);
    else batches.push({ contextKey: key, cells: [cell] });
  }
  return batches;
}
