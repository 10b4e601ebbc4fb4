import { type RawBuilder, sql } from 'kysely';
import { CONFIGURATION_COLUMNS } from '../cells/columns.ts';
import type { HistorySort } from '../contract/api/results.ts';
import type { AxisWith } from '../contract/axes.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import { RUN_FIGURES, type RunFigureKey } from '../contract/run-figures.ts';
import { BEST_EVIDENCE_FIRST } from '../contract/verdict.ts';
import { damagedRuns, withoutFigures } from './damaged-rows.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { rows } from './rows.ts';
import {
  amongIds,
  isJudgedKey,
  type Judged,
  type JudgedKey,
  judgedValue,
  type SearchPart,
} from './run-conditions.ts';
import { partsOf, type RunFilter } from './run-filter.ts';
import { keepRunGroups, runsOfGroups } from './run-groups.ts';
import { runsOfValues } from './run-heads.ts';
import { isFigure } from './run-image/columns.ts';
import { runImage } from './run-image/load.ts';
import { countOf, pageByJob, pageOf } from './run-image/page.ts';
import { type Sifted, sift } from './run-image/sift.ts';
import { isGroupColumn } from './run-kinds.ts';
import { type RunRow, selectRuns } from './runs.ts';

export interface RunOrder {
  readonly sort: HistorySort;
  readonly descending: boolean;
}

/** A run as lists show it: all but the large columns. */
export type ListedRun = Omit<
  RunRow,
  'training_key' | 'evaluation_keys' | 'basis' | 'importance' | 'left_out' | 'results' | 'tries' | 'selection'
>;

/** Expression of a sort column, and the index that holds it in order; that of all figures has it, but not in order. */
interface Sort {
  readonly by: string;
  readonly index: string;
}

const ALL_FIGURES = 'runs_figures';

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
    { by: `best_${name}`, index: ALL_FIGURES },
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
  store: Store,
  filter: RunFilter,
  order: RunOrder,
  limit: number,
  offset: number,
  judged: Judged = NOBODY,
): RunPage {
  const parts = partsOf(store, filter, judged);
  // All runs in the order of an index are read there.
  const sifted = parts.length > 0 || !isIndexed(order.sort) ? siftedBy(store, parts) : undefined;
  const conditions = { parts, sifted };
  const ids = orderedIds(store, conditions, order, limit, offset, judged);
  // A page that is not full is the last one.
  const isLast = ids.length < limit && (ids.length > 0 || offset === 0);
  return { ids, total: isLast ? offset + ids.length : count(store, conditions) };
}

/** All matching runs in order, or the first of them. */
export function matchingRuns(
  store: Store,
  filter: RunFilter,
  order = NEWEST_FIRST,
  limit = ALL,
  offset = 0,
  judged: Judged = NOBODY,
): number[] {
  return orderedIds(store, { parts: partsOf(store, filter, judged) }, order, limit, offset, judged);
}

const NOBODY: Judged = () => new Map();

/** Whether an index has the runs in this order, or in that of their numbers, in which those stand that are no champions. */
const isIndexed = (sort: HistorySort) =>
  isJudgedKey(sort) || (sort !== 'job' && SORTS[sort].index !== ALL_FIGURES);

const NEWEST_FIRST: RunOrder = { sort: 'id', descending: true };
/** SQLite's word for no limit. */
const ALL = -1;

interface Conditions {
  readonly parts: readonly SearchPart[];
  /** Those that meet them, where the host has an image of all runs. */
  readonly sifted?: readonly Sifted[] | undefined;
  /** Nearly every run meets them: the index that has the order is gone through, as where there are none. */
  readonly inOrder?: boolean;
}

/** The runs that meet all conditions, by the image of them that the host has; undefined where it has none, or can't tell by it. */
function siftedBy(store: Store, parts: readonly SearchPart[]): readonly Sifted[] | undefined {
  const sieves = parts.flatMap(({ sieve }) => sieve ?? []);
  if (sieves.length < parts.length) return undefined;
  const image = runImage(store);
  return image === undefined ? undefined : sift(store, image, sieves);
}

/** How many meet them, without going through all runs where that can be. */
function count(store: Store, { parts, sifted }: Conditions): number {
  if (sifted !== undefined) return countOf(sifted);
  const counted = (query: RawBuilder<unknown>) => rows<{ total: number }>(store, query)[0]!.total;
  const inGroups = (conditions: readonly RawBuilder<unknown>[]) => {
    keepRunGroups(store);
    return counted(sql`select coalesce(sum(runs), 0) as total from temp.run_groups where ${all(conditions)}`);
  };
  const { grouped, rest } = split(parts);
  if (parts.length === 0) return counted(sql`select count(*) as total from runs`);
  const known = runsOfValues(store, knownOf(parts), parts.length === 1);
  if (known !== undefined && rest.every(({ by }) => by !== 'ids')) {
    return counted(sql`select count(*) as total from ${known} where ${all(sqlOf(parts))}`);
  }
  if (rest.length === 0) return inGroups(grouped);
  const [only] = rest;
  if (rest.length === 1 && only!.or !== undefined) {
    const { groups, ids } = only!.or;
    const others = all([...grouped, ids, sql`not (${groups})`]);
    return (
      inGroups([...grouped, groups]) +
      counted(sql`select count(*) as total from runs not indexed where ${others}`)
    );
  }
  return counted(sql`select count(*) as total from ${sourceOf(store, parts)} where ${all(sqlOf(parts))}`);
}

