import { type RawBuilder, sql } from 'kysely';
import type { Comparison, Condition } from '../contract/conditions.ts';
import { holds } from '../contract/conditions.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import { PARAMETER_PREFIX, parameterPath } from '../contract/parameter-condition.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import type { Verdict } from '../contract/verdict.ts';
import { verdictText } from '../contract/verdict.ts';
import { isFigure } from './run-image/columns.ts';
import type { Sieve } from './run-image/sieve.ts';
import { isGroupColumn } from './run-kinds.ts';

/** What evidence says of runs that are champions, by their numbers: made of many rows, so only where it is asked for. */
export type Judged = () => ReadonlyMap<
  number,
  {
    readonly verdict: Verdict;
    readonly p: number | null;
    readonly outOfSample: { readonly sharpe: number | null } | null;
  }
>;

export const JUDGED_KEYS = ['verdict', 'p', 'outOfSample'] as const;
export type JudgedKey = (typeof JUDGED_KEYS)[number];

export const isJudgedKey = (key: string): key is JudgedKey =>
  (JUDGED_KEYS as readonly string[]).includes(key);

/** A condition, and by what the runs that meet it are found. */
export interface SearchPart {
  readonly sql: RawBuilder<unknown>;
  /** `groups`: by the columns of GROUP_COLUMNS; `ids`: it lists numbers of runs; else the index that has its one column. */
  readonly by?: 'groups' | 'ids' | { readonly index: string };
  /** How an image of the runs is sifted by it; none: it is not. */
  readonly sieve?: Sieve;
  /** Of one that says the one value of this column of GROUP_COLUMNS. */
  readonly known?: string;
  /** Of one that holds of whole groups, and of some runs besides. */
  readonly or?: { readonly groups: RawBuilder<unknown>; readonly ids: RawBuilder<unknown> };
}

/** Columns of the index `runs_figures`, by the keys of conditions. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'id',
  status: 'status',
  kept: 'kept',
  synthetic: 'synthetic',
  sharpe: 'best_sharpe',
  rankIc: 'rank_ic',
  ...Object.fromEntries(
    AXIS_LIST.flatMap(({ key, name, column }) => (column === undefined ? [] : [[key, name]])),
  ),
  ...Object.fromEntries(Object.entries(RUN_FIGURES).map(([key, { name }]) => [key, `best_${name}`])),
};

/** Indexes that have nothing but their column, and the number of the run. */
const OWN_INDEX: Readonly<Record<string, string>> = {
  id: 'runs_by_id',
  created_at: 'runs_by_created',
  best_sharpe: 'runs_by_sharpe',
  rank_ic: 'runs_by_rank_ic',
};

/** By what a condition on a column of `runs` is met; see `SearchPart`. */
export function foundBy(column: string): Pick<SearchPart, 'by'> {
  if (isGroupColumn(column)) return { by: 'groups' };
  const index = OWN_INDEX[column];
  return index === undefined ? {} : { by: { index } };
}

/** That a column of `runs` is so: as SQL, and for an image of the runs. */
export function columnPart(
  column: string,
  text: RawBuilder<unknown>,
  is: Comparison,
  values: readonly (string | number)[],
): SearchPart {
  const found = { sql: text, ...foundBy(column) };
  if (isGroupColumn(column)) return { ...found, sieve: { by: 'kind', is: text } };
  const isPlain = isFigure(column) || column === 'id';
  if (!isPlain || is === '~' || !values.every((value) => typeof value === 'number')) return found;
  return { ...found, sieve: { by: 'figure', column, is, values } };
}

/** Runs that a query gives as `id`. */
const listed = (query: RawBuilder<unknown>, isNot = false): Pick<SearchPart, 'sieve'> => ({
  sieve: { by: 'ids', query, isNot },
});

/** That a run is one of these. */
export function amongIds(ids: readonly number[], isNot = false): SearchPart {
  const query = sql`select value as id from json_each(${JSON.stringify(ids)})`;
  const negation = sql.raw(isNot ? 'not ' : '');
  return { sql: sql`id ${negation}in (${query})`, ...(!isNot && { by: 'ids' }), ...listed(query, isNot) };
}

