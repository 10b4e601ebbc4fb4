import { EngineError } from '../contract/errors.ts';
import type { GridSpec } from '../contract/grid.ts';
import { createGrid, type Grid } from '../grid/grid.ts';
import type { QueueRow } from '../store/queues.ts';

/**
 * The grid of a queue, whose specification an earlier version may have written.
 * @throws EngineError `grid-invalid` where it does not expand to the queue's cells any more
 */
export function storedGrid(queue: QueueRow): Grid {
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
    `The stored grid of queue ${queue.id} "${queue.name}" can't be trained by this Regimen: ${reason}. Make a new queue of what is left.`,
    { queueId: queue.id },
    cause,
  );
}
