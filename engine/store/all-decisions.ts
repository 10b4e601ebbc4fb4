import { setImmediate as nextTurn } from 'node:timers/promises';
import { auditRange } from './audit-scores.ts';
import type { Store } from './database.ts';

/**
 * What is computed of all decisions on all runs: gone through once, and from then on only the new ones. Decisions are appended; where one is
 * changed or gone, as when damage is mended, it begins again.
 */

/** Decisions looked at in one go: some 10 ms. */
const PIECE_ROWS = 10_000;
/** Questions whose answers are remembered, the last that were asked. */
const REMEMBERED = 12;

interface Progress {
  /** The first decision that was not looked at. */
  next: number;
  readonly version: number | null;
  readonly state: unknown;
}

const known = new WeakMap<Store['raw'], Map<string, Progress>>();

/**
 * @param question names what is computed, and by what
 * @param begin makes what nothing comes to
 * @param add adds the decisions with ids [from, to)
 */
export async function ofAllDecisions<S>(
  store: Store,
  question: string,
  begin: () => S,
  add: (state: S, from: number, to: number) => void,
): Promise<S> {
  for (;;) {
    const progress = progressOf(store, question, begin);
    const { first, last } = auditRange(store);
    const from = Math.max(first, progress.next);
    if (from > last) return progress.state as S;
    const to = Math.min(from + PIECE_ROWS, last + 1);
    add(progress.state as S, from, to);
    progress.next = to;
    // Between pieces the host goes on with its other work.
    await nextTurn();
  }
}

function progressOf(store: Store, question: string, begin: () => unknown): Progress {
  const questions = known.get(store.raw) ?? new Map<string, Progress>();
  known.set(store.raw, questions);
  const version = versionOf(store);
  const before = questions.get(question);
  questions.delete(question);
  const progress =
    before?.version === version ? before : { next: Number.MIN_SAFE_INTEGER, version, state: begin() };
  questions.set(question, progress);
  if (questions.size > REMEMBERED) questions.delete(questions.keys().next().value!);
  return progress;
}

/** Another one as soon as decisions are other than appended, be it by another process. */
const versionOf = (store: Store) =>
  store.prepare('SELECT max(change) FROM audit_changes').pluck().get() as number | null;
