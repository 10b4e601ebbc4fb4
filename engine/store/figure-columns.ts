import type { MetricName } from '../backtest/metrics.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import { type CellLuck, shapeIn } from '../pipeline/luck.ts';
import type { EvaluatedColumns, LuckColumns, StrategiesTable } from './schema.ts';

/** Column of each metric of the selection window. */
export const COLUMN_OF = {
  sharpe: 'sharpe',
  sharpeError: 'sharpe_error',
  sortino: 'sortino',
  maxDrawdown: 'max_drawdown',
  calmar: 'calmar',
  winRate: 'win_rate',
  profitFactor: 'profit_factor',
  expectancy: 'expectancy',
  totalReturn: 'total_return',
  trades: 'trades',
  exposure: 'exposure',
  longestLosingStreak: 'longest_losing_streak',
  composite: 'composite',
  roi: 'roi',
  averageWin: 'average_win',
  averageLoss: 'average_loss',
  kelly: 'kelly',
  kellyError: 'kelly_error',
  scoreResult: 'score_result',
  scoreStake: 'score_stake',
  scoreProfit: 'score_profit',
  scoreWins: 'score_wins',
  scoreRunUp: 'score_run_up',
} as const satisfies Record<MetricName, keyof EvaluatedColumns>;

/** Column of those that are kept of the holdout. */
export const HOLDOUT_COLUMN_OF = {
  sharpe: 'holdout_sharpe',
  sharpeError: 'holdout_sharpe_error',
  maxDrawdown: 'holdout_max_drawdown',
  winRate: 'holdout_win_rate',
  profitFactor: 'holdout_profit_factor',
  totalReturn: 'holdout_total_return',
  trades: 'holdout_trades',
  composite: 'holdout_composite',
} as const satisfies Partial<Record<MetricName, keyof EvaluatedColumns>>;

export const FIGURE_COLUMNS: readonly (keyof EvaluatedColumns)[] = [
  ...Object.values(COLUMN_OF),
  ...Object.values(HOLDOUT_COLUMN_OF),
];

/** Columns of the figures that `read` gives; one that is not defined (NaN) is null. */
export function figureColumns(
  read: (window: EvaluationWindow, metric: MetricName) => number,
): EvaluatedColumns {
  const selected = (metric: MetricName) => finite(read('selection', metric));
  const held = (metric: MetricName) => finite(read('holdout', metric));
  // Spelled out, as `COLUMN_OF` and `HOLDOUT_COLUMN_OF` say: to add columns by their names takes several times as long.
  return {
    sharpe: selected('sharpe'),
    sharpe_error: selected('sharpeError'),
    sortino: selected('sortino'),
    max_drawdown: selected('maxDrawdown'),
    calmar: selected('calmar'),
    win_rate: selected('winRate'),
    profit_factor: selected('profitFactor'),
    expectancy: selected('expectancy'),
    total_return: selected('totalReturn'),
    trades: selected('trades') as number,
    exposure: selected('exposure'),
    longest_losing_streak: selected('longestLosingStreak'),
    composite: selected('composite'),
    roi: selected('roi'),
    average_win: selected('averageWin'),
    average_loss: selected('averageLoss'),
    kelly: selected('kelly'),
    kelly_error: selected('kellyError'),
    score_result: selected('scoreResult'),
    score_stake: selected('scoreStake'),
    score_profit: selected('scoreProfit'),
    score_wins: selected('scoreWins'),
    score_run_up: selected('scoreRunUp'),
    holdout_sharpe: held('sharpe'),
    holdout_sharpe_error: held('sharpeError'),
    holdout_max_drawdown: held('maxDrawdown'),
    holdout_win_rate: held('winRate'),
    holdout_profit_factor: held('profitFactor'),
    holdout_total_return: held('totalReturn'),
    holdout_trades: held('trades') as number,
    holdout_composite: held('composite'),
  };
}

export const LUCK_COLUMNS = [
  'luck_score',
  'skewness',
  'kurtosis',
] as const satisfies readonly (keyof LuckColumns)[];

/** Of a strategy at its position among those that were measured; `segment`: 1 + the index of the regime. */
export function luckColumns(luck: CellLuck | undefined, strategy: number, segment: number): LuckColumns {
  if (luck === undefined) return NO_LUCK;
  return {
    luck_score: finite(shapeIn(luck, strategy, segment, 'score')),
    skewness: finite(shapeIn(luck, strategy, segment, 'skewness')),
    kurtosis: finite(shapeIn(luck, strategy, segment, 'kurtosis')),
  };
}

export const NO_LUCK: LuckColumns = { luck_score: null, skewness: null, kurtosis: null };

/**
 * A run's row without the columns that a trigger copies from its best strategy, for the history to sort by: they follow
 * from the strategies' rows.
 */
export function withoutBestFigures<T extends object>(run: T): T {
  const left: Record<string, unknown> = {};
  for (const column in run) if (!BEST_FIGURES.has(column)) left[column] = run[column];
  return left as T;
}

/**
 * The same columns, of the strategies' rows: where they come with the run, the trigger finds them right, and the row is not written
 * a second time, with its entries in the indexes.
 */
export function bestFigures(
  strategies: readonly Omit<StrategiesTable, 'run_id'>[],
): Readonly<Record<string, number | null>> {
  const best = strategies.find(({ rank }) => rank === 1);
  if (best === undefined) return {};
  const figures: Record<string, number | null> = { ...NO_BEST };
  for (const { name, column } of BEST_COLUMNS) {
    figures[column] = (best as Readonly<Record<string, unknown>>)[name] as number | null;
  }
  return figures;
}

const BEST_COLUMNS = Object.values(RUN_FIGURES).map(({ name }) => ({ name, column: `best_${name}` }));
const BEST_FIGURES: ReadonlySet<string> = new Set(BEST_COLUMNS.map(({ column }) => column));
const NO_BEST: Readonly<Record<string, null>> = Object.fromEntries(
  BEST_COLUMNS.map(({ column }) => [column, null]),
);

/** SQLite has no NaN, JSON no Infinity: figures that are not defined are null. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
