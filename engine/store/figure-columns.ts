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
  // All columns at once: to add them one by one takes longer than all else that is done here.
  const columns: Record<string, number | null> = { ...NO_FIGURES };
  for (const { column, window, metric } of FIGURES) columns[column] = finite(read(window, metric));
  return columns as unknown as EvaluatedColumns;
}

interface FigureColumn {
  readonly column: keyof EvaluatedColumns;
  readonly window: EvaluationWindow;
  readonly metric: MetricName;
}

const columnsIn = (
  window: EvaluationWindow,
  names: Readonly<Partial<Record<MetricName, keyof EvaluatedColumns>>>,
): FigureColumn[] =>
  Object.entries(names).map(([metric, column]) => ({ column, window, metric: metric as MetricName }));

const FIGURES = [...columnsIn('selection', COLUMN_OF), ...columnsIn('holdout', HOLDOUT_COLUMN_OF)];
const NO_FIGURES: Readonly<Record<string, null>> = Object.fromEntries(
  FIGURES.map(({ column }) => [column, null]),
);

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
