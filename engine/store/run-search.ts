import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { CONFIGURATION_COLUMNS } from '../cells/columns.ts';
import type { AxisFilters, HistorySort } from '../contract/api/results.ts';
import type { AxisWith } from '../contract/axes.ts';
import type { Condition } from '../contract/conditions.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import type { RunStatus } from '../contract/dto/index.ts';
import { RUN_FIGURES, type RunFigureKey } from '../contract/run-figures.ts';
import { findTimeZone } from '../contract/time-zone.ts';
import { BEST_EVIDENCE_FIRST } from '../contract/verdict.ts';
import { ENCODERS } from '../contract/words.ts';
import { dayEndIn, dayStartIn } from '../contract/zone-days.ts';
import { damagedRuns, withoutFigures } from './damaged-rows.ts';
import { type Reader, sqlBuilder } from './database.ts';
import { allMarks, isMarkFilter, type MarkFilter, marksDto, matchesMarks, runNumbers } from './marks.ts';
import {
  conditionSql,
  inConfiguration,
  isJudgedKey,
  type Judged,
  type JudgedKey,
  judgedValue,
  needsFigures,
} from './run-conditions.ts';
import { type RunRow, selectRuns } from './runs.ts';

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

export interface RunOrder {
  readonly sort: HistorySort;
  readonly descending: boolean;
}

/** A run as lists show it: all but the large columns. */
export type ListedRun = Omit<
  RunRow,
  'training_key' | 'evaluation_keys' | 'basis' | 'importance' | 'left_out' | 'results' | 'tries' | 'selection'
>;

/** Expression of a sort column, and the index that holds it in order. */
interface Sort {
  readonly by: string;
  readonly index: string;
}

/** Shortest first, not by the letters. */
const TIMEFRAME_ORDER = `CASE timeframe WHEN 'M1' THEN 1 WHEN 'M5' THEN 2 WHEN 'M15' THEN 3 WHEN 'M30' THEN 4 WHEN 'H1' THEN 5 WHEN 'H4' THEN 6 ELSE 7 END`;

const AXIS_SORTS = Object.fromEntries(
  AXIS_LIST.filter(({ sorted }) => sorted).map(({ key, name }): [string, Sort] => [
    key,
    { by: key === 'timeframe' ? TIMEFRAME_ORDER : name, index: `runs_by_${name}` },
  ]),
) as Readonly<Record<AxisWith<{ sorted: true }>, Sort>>;

const FIGURE_SORTS = Object.fromEntries(
  Object.entries(RUN_FIGURES).map(([key, { name }]): [string, Sort] => [
    key,
    { by: `best_${name}`, index: `runs_by_${name}` },
  ]),
) as Readonly<Record<RunFigureKey, Sort>>;

const SORTS: Readonly<Record<Exclude<HistorySort, JudgedKey>, Sort>> = {
  id: { by: 'id', index: 'runs_by_id' },
  ...AXIS_SORTS,
  ...FIGURE_SORTS,
  status: { by: 'status', index: 'runs_by_status' },
  kept: { by: 'kept', index: 'runs_by_kept' },
  sharpe: { by: 'best_sharpe', index: 'runs_by_sharpe' },
  rankIc: { by: 'rank_ic', index: 'runs_by_rank_ic' },
  createdAt: { by: 'created_at', index: 'runs_by_created' },
  job: { by: '(select min(queue_id) from cells where run_id = runs.id)', index: 'runs_by_id' },
};

export interface RunPage {
  readonly ids: readonly number[];
  /** Runs that match, on all pages. */
  readonly total: number;
}

/**
 * A page of the matching runs in order: a run without a value comes last, runs with equal values stand in the order of
 * their ids.
 */
export function searchRuns(
  store: Reader,
  filter: RunFilter,
  order: RunOrder,
  limit: number,
  offset: number,
  judged: Judged = NOBODY,
): RunPage {
  const conditions = conditionsOf(store, filter, judged);
  const ids = orderedIds(store, conditions, order, limit, offset, judged);
  // A page that is not full is the last one.
  const isLast = ids.length < limit && (ids.length > 0 || offset === 0);
  return { ids, total: isLast ? offset + ids.length : count(store, conditions) };
}

/** All matching runs in order, or the first of them. */
export function matchingRuns(
  store: Reader,
  filter: RunFilter,
  order = NEWEST_FIRST,
  limit = ALL,
  offset = 0,
  judged: Judged = NOBODY,
): number[] {
  return orderedIds(store, conditionsOf(store, filter, judged), order, limit, offset, judged);
}