function split(parts: readonly SearchPart[]) {
  const grouped = parts.filter(({ by }) => by === 'groups').map((part) => part.sql);
  return { grouped, rest: parts.filter(({ by }) => by !== 'groups') };
}

const knownOf = (parts: readonly SearchPart[]) => parts.flatMap(({ known }) => known ?? []);

const sqlOf = (parts: readonly SearchPart[]) => parts.map((part) => part.sql);

/**
 * Where runs are looked for that meet conditions. Without the hints SQLite, which keeps no statistics here, takes an index of a single column
 * and fetches each row it names from the table: far slower.
 */
function sourceOf(store: Store, parts: readonly SearchPart[], sort?: Sort): RawBuilder<unknown> {
  const { grouped, rest } = split(parts);
  if (rest.some(({ by }) => by === 'ids')) return sql`runs not indexed`;
  if (grouped.length > 0) {
    const known = runsOfValues(store, knownOf(parts), false);
    if (known !== undefined) return known;
    keepRunGroups(store);
    return runsOfGroups(all(grouped));
  }
  const indexes = new Set(rest.map(({ by }) => (typeof by === 'object' ? by.index : ALL_FIGURES)));
  const [index] = indexes;
  const hasAll = indexes.size === 1 && (sort === undefined || sort.index === index || sort.by === 'id');
  return sql`runs indexed by ${sql.ref(hasAll ? index! : ALL_FIGURES)}`;
}

function orderedIds(
  store: Store,
  conditions: Conditions,
  { sort, descending }: RunOrder,
  limit: number,
  offset: number,
  judged: Judged,
): number[] {
  if (isJudgedKey(sort)) return judgedFirst(store, conditions, sort, descending, limit, offset, judged);
  const { by, index } = SORTS[sort];
  const { parts, sifted, inOrder } = conditions;
  const most = limit === ALL ? Number.POSITIVE_INFINITY : limit;
  if (sifted !== undefined && sort === 'job') return pageByJob(store, sifted, descending, most, offset);
  if (sifted !== undefined && isInImage(by)) {
    return pageOf(store, sifted, { by, isOfKind: !isFigure(by) && by !== 'id', descending }, most, offset);
  }
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const order = sql`order by ${sql.raw(by)} ${direction} nulls last, id ${direction}`;
  if (parts.length > 0 && inOrder !== true) {
    const isShort = limit !== ALL && limit + offset < MOST_WALKED / 4 && isIndexed(sort);
    const near = isShort ? walked(store, all(sqlOf(parts)), index, order, limit, offset) : undefined;
    if (near !== undefined) return near;
  }
  const from =
    parts.length === 0 || inOrder === true
      ? sql`runs indexed by ${sql.ref(index)}`
      : sourceOf(store, parts, SORTS[sort]);
  const found = rows<{ id: number }>(
    store,
    sql`select id from ${from} where ${all(sqlOf(parts))} ${order} limit ${limit} offset ${offset}`,
  );
  return found.map(({ id }) => id);
}

const isInImage = (by: string) => by === 'id' || by === TIMEFRAME_ORDER || isFigure(by) || isGroupColumn(by);

/** Runs that are gone through, in the order of an index, for a page of those that match: some 10 ms. */
const MOST_WALKED = 2500;

/**
 * A page as it is found among the first runs in the order that is asked for: where many match, and those are the pages that would take long,
 * they are near. Undefined where they are not.
 */
function walked(
  store: Store,
  conditions: RawBuilder<unknown>,
  index: string,
  order: RawBuilder<unknown>,
  limit: number,
  offset: number,
): number[] | undefined {
  const text = sql`select id, ${conditions} as matches from runs indexed by ${sql.ref(index)} ${order}`;
  const query = text.compile(sqlBuilder);
  const steps = store.prepare(query.sql).iterate(...query.parameters) as IterableIterator<{
    readonly id: number;
    readonly matches: number;
  }>;
  const ids: number[] = [];
  let gone = 0;
  for (const { id, matches } of steps) {
    if (matches === 1) ids.push(id);
    if (ids.length === offset + limit) return ids.slice(offset);
    if (++gone === MOST_WALKED) return undefined;
  }
  return ids.slice(offset);
}

/**
 * By what only champions have, and they are few: they are put in order here, and all other runs come after them by their ids. Of verdicts
 * the best evidence is the highest.
 */
function judgedFirst(
  store: Store,
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
  const ids = values.map(({ id }) => id);
  const among = (isNot: boolean): Conditions => {
    const parts = [...conditions.parts, amongIds(ids, isNot)];
    // In the order of the ids a page is read as it stands.
    const inOrder = isNot && conditions.parts.length === 0;
    return { parts, inOrder, sifted: conditions.sifted && siftedBy(store, parts) };
  };
  const matching = new Set(orderedIds(store, among(false), NEWEST_FIRST, ALL, 0, judged));
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
    among(true),
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

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
