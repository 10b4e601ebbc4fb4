/** Cells that one thread trains in one go; they share a feature matrix. */
export interface Batch<C> {
  readonly contextKey: string;
  readonly cells: readonly C[];
}

/** Larger batches would delay the in-order commit of what is finished behind them. */
const MAX_BATCH = 8;

/**
 * Cuts cells (in grid order) into batches at every change of context, and further so that `threads` threads all have
 * work until near the end. Order is kept; results do not depend on where the cuts fall.
 */
export function planBatches<C>(
  cells: readonly C[],
  contextKey: (cell: C) => string,
  threads: number,
): Batch<C>[] {
  // At least four batches per thread: the last one to finish then keeps the others waiting a quarter at most.
  const size = Math.max(1, Math.min(MAX_BATCH, Math.floor(cells.length / (threads * 4))));
  const batches: Batch<C>[] = [];
  let start = 0;
  for (let i = 1; i <= cells.length; i++) {
    const key = contextKey(cells[start]);
    if (i === cells.length || i - start === size || contextKey(cells[i]) !== key) {
      batches.push({ contextKey: key, cells: cells.slice(start, i) });
      start = i;
    }
  }
  return batches;
}
