import { cellFigures } from '../store/cell-figures.ts';
import type { Reader } from '../store/database.ts';
import { countCells, type QueueRow } from '../store/queues.ts';
import type { CellState } from '../store/schema.ts';

type Counts = Readonly<Record<CellState, number>>;

/** Cells of a job by state: all of them, and those it is counted in, which of a search are its trials. */
export interface CountedCells {
  readonly all: Counts;
  readonly counted: Counts;
  /** Of the counted ones. */
  readonly total: number;
  /** The others, which are the last ones: of a search the best of each place. */
  readonly best: Counts;
}

const NONE: Counts = { pending: 0, completed: 0, failed: 0, skipped: 0 };

export function countedCells(
  store: Reader,
  queue: Pick<QueueRow, 'id' | 'kind' | 'spec' | 'total'>,
): CountedCells {
  const all = cellFigures(store, queue.id).counts;
  const bests = bestCells(queue);
  if (bests === 0) return { all, counted: all, total: queue.total, best: NONE };
  const total = queue.total - bests;
  const best = countCells(store, queue.id, total);
  const counted = {
    pending: all.pending - best.pending,
    completed: all.completed - best.completed,
    failed: all.failed - best.failed,
    skipped: all.skipped - best.skipped,
  };
  return { all, counted, total, best };
}

/** Models that a job has trained and decided on: of a search the best ones. */
export function decidedModels({ kind }: Pick<QueueRow, 'kind'>, { counted, best }: CountedCells): number {
  return kind === 'search' || kind === 'survival' ? best.completed : counted.completed;
}

/**
 * How many cells of a search are no trials: the last ones, each the best of a place, trained as a grid would. LONG and SHORT studies share one.
 * Of a model of what survives the one that its trials are for. None of other jobs, and of a search that can't be read.
 */
export function bestCells({ kind, spec }: Pick<QueueRow, 'kind' | 'spec'>): number {
  if (kind === 'survival') return 1;
  if (kind !== 'search') return 0;
  try {
    const { studies } = JSON.parse(spec) as { readonly studies?: readonly { readonly side?: unknown }[] };
    return studies?.filter(({ side }) => side !== 'short').length ?? 0;
  } catch {
    return 0;
  }
}