const NOBODY: Judged = () => new Map();

const NEWEST_FIRST: RunOrder = { sort: 'id', descending: true };
/** SQLite's word for no limit. */
const ALL = -1;

interface Conditions {
  readonly all: readonly RawBuilder<unknown>[];
  /** Some of them needs the index with all figures. */
  readonly needFigures: boolean;
  /** Nearly every run meets them: the index that has the order is gone through, as where there are none. */
  readonly inOrder?: boolean;
}

function count(store: Reader, conditions: Conditions): number {
  const index = conditions.needFigures ? 'runs_figures' : 'runs_list';
  const from = conditions.all.length === 0 ? sql`runs` : sql`runs indexed by ${sql.ref(index)}`;
  const [counted] = rows<{ total: number }>(
    store,
    sql`select count(*) as total from ${from} where ${all(conditions)}`,
  );
  return counted!.total;
}

function orderedIds(
  store: Reader,
  conditions: Conditions,
  { sort, descending }: RunOrder,
  limit: number,
  offset: number,
  judged: Judged,
): number[] {
  if (isJudgedKey(sort)) return judgedFirst(store, conditions, sort, descending, limit, offset, judged);
  const { by, index } = SORTS[sort];
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const filteredBy = conditions.needFigures || sort in RUN_FIGURES ? 'runs_figures' : 'runs_list';
  const from = sql`runs indexed by ${sql.ref(conditions.all.length === 0 || conditions.inOrder === true ? index : filteredBy)}`;
  const found = rows<{ id: number }>(
    store,
    sql`select id from ${from} where ${all(conditions)}
        order by ${sql.raw(by)} ${direction} nulls last, id ${direction} limit ${limit} offset ${offset}`,
  );
  return found.map(({ id }) => id);
}

/**
 * By what only champions have, and they are few: they are put in order here, and all other runs come after them by their ids. Of verdicts
 * the best evidence is the highest.
 */
function judgedFirst(
  store: Reader,
  conditions: Conditions,
  sort: JudgedKey,
  descending: boolean,
  limit: number,
  offset: number,
  judged: Judged,
): number[] {
  const values = [...judged()].flatMap(([id, run]) => {
    const value = judgedValue(sort, run);
    if (value === null) return [];
    const rank = sort === 'verdict' ? -BEST_EVIDENCE_FIRST.indexOf(run.verdict) : Number(value);
    return [{ id, rank }];
  });
  const listed = JSON.stringify(values.map(({ id }) => id));
  const among = (negation: string): Conditions => ({
    ...conditions,
    all: [...conditions.all, sql`id ${sql.raw(negation)}in (select value from json_each(${listed}))`],
    // In the order of the ids a page is read as it stands.
    inOrder: conditions.all.length === 0,
  });
  const matching = new Set(orderedIds(store, among(''), NEWEST_FIRST, ALL, 0, judged));
  const sign = descending ? -1 : 1;
  const first = values
    .filter(({ id }) => matching.has(id))
    .sort((a, b) => sign * (a.rank - b.rank) || sign * (a.id - b.id))
    .map(({ id }) => id);
  const shown = first.slice(offset, limit === ALL ? undefined : offset + limit);
  const left = limit === ALL ? ALL : limit - shown.length;
  if (left === 0) return shown;
  const rest = orderedIds(
    store,
    among('not '),
    { sort: 'id', descending },
    left,
    Math.max(0, offset - first.length),
    judged,
  );
  return [...shown, ...rest];
}

