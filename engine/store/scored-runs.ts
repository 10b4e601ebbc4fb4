import { withBasis } from './bases.ts';
import type { Store } from './database.ts';
import { assertSound } from './soundness.ts';

/** The market of a run, and its basis as JSON. */
export interface ScoredRow {
  readonly symbol: string;
  readonly timeframe: string;
  readonly basis: string;
}

interface Known {
  /** Checksum of the row that was read. */
  readonly sum: unknown;
  readonly row: ScoredRow;
}

/** Champions of a workspace; of more than these, all are read anew. */
const MOST_KNOWN = 2000;

const known = new WeakMap<Store, Map<number, Known>>();

/**
 * What a champion of this run was scored on. It is asked for with every result that competes with it, and the row holds the
 * figures of all strategies: what was read once and found sound is not read again while the row has the same checksum.
 * @throws EngineError `artifact-damaged` where it is not what was written
 */
export function scoredRun(store: Store, runId: number): ScoredRow {
  const rows = known.get(store) ?? new Map<number, Known>();
  known.set(store, rows);
  const sum = store.prepare("SELECT sum FROM sums WHERE kind = 'runs' AND owner = ?").pluck().get(runId);
  const before = rows.get(runId);
  if (before !== undefined && sum !== undefined && before.sum === sum) return before.row;
  assertSound(store, 'runs', [runId]);
  const found = store
    .prepare('SELECT symbol, timeframe, basis FROM runs WHERE id = ?')
    .get(runId) as ScoredRow;
  const row = withBasis(store, found);
  if (rows.size >= MOST_KNOWN) rows.clear();
  rows.set(runId, { sum, row });
  return row;
}
