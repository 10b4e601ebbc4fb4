import type { Store } from '../store/database.ts';
import type { QueueRow } from '../store/queues.ts';
import { storedSum, sumOfRow } from '../store/soundness.ts';
import { type TrialRow, trialsFrom, trialsOf } from '../store/trials.ts';

/** What was read of a search's trials. A trial that is there stays as it is: only further ones are read. */
interface ReadTrials {
  readonly createdAt: number;
  /** By study, each by number. */
  readonly rows: readonly Map<number, TrialRow>[];
  /** Of each study the first number that is not there. */
  readonly first: number[];
  /** Of all rows, as the ledger sums them. */
  sum: number;
}

/** Searches that are remembered: who looks at one, or compares it with another. */
const REMEMBERED = 2;

const remembered = new WeakMap<Store, Map<number, ReadTrials>>();

/**
 * Trials of a search of so many studies, by study and number: as `trialsOf`, but those that were read before are the same objects, and
 * not read again. Whoever follows a search asks with every trial.
 * @throws EngineError `artifact-damaged` where one is not what was written
 */
export function readTrials(
  store: Store,
  { id, created_at: createdAt }: Pick<QueueRow, 'id' | 'created_at'>,
  studies: number,
): readonly TrialRow[] {
  let known = remembered.get(store);
  if (known === undefined) {
    known = new Map();
    remembered.set(store, known);
  }
  const before = known.get(id);
  known.delete(id);
  const read = before?.createdAt === createdAt ? before : nothingRead(createdAt, studies);
  add(store, read, trialsFrom(store, id, read.first));
  if (read.sum !== storedSum(store, 'trials', id)) {
    // Not what was written, or not what was read before: the ledger itself says which.
    return trialsOf(store, id);
  }
  known.set(id, read);
  if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  return read.rows.flatMap((of) => [...of.values()].sort((a, b) => a.trial - b.trial));
}

function nothingRead(createdAt: number, studies: number): ReadTrials {
  return {
    createdAt,
    rows: Array.from({ length: studies }, () => new Map()),
    first: Array.from({ length: studies }, () => 0),
    sum: 0,
  };
}

function add(store: Store, read: ReadTrials, rows: readonly TrialRow[]): void {
  for (const row of rows) {
    const of = read.rows[row.study]!;
    if (of.has(row.trial)) continue;
    of.set(row.trial, row);
    read.sum += sumOfRow(store, 'trials', row);
  }
  read.rows.forEach((of, study) => {
    let first = read.first[study]!;
    while (of.has(first)) first++;
    read.first[study] = first;
  });
}
