import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { AxisFilters } from '../contract/api/results.ts';
import type { Condition } from '../contract/conditions.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import type { RunStatus } from '../contract/dto/index.ts';
import { findTimeZone } from '../contract/time-zone.ts';
import { ENCODERS } from '../contract/words.ts';
import { dayEndIn, dayStartIn } from '../contract/zone-days.ts';
import type { Reader } from './database.ts';
import { allMarks, isMarkFilter, type MarkFilter, marksDto, matchesMarks, runNumbers } from './marks.ts';
import { rows } from './rows.ts';
import {
  amongIds,
  columnPart,
  conditionPart,
  configurationPart,
  type Judged,
  type SearchPart,
} from './run-conditions.ts';

/** What the history is searched by; all that is given must hold. */
export interface RunFilter extends MarkFilter, Readonly<Partial<z.output<z.ZodObject<AxisFilters>>>> {
  readonly status?: RunStatus | undefined;
  readonly kept?: boolean | undefined;
  /** Days (`2026-01-31`) of `zone`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** UTC without it. */
  readonly zone?: string | undefined;
  readonly minSharpe?: number | undefined;
  /** Part of the UUID, model type, symbol, encoder, a regime the run is champion of, or the error's message. */
  readonly text?: string | undefined;
  /** What columns must be. */
  readonly filter?: readonly Condition[] | undefined;
}

/** SQLite's name for the index that keeps UUIDs apart. */
const UUIDS = 'sqlite_autoindex_runs_1';

/** What must hold of a run. */
export function partsOf(store: Reader, filter: RunFilter, judged: Judged): SearchPart[] {
  const { status, kept, from, to, minSharpe, text } = filter;
  const zone = findTimeZone(filter.zone ?? 'UTC');
  const parts: SearchPart[] = [];
  for (const { name, column, initial, filter: asked } of AXIS_LIST) {
    const value = asked === undefined ? undefined : (filter as Readonly<Record<string, unknown>>)[asked.key];
    if (value === undefined) continue;
    parts.push(
      column === undefined
        ? configurationPart(name, [value], initial)
        : valuePart(name, value as string | number),
    );
  }
  const of = (column: string, is: '<' | '>=', value: number) =>
    parts.push(columnPart(column, sql`${sql.ref(column)} ${sql.raw(is)} ${value}`, is, [value]));
  if (status !== undefined) parts.push(valuePart('status', status));
  if (kept !== undefined) parts.push(valuePart('kept', kept ? 1 : 0));
  if (from !== undefined) of('created_at', '>=', dayStartIn(zone, from));
  if (to !== undefined) of('created_at', '<', dayEndIn(zone, to));
  if (minSharpe !== undefined) of('best_sharpe', '>=', minSharpe);
  if (isMarkFilter(filter)) parts.push(...marked(store, filter));
  if (text !== undefined && text.trim() !== '') parts.push(containsText(store, text.trim()));
  for (const condition of filter.filter ?? []) parts.push(conditionPart(condition, judged));
  return parts;
}

function valuePart(column: string, value: string | number): SearchPart {
  const part = columnPart(column, sql`${sql.ref(column)} = ${value}`, '=', [value]);
  return part.by === 'groups' ? { ...part, known: column } : part;
}

/**
 * What a text can be found in is looked up beforehand, so that the scan over all runs compares whole names, and UUIDs
 * only with what can be part of one.
 */
function containsText(store: Reader, text: string): SearchPart {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const like = (expression: RawBuilder<unknown>) => sql`${expression} like ${pattern} escape '\\'`;
  const among = (column: string, values: readonly (string | number)[]) =>
    values.length === 0
      ? []
      : [sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`];
  const containing = (names: readonly string[]) =>
    names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const idsOf = (query: RawBuilder<unknown>) => rows<{ id: number }>(store, query).map(({ id }) => id);
  const any = (places: readonly RawBuilder<unknown>[]) =>
    places.length === 0 ? sql`false` : sql`(${sql.join(places, sql` or `)})`;

  const champions = idsOf(sql`select run_id as id from champions where ${like(sql`regime`)}`);
  const failed = idsOf(sql`select id from runs indexed by runs_errors
    where error is not null and ${like(sql`json_extract(error, '$.message')`)}`);
  const names = [
    ...among('model_type', containing(distinct(store, 'model_type'))),
    ...among('symbol', containing(distinct(store, 'symbol'))),
    ...among('encoder', containing(ENCODERS)),
  ];
  const numbers = [...champions, ...failed];
  const ids = among('id', numbers);
  const isPart = /^[0-9a-f-]+$/i.test(text);
  const sieve = { by: 'text', kinds: any(names), ids: numbers, uuid: isPart ? text : undefined } as const;
  if (isPart) {
    const places = [like(sql`uuid`), ...names, ...ids];
    return { sql: any(places), sieve, ...(places.length === 1 && { by: { index: UUIDS } }) };
  }
  if (ids.length === 0) return { sql: any(names), sieve, by: 'groups' };
  if (names.length === 0) return { sql: any(ids), sieve, by: 'ids' };
  return { sql: any([...names, ...ids]), sieve, or: { groups: any(names), ids: any(ids) } };
}

/** The values of an indexed column, each found by a jump in its index instead of a walk through all runs. */
function distinct(store: Reader, column: 'model_type' | 'symbol'): string[] {
  const name = sql.ref(column);
  const found = rows<{ value: string }>(
    store,
    sql`with recursive found (value) as (
          select min(${name}) from runs
          union all
          select (select min(${name}) from runs where ${name} > value) from found where value is not null
        ) select value from found where value is not null`,
  );
  return found.map(({ value }) => value);
}

/** Few runs are marked: which of them match is looked up beforehand. */
function marked(store: Reader, { tag, favorite }: MarkFilter): SearchPart[] {
  const rows = allMarks(store).filter(({ kind }) => kind === 'run');
  const among = (filter: MarkFilter) => {
    const uuids = rows.flatMap((row) => (matchesMarks(marksDto(row), filter) ? [row.subject] : []));
    return [...runNumbers(store, uuids).values()];
  };
  const parts: SearchPart[] = [];
  if (tag !== undefined) parts.push(amongIds(among({ tag })));
  if (favorite === true) parts.push(amongIds(among({ favorite: true })));
  if (favorite === false) parts.push(amongIds(among({ favorite: true }), true));
  return parts;
}
