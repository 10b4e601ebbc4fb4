import { setImmediate as nextTurn } from 'node:timers/promises';
import { auditRange } from './audit-scores.ts';
import type { Store } from './database.ts';

/**
 * What is computed of all decisions on all runs: gone through once, and from then on only the new ones. Decisions are appended; where one is
 * changed or gone, as when damage is mended, or another connection has written, it begins again.
 */

/** Decisions looked at in one go: some 10 ms. */
const PIECE_ROWS = 10_000;
/** Questions whose answers are remembered, the last that were asked. */
const REMEMBERED = 12;

interface Progress {
  /** The first decision that was not looked at. */
  next: number;
  readonly version: string;
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

/** Kept in the connection's own memory. */
const LAID = `
CREATE TEMP TABLE audit_changes (changes INTEGER NOT NULL);
INSERT INTO temp.audit_changes VALUES (0);
${['UPDATE', 'DELETE']
  .map(
    (event) => `
CREATE TEMP TRIGGER audit_changes_on_${event.toLowerCase()} AFTER ${event} ON main.audit
BEGIN UPDATE audit_changes SET changes = changes + 1; END;`,
  )
  .join('')}`;

/** Another one as soon as decisions are other than appended, be it by another connection. */
function versionOf(store: Store): string {
  const isLaid = store.prepare("SELECT 1 FROM temp.sqlite_schema WHERE name = 'audit_changes'");
  if (isLaid.get() === undefined) store.raw.exec(LAID);
  const changes = store.prepare('SELECT changes FROM temp.audit_changes').pluck().get() as number;
  return `${store.raw.pragma('data_version', { simple: true })} ${changes}`;
}
