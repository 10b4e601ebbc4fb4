import type { Reader } from './database.ts';
import { countCells, countImpossible, firstPending } from './queues.ts';
import type { CellState } from './schema.ts';
import { storedSum } from './soundness.ts';

/** What a list of jobs says of a job's cells. */
export interface CellFigures {
  readonly counts: Readonly<Record<CellState, number>>;
  /** See `countImpossible`. */
  readonly impossible: number;
  /** See `firstPending`. */
  readonly firstPending: number | null;
}

/** By job, with the checksum that its cells had: while that is the same, none was written. */
const known = new WeakMap<Reader, Map<number, { readonly sum: number; readonly figures: CellFigures }>>();

/** Of a job whose cells are those of the last time it is remembered: a year has hundreds of them, with thousands of cells each. */
export function cellFigures(store: Reader, queueId: number): CellFigures {
  const remembered = known.get(store) ?? new Map();
  known.set(store, remembered);
  const sum = storedSum(store, 'cells', queueId);
  const before = remembered.get(queueId);
  if (before?.sum === sum) return before.figures;
  const figures: CellFigures = {
    counts: countCells(store, queueId),
    impossible: countImpossible(store, queueId),
    firstPending: firstPending(store, queueId),
  };
  remembered.set(queueId, { sum, figures });
  return figures;
}
