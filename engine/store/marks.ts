import { type Selectable, sql } from 'kysely';
import type { MarksDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import type { MarkKind, MarksTable } from './marks-table.ts';

export type MarkRow = Selectable<MarksTable>;

/** What was changed last first. */
export function allMarks(store: Reader): MarkRow[] {
  return store.all(
    sqlBuilder.selectFrom('marks').selectAll().orderBy('at', 'desc').orderBy('kind').orderBy('subject'),
  );
}

/** Of these runs or jobs, those that have any. */
export function marksOf(store: Reader, kind: MarkKind, subjects: readonly string[]): Map<string, MarksDto> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('marks')
      .selectAll()
      .where('kind', '=', kind)
      .where('subject', 'in', sql<string>`(select value from json_each(${JSON.stringify(subjects)}))`),
  );
  return new Map(rows.map((row) => [row.subject, marksDto(row)]));
}

export function marksDto({ kind, subject, favorite, tags, note }: MarkRow): MarksDto {
  const what = `the tags of ${kind} ${subject}`;
  return { favorite: favorite === 1, tags: storedJson<readonly string[]>(tags, what), note };
}

/** What a list is filtered by; all that is given must hold. */
export interface MarkFilter {
  /** In capitals or not. */
  readonly tag?: string | undefined;
  readonly favorite?: boolean | undefined;
}

export const isMarkFilter = ({ tag, favorite }: MarkFilter): boolean =>
  tag !== undefined || favorite !== undefined;

/** `marks`: undefined of what has none. */
export function matchesMarks(
  marks: Pick<MarksDto, 'favorite' | 'tags'> | undefined,
  { tag, favorite }: MarkFilter,
): boolean {
  const wanted = tag?.toLowerCase();
  return (
    (favorite === undefined || (marks?.favorite ?? false) === favorite) &&
    (wanted === undefined || (marks?.tags ?? []).some((one) => one.toLowerCase() === wanted))
  );
}

/** Numbers of the runs that these UUIDs name. */
export function runNumbers(store: Reader, uuids: readonly string[]): Map<string, number> {
  const rows = store.all(
    sqlBuilder
      .selectFrom('runs')
      .select(['id', 'uuid'])
      .where('uuid', 'in', sql<string>`(select value from json_each(${JSON.stringify(uuids)}))`),
  );
  return new Map(rows.map(({ id, uuid }) => [uuid, id]));
}

/** In the place of what there was. In a transaction. */
export function saveMarks(store: Store, kind: MarkKind, subject: string, marks: MarksDto, at: number): void {
  deleteMarks(store, kind, subject);
  store.insert('marks', {
    kind,
    subject,
    favorite: marks.favorite ? 1 : 0,
    tags: JSON.stringify(marks.tags),
    note: marks.note,
    at,
  });
}

export function deleteMarks(store: Store, kind: MarkKind, subject: string): void {
  store.run(sqlBuilder.deleteFrom('marks').where('kind', '=', kind).where('subject', '=', subject));
}
