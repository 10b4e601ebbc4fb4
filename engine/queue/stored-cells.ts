import type { CellSource } from '../cells/cell-source.ts';
import { createListSource } from '../cells/list-source.ts';
import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { createGrid, type Grid } from '../grid/grid.ts';
import { createGridSource } from '../grid/source.ts';
import { findConfiguration } from '../store/configurations.ts';
import type { Store } from '../store/database.ts';
import { cellsOf, type QueueRow } from '../store/queues.ts';

/**
 * Where the cells of a queue come from: its grid, or what its list was stored as.
 * @throws EngineError `grid-invalid` where they are not what they were any more
 */
export function storedCells(store: Store, queue: QueueRow): CellSource {
  if (queue.kind === 'grid') return createGridSource(storedGrid(queue));
  const cells = cellsOf(store, queue.id);
  const configurations = cells.map(({ config_hash }) => findConfiguration(store, config_hash));
  const known = configurations.filter((configuration) => configuration !== undefined);
  if (known.length === cells.length) return createListSource(known);
  throw noLonger(queue, `${cells.length - known.length} of its configurations are not stored`);
}

/**
 * The grid of a queue, whose specification an earlier version may have written.
 * @throws EngineError `grid-invalid` where it does not expand to the queue's cells any more
 */
function storedGrid(queue: QueueRow): Grid {
  const grid = expand(queue);
  if (grid.size === queue.total) return grid;
  throw noLonger(queue, `it gives ${grid.size} configurations instead of ${queue.total}`);
}

function expand(queue: QueueRow): Grid {
  try {
    return createGrid(JSON.parse(queue.spec) as GridSpec);
  } catch (error) {
    const reason = error instanceof EngineError ? error.message : 'it is damaged';
    throw noLonger(queue, reason, error);
  }
}

function noLonger(queue: QueueRow, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'grid-invalid',
    `What is stored of queue ${queue.id} "${queue.name}" can't be trained by this Regimen: ${reason}. Make a new queue of what is left.`,
    { queueId: queue.id },
    cause,
  );
}