/** A condition as SQL over `runs`. */
export function conditionPart(condition: Condition, judged: Judged): SearchPart {
  const { key, is, values } = condition;
  const column = COLUMNS[key];
  if (column !== undefined) return columnPart(column, comparison(sql.ref(column), condition), is, values);
  if (isJudgedKey(key)) {
    const ids = [...judged()].flatMap(([id, run]) => (isAsked(condition, judgedValue(key, run)) ? [id] : []));
    return amongIds(ids);
  }
  if (key.startsWith(PARAMETER_PREFIX)) {
    return { sql: comparison(sql`json_extract(hyperparameters, ${parameterPath(key)})`, condition) };
  }
  const isNot = is === '!=';
  const some = { ...condition, is: isNot ? ('=' as const) : is };
  const negation = sql.raw(isNot ? 'not ' : '');
  const by = isNot ? {} : ({ by: 'ids' } as const);
  if (key === 'regime') {
    const ofRegime = sql`select run_id as id from champions where ${comparison(sql`regime`, some)}`;
    return { sql: sql`id ${negation}in (${ofRegime})`, ...by, ...listed(ofRegime, isNot) };
  }
  if (key === 'job') {
    if (is === '=') {
      const jobs = sql.join(values.map((value) => sql`${value}`));
      const ofJobs = sql`select run_id as id from cells where queue_id in (${jobs}) and run_id is not null`;
      return { sql: sql`id in (${ofJobs})`, by: 'ids', ...listed(ofJobs) };
    }
    const ofJobs = sql`select run_id as id from cells where ${comparison(sql`queue_id`, some)} and run_id is not null`;
    return {
      sql: sql`${negation}exists (select 1 from cells where run_id = runs.id and ${comparison(sql`queue_id`, some)})`,
      ...listed(ofJobs, isNot),
    };
  }
  const axis = AXIS_LIST.find((one) => one.key === key)!;
  return configurationPart(axis.name, values, axis.initial, isNot);
}

/** That an axis without a column is one of these, or none of them. */
export function configurationPart(
  name: string,
  values: readonly unknown[],
  initial: unknown,
  isNot = false,
): SearchPart {
  const alternatives = values.map((value) => inConfiguration(name, value, initial));
  const text = sql`${sql.raw(isNot ? 'not ' : '')}(${sql.join(alternatives, sql` or `)})`;
  const of = (condition: RawBuilder<unknown>, not: boolean) =>
    listed(sql`select id from runs indexed by runs_by_config where ${condition}`, not);
  // Of what nearly all have, those are listed that have it not.
  if (values.length === 1 && values[0] === initial) return { sql: text, ...of(isSaid(name), !isNot) };
  return { sql: text, ...of(sql.join(alternatives, sql` or `), isNot) };
}

/** A verdict by its word, or as people read it. */
function isAsked(condition: Condition, value: string | number | null): boolean {
  const words = value === 'none' ? [value, verdictText(value)] : [value];
  const isOne = (word: string | number | null) => holds(condition, word);
  return condition.is === '!=' ? words.every(isOne) : words.some(isOne);
}

/** Of what a run that is a champion is sorted and filtered by. */
export function judgedValue(
  key: JudgedKey,
  run: ReturnType<Judged> extends ReadonlyMap<number, infer Run> ? Run : never,
): string | number | null {
  return key === 'outOfSample' ? (run.outOfSample?.sharpe ?? null) : run[key];
}

function comparison(column: RawBuilder<unknown>, { is, values }: Condition): RawBuilder<unknown> {
  if (is === '~') {
    const patterns = values.map((value) => `%${String(value).replaceAll(/[\\%_]/g, '\\$&')}%`);
    return sql`(${sql.join(
      patterns.map((pattern) => sql`${column} like ${pattern} escape '\\'`),
      sql` or `,
    )})`;
  }
  if (is !== '=' && is !== '!=') return sql`${column} ${sql.raw(is)} ${values[0]}`;
  const list = sql.join(values.map((value) => sql`${value}`));
  return sql`${column} collate nocase ${sql.raw(is === '=' ? 'in' : 'not in')} (${list})`;
}

const isSaid = (name: string) =>
  sql`config_hash in (select config_hash from configurations where json_extract(configuration, ${`$.${name}`}) is not null)`;

/** An axis without a column: what it starts with is not written in a configuration. */
function inConfiguration(name: string, value: unknown, initial: unknown): RawBuilder<unknown> {
  const said = sql`json_extract(configuration, ${`$.${name}`})`;
  if (value === initial) {
    return sql`not ${isSaid(name)}`;
  }
  return sql`config_hash in (select config_hash from configurations where ${said} = ${value} or instr(${said}, ${`${value} `}) = 1)`;
}
