import { type RawBuilder, sql } from 'kysely';
import type { Store } from './database.ts';
import { areRunGroupsKept } from './run-groups.ts';
import { GROUP_COLUMNS, GROUP_NUMBERS } from './run-kinds.ts';

/**
 * Where runs are looked for of which a column is one value, while their kinds are not counted, as in a command, which asks once: to count them
 * takes a walk through all.
 */

/** Indexes that have one of those columns alone. */
const NARROW: Readonly<Record<string, string>> = {
  status: 'runs_by_status',
  kept: 'runs_by_kept',
  symbol: 'runs_by_symbol',
  model_type: 'runs_by_model_type',
  days_history: 'runs_by_days_history',
  horizon: 'runs_by_horizon',
};

const NAMES: readonly string[] = GROUP_COLUMNS;

/** Jumps from one value to the next; to make more takes as long as to count. */
const MOST_HEADS = 5000;

/**
 * As what follows `from`; undefined where kinds are counted, or that is sooner done.
 * @param known columns of GROUP_COLUMNS that the conditions say the one value of
 * @param isAll they say nothing else, and only the number of runs is asked for
 */
export function runsOfValues(
  store: Store,
  known: readonly string[],
  isAll: boolean,
): RawBuilder<unknown> | undefined {
  if (known.length === 0 || areRunGroupsKept(store)) return undefined;
  const narrow = NARROW[known[0]!];
  if (isAll && known.length === 1 && narrow !== undefined) return sql`runs indexed by ${sql.ref(narrow)}`;
  const last = Math.max(...known.map((name) => NAMES.indexOf(name)));
  const columns = GROUP_COLUMNS.slice(0, last);
  if (columns.length === 0) return sql`runs indexed by runs_figures`;
  const heads = headsOf(store, columns);
  if (heads === undefined) return undefined;
  const named = sql.raw(columns.map((name, i) => `value ->> ${i} as of_${name}`).join(', '));
  const same = sql.raw(columns.map((name) => `runs.${name} = of_${name}`).join(' and '));
  return sql`(select ${named} from json_each(${JSON.stringify(heads)}))
    cross join runs indexed by runs_figures on ${same}`;
}

/** What the first columns of the index are, each once: by a jump to each in it. */
function headsOf(store: Store, columns: readonly string[]): unknown[][] | undefined {
  const list = columns.join(', ');
  const next = store
    .prepare(
      `SELECT ${list} FROM main.runs INDEXED BY runs_figures WHERE (${list}) > (${columns.map(() => '?').join(', ')}) ORDER BY ${list} LIMIT 1`,
    )
    .raw();
  const heads: unknown[][] = [];
  // Before every text and number.
  let head: unknown[] | undefined = columns.map((name) =>
    GROUP_NUMBERS.has(name) ? Number.MIN_SAFE_INTEGER : '',
  );
  for (;;) {
    head = next.get(head) as unknown[] | undefined;
    if (head === undefined) return heads;
    if (heads.push(head) > MOST_HEADS) return undefined;
  }
}