/** Runs by id, in the order of the ids. One that is not what was written is said to be damaged, and has no figures. */
export function listedRuns(store: Reader, ids: readonly number[]): ListedRun[] {
  const byId = new Map<number, ListedRun>();
  // As one parameter, so that it is one statement however many there are.
  const found = store.all(
    selectRuns()
      .select([
        'id',
        'uuid',
        'run_key',
        'attempt',
        'runs.config_hash',
        ...CONFIGURATION_COLUMNS,
        'synthetic',
        'status',
        'kept',
        'train_rows',
        'rmse',
        'mae',
        'r2',
        'rank_ic',
        'best_sharpe',
        'strategies_tested',
        'artifact_file',
        'artifact_bytes',
        'created_at',
        'seconds',
        'error',
      ])
      .where('id', 'in', sql<number>`(select value from json_each(${JSON.stringify(ids)}))`),
  );
  const damaged = damagedRuns(store, ids);
  for (const row of found) {
    const kind = damaged.get(row.id);
    byId.set(row.id, kind === undefined ? row : withoutFigures(row, kind));
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * What must hold of a run. A filtered search goes through one index that has every column it needs. Without the hint SQLite, which keeps
 * no statistics here, takes one of a single column and fetches each row it names from the table: far slower.
 */
function conditionsOf(store: Reader, filter: RunFilter, judged: Judged): Conditions {
  const { status, kept, from, to, minSharpe, text } = filter;
  const zone = findTimeZone(filter.zone ?? 'UTC');
  const conditions: RawBuilder<unknown>[] = [];
  let needFigures = filter.filter?.some(needsFigures) ?? false;
  for (const { name, column, initial, filter: asked } of AXIS_LIST) {
    const value = asked === undefined ? undefined : (filter as Readonly<Record<string, unknown>>)[asked.key];
    if (value === undefined) continue;
    if (column === undefined) needFigures = true;
    conditions.push(
      column === undefined ? inConfiguration(name, value, initial) : sql`${sql.ref(name)} = ${value}`,
    );
  }
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (kept !== undefined) conditions.push(sql`kept = ${kept ? 1 : 0}`);
  if (from !== undefined) conditions.push(sql`created_at >= ${dayStartIn(zone, from)}`);
  if (to !== undefined) conditions.push(sql`created_at < ${dayEndIn(zone, to)}`);
  if (minSharpe !== undefined) conditions.push(sql`best_sharpe >= ${minSharpe}`);
  if (isMarkFilter(filter)) conditions.push(marked(store, filter));
  if (text !== undefined && text.trim() !== '') conditions.push(containsText(store, text.trim()));
  for (const condition of filter.filter ?? []) conditions.push(conditionSql(condition, judged));
  return { all: conditions, needFigures };
}

/**
 * What a text can be found in is looked up beforehand, so that the scan over all runs compares whole names, and UUIDs
 * only with what can be part of one.
 */
function containsText(store: Reader, text: string): RawBuilder<unknown> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const like = (expression: RawBuilder<unknown>) => sql`${expression} like ${pattern} escape '\\'`;
  const among = (column: string, values: readonly (string | number)[]) =>
    values.length === 0
      ? []
      : [sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`];
  const containing = (names: readonly string[]) =>
    names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const idsOf = (query: RawBuilder<unknown>) => rows<{ id: number }>(store, query).map(({ id }) => id);

  const champions = idsOf(sql`select run_id as id from champions where ${like(sql`regime`)}`);
  const failed = idsOf(sql`select id from runs indexed by runs_errors
    where error is not null and ${like(sql`json_extract(error, '$.message')`)}`);
  const places = [
    ...(/^[0-9a-f-]+$/i.test(text) ? [like(sql`uuid`)] : []),
    ...among('model_type', containing(distinct(store, 'model_type'))),
    ...among('symbol', containing(distinct(store, 'symbol'))),
    ...among('encoder', containing(ENCODERS)),
    ...among('id', [...champions, ...failed]),
  ];
  return places.length === 0 ? sql`false` : sql`(${sql.join(places, sql` or `)})`;
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

function all({ all: conditions }: Conditions): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** By text, which no type can tell from a change: it begins with `select` or `with`. */
function rows<O>(store: Reader, query: RawBuilder<unknown>): O[] {
  return store.all<O>({ compile: () => query.compile(sqlBuilder) as never, isSelectQueryBuilder: true });
}

/** Few runs are marked: which of them match is looked up beforehand. */
function marked(store: Reader, { tag, favorite }: MarkFilter): RawBuilder<unknown> {
  const rows = allMarks(store).filter(({ kind }) => kind === 'run');
  const among = (filter: MarkFilter) => {
    const uuids = rows.flatMap((row) => (matchesMarks(marksDto(row), filter) ? [row.subject] : []));
    const ids = [...runNumbers(store, uuids).values()];
    return sql`(select value from json_each(${JSON.stringify(ids)}))`;
  };
  const isTagged = tag === undefined ? sql`true` : sql`id in ${among({ tag })}`;
  const isFavorite = sql`id in ${among({ favorite: true })}`;
  if (favorite === undefined) return isTagged;
  return favorite ? sql`${isTagged} and ${isFavorite}` : sql`${isTagged} and not ${isFavorite}`;
}
