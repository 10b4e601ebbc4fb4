import type { Handlers, Input } from '../contract/api/index.ts';
import { MOST_TAGS } from '../contract/api/marks.ts';
import { findChampion } from '../contract/champion-reference.ts';
import { type MarkedDto, type MarksDto, type TagDto, UNMARKED } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Store } from '../store/database.ts';
import {
  allMarks,
  deleteMarks,
  type MarkRow,
  marksDto,
  marksOf,
  runNumbers,
  saveMarks,
} from '../store/marks.ts';
import type { MarkKind } from '../store/marks-table.ts';
import { requireQueue } from '../store/queues.ts';
import { requireRun } from '../store/runs.ts';

type MarkMethod = Extract<keyof Handlers, `marks.${string}`>;

export interface MarkDeps {
  readonly store: Store;
  readonly champions: Pick<Handlers, 'champions.list'>;
  readonly changed: () => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function markHandlers({ store, champions, changed, now }: MarkDeps): Pick<Handlers, MarkMethod> {
  async function subjectOf({ run, jobId, champion }: Input<'marks.set'>): Promise<[MarkKind, string]> {
    if (jobId !== undefined) return ['job', String(requireQueue(store, jobId).id)];
    if (run !== undefined) return ['run', requireRun(store, run).uuid];
    return ['run', findChampion(await champions['champions.list']({}), champion!).runId];
  }

  return {
    'marks.list'() {
      const rows = allMarks(store);
      const numbers = runNumbers(
        store,
        rows.flatMap(({ kind, subject }) => (kind === 'run' ? [subject] : [])),
      );
      return { marked: rows.map((row) => markedDto(row, numbers)), tags: tagsOf(rows) };
    },

    async 'marks.set'(input) {
      const [kind, subject] = await subjectOf(input);
      const at = now();
      // What another process wrote meanwhile stays: it is read where it is changed.
      const marks = store.transaction(() => {
        const after = changedMarks(marksOf(store, kind, [subject]).get(subject) ?? UNMARKED, input);
        if (isUnmarked(after)) deleteMarks(store, kind, subject);
        else saveMarks(store, kind, subject, after, at);
        return after;
      });
      changed();
      const numbers = kind === 'run' ? runNumbers(store, [subject]) : new Map<string, number>();
      const title = titleOf(kind, subject, numbers);
      return { kind, subject, title, ...marks, changedAt: new Date(at).toISOString() };
    },
  };
}

const isUnmarked = ({ favorite, tags, note }: MarksDto) => !favorite && tags.length === 0 && note === '';

/** Made where tags are sorted: the first use of Intl takes 15 ms of a process. */
const byAlphabet = () => new Intl.Collator('en').compare;

type Change = Pick<Input<'marks.set'>, 'favorite' | 'note' | 'addTags' | 'removeTags'>;

/** A tag is one whatever its capitals: the newest spelling stays. @throws EngineError `invalid-input` */
function changedMarks(before: MarksDto, { favorite, note, addTags = [], removeTags = [] }: Change): MarksDto {
  const byName = new Map(before.tags.map((tag) => [tag.toLowerCase(), tag]));
  for (const tag of removeTags) byName.delete(tag.toLowerCase());
  for (const tag of addTags) byName.set(tag.toLowerCase(), tag);
  if (byName.size > MOST_TAGS) {
    const message = `expected at most ${MOST_TAGS} tags, found ${byName.size}: take some away first`;
    throw new EngineError('invalid-input', `This can't be tagged so often: ${message}.`, {
      problems: [{ path: 'addTags', message }],
    });
  }
  return {
    favorite: favorite ?? before.favorite,
    tags: [...byName.values()].sort(byAlphabet()),
    note: note ?? before.note,
  };
}

function markedDto(row: MarkRow, numbers: ReadonlyMap<string, number>): MarkedDto {
  const { kind, subject } = row;
  const changedAt = new Date(row.at).toISOString();
  return { kind, subject, title: titleOf(kind, subject, numbers), ...marksDto(row), changedAt };
}

function titleOf(kind: MarkKind, subject: string, numbers: ReadonlyMap<string, number>): string {
  return `${kind} ${kind === 'job' ? subject : (numbers.get(subject) ?? subject.slice(0, 8))}`;
}

function tagsOf(rows: readonly MarkRow[]): TagDto[] {
  const tags = new Map<string, { tag: string; runs: number; jobs: number }>();
  for (const row of rows) {
    for (const tag of marksDto(row).tags) {
      const known = tags.get(tag.toLowerCase()) ?? { tag, runs: 0, jobs: 0 };
      known[row.kind === 'run' ? 'runs' : 'jobs']++;
      tags.set(tag.toLowerCase(), known);
    }
  }
  const compare = byAlphabet();
  return [...tags.values()].sort((a, b) => compare(a.tag, b.tag));
}
