import type { AxisKey } from './axes.ts';
import type { ConditionColumns, ConditionKind } from './conditions.ts';
import { AXIS_LIST } from './configuration.ts';
import { ANY_PARAMETER } from './parameter-condition.ts';
import { RUN_FIGURE_KEYS, RUN_FIGURES } from './run-figures.ts';

/**
 * What the history can show of a run, in the order in which it is usually shown: a column's key, and what it is called in files that it is
 * written to, where a figure and its error are two columns.
 */
const FILES: readonly (readonly [string, readonly string[]])[] = [
  ['id', ['id']],
  ['uuid', ['uuid']],
  ...AXIS_LIST.filter(({ head }) => head !== undefined).map(({ key, name }) => [key, [name]] as const),
  ['synthetic', ['synthetic']],
  ['status', ['status']],
  ['kept', ['kept']],
  ['job', ['job', 'job_name']],
  ['marks', ['favorite', 'tags', 'note']],
  ['regimes', ['best_regimes']],
  ['verdict', ['verdict']],
  ['p', ['p']],
  ['sharpe', ['sharpe', 'sharpe_error']],
  ['outOfSample', ['out_of_sample_sharpe', 'standard_error']],
  ...RUN_FIGURE_KEYS.map((key) => [key, [RUN_FIGURES[key].name]] as const),
  ['hitRate', ['hit_rate']],
  ['rankIc', ['rank_ic']],
  ['r2', ['r2']],
  ['rmse', ['rmse']],
  ['mae', ['mae']],
  ['seconds', ['seconds']],
  ['createdAt', ['created_at']],
];

export const HISTORY_COLUMNS: readonly string[] = FILES.map(([key]) => key);

/** Names in a file of the columns with these keys, in their order, each once. */
export function historyFileColumns(keys: readonly string[]): string[] {
  const names = new Map(FILES);
  return [...new Set(keys.flatMap((key) => names.get(key) ?? []))];
}

/** Axes that a condition may name: those with a plain column, and the target, which stands in the configuration. */
const AXES = AXIS_LIST.flatMap(({ key, column, filter }): [AxisKey, ConditionKind][] =>
  column === 'integer'
    ? [[key, 'number']]
    : column === 'text' || (column === undefined && filter !== undefined)
      ? [[key, 'text']]
      : [],
);

/** What the history is filtered by. `regime`: one that the run is champion of; `job`: number of one that has it; `param.NAME`: a hyper-parameter. */
export const HISTORY_CONDITIONS: ConditionColumns = {
  id: 'number',
  job: 'number',
  ...Object.fromEntries(AXES),
  synthetic: 'flag',
  status: 'text',
  kept: 'flag',
  regime: 'text',
  verdict: 'text',
  p: 'number',
  outOfSample: 'number',
  sharpe: 'number',
  ...Object.fromEntries(RUN_FIGURE_KEYS.map((key) => [key, 'number' as const])),
  rankIc: 'number',
  [ANY_PARAMETER]: 'value',
};
