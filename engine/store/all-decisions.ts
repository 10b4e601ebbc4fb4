import { setImmediate as nextTurn } from 'node:timers/promises';
import { VERSION } from '../contract/version.ts';
import { sha256 } from '../identity/digest.ts';
import { auditRange } from './audit-scores.ts';
import type { Store } from './database.ts';

/**
 * What is computed of all decisions on all runs: gone through once, and from then on only the new ones. Decisions are appended; where one is
 * changed or gone, as when damage is mended, it begins again. A host leaves it in the database, for the next to go on with.
 */

/** Decisions looked at in one go: some 10 ms. */
const PIECE_ROWS = 10_000;
/** Questions whose answers are remembered, the last that were asked. */
const REMEMBERED = 12;
/** So many decisions are gone through again rather than written down. */
const LEAST_NEW = 50_000;

interface Progress {
  /** The first decision that was not looked at. */
  next: number;
  readonly version: number | null;
  readonly state: unknown;
}

const known = new WeakMap<Store['raw'], Map<string, Progress>>();

/**
 * @param question names what is computed, and by what: computed otherwise, it has another name
 * @param begin makes what nothing comes to: of what JSON knows, numbers and Maps
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
    before?.version === version
      ? before
      : (leftBefore(store, question, version) ?? {
          next: Number.MIN_SAFE_INTEGER,
          version,
          state: begin(),
        });
  questions.set(question, progress);
  if (questions.size > REMEMBERED) questions.delete(questions.keys().next().value!);
  return progress;
}

/** Another one as soon as decisions are other than appended, be it by another process. */
const versionOf = (store: Store) =>
  store.prepare('SELECT max(change) FROM audit_changes').pluck().get() as number | null;

/** As it lies in the database. */
interface Answer {
  /** With the version of Regimen, since another may compute it otherwise. */
  readonly question: string;
  readonly version: number | null;
  readonly next: number;
  readonly state: string;
  readonly digest: string;
}

const named = (question: string) => `${VERSION} ${question}`;

const digestOf = ({ question, version, next, state }: Omit<Answer, 'digest'>) =>
  sha256(JSON.stringify([question, version, next, state]));

/** JSON, in which `$map` stands for a Map and `$number` for a number that JSON does not know. */
const textOf = (state: unknown): string =>
  JSON.stringify(state, (_, value: unknown) => {
    if (value instanceof Map) return { $map: [...value] };
    return typeof value === 'number' && !Number.isFinite(value) ? { $number: `${value}` } : value;
  });

const stateOf = (text: string): unknown =>
  JSON.parse(text, (_, value) => {
    if (Array.isArray(value?.$map)) return new Map(value.$map);
    return typeof value?.$number === 'string' ? Number(value.$number) : value;
  });

function leftBefore(store: Store, question: string, version: number | null): Progress | undefined {
  const left = store.prepare('SELECT * FROM decision_answers WHERE question = ?').get(named(question)) as
    | Answer
    | undefined;
  if (left === undefined || left.version !== version || left.digest !== digestOf(left)) return undefined;
  return { next: left.next, version, state: stateOf(left.state) };
}

/** Leaves what was computed in the database where much of it is new, in place of all that was left there for other questions. */
export function leaveAnswers(store: Store, leastNew = LEAST_NEW): void {
  const version = versionOf(store);
  const before = store.prepare('SELECT question, version, next FROM decision_answers').all() as Answer[];
  const seen = new Map(before.map((left) => [left.question, left.version === version ? left.next : 1]));
  const current = [...(known.get(store.raw) ?? [])].filter(([, progress]) => progress.version === version);
  if (!current.some(([question, { next }]) => next - (seen.get(named(question)) ?? 1) >= leastNew)) return;
  store.transaction(() => {
    store.prepare('DELETE FROM decision_answers').run();
    const insert = store.prepare('INSERT INTO decision_answers VALUES (?, ?, ?, ?, ?)');
    for (const [question, { next, state }] of current) {
      const answer = { question: named(question), version, next, state: textOf(state) };
      insert.run(...Object.values(answer), digestOf(answer));
    }
  });
}
