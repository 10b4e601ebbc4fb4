import { METRIC_INDEX } from '../backtest/metrics.ts';
import { FOLD_METRICS, type FoldMetric } from '../contract/criteria.ts';
import type { ForecastFigures } from '../pipeline/job.ts';
import { averageOverFolds } from '../statistics/fold-average.ts';

export interface FoldFigure {
  readonly value: number;
  /** Standard error, where the figure has one. */
  readonly error: number | null;
  /** What always saying the larger class gets, where the figure is one of classes. */
  readonly base: number | null;
}

/** Null: there is nothing to compute it from. */
export type FoldFigures = Readonly<Record<FoldMetric, FoldFigure | null>>;

export interface AveragedFigure extends FoldFigure {
  /** How many of the folds have it. */
  readonly folds: number;
}

export type AveragedFigures = Readonly<Record<FoldMetric, AveragedFigure | null>>;

/** @param metrics METRICS of the window's trading */
export function figuresOfFold(
  { classes, spearman, spearmanError, takeProfit }: ForecastFigures,
  metrics: Float64Array,
): FoldFigures {
  const { base, errors } = classes;
  const traded = (name: keyof typeof METRIC_INDEX) => metrics[METRIC_INDEX[name]]!;
  return {
    accuracy: figure(classes.accuracy, null, base.accuracy),
    balanced_accuracy: figure(classes.balancedAccuracy, errors.balancedAccuracy, base.balancedAccuracy),
    precision: figure(classes.precision, null, base.precision),
    recall: figure(classes.recall, null, base.recall),
    f1: figure(classes.f1, null, base.f1),
    roc_auc: figure(classes.rocAuc, errors.rocAuc, base.rocAuc),
    spearman: figure(spearman, spearmanError),
    sharpe: figure(traded('sharpe'), traded('sharpeError')),
    win_rate: figure(traded('winRate')),
    hit_rate_tp1:
      takeProfit === undefined ? null : figure(takeProfit.reached / takeProfit.trades, null, takeProfit.base),
    max_drawdown: figure(traded('maxDrawdown')),
    trades: figure(traded('trades')),
  };
}

function figure(
  value: number | null,
  error: number | null = null,
  base: number | null = null,
): FoldFigure | null {
  if (value === null || Number.isNaN(value)) return null;
  return { value, error: error === null || Number.isNaN(error) ? null : error, base };
}

/**
 * Means over folds, each over those that have the figure; its error is the root of their summed squared errors over their
 * number (`averageOverFolds`), null where one of them has none.
 */
export function averageFigures(folds: readonly FoldFigures[]): AveragedFigures {
  const average = (metric: FoldMetric): AveragedFigure | null => {
    const known = folds.map((fold) => fold[metric]).filter((of) => of !== null);
    const mean = averageOverFolds(known.map(({ value, error }) => ({ value, error: error ?? Number.NaN })));
    if (mean === null) return null;
    const bases = known.map(({ base }) => base).filter((base) => base !== null);
    return {
      value: mean.value,
      error: Number.isNaN(mean.error) ? null : mean.error,
      base: bases.length === 0 ? null : bases.reduce((a, b) => a + b) / bases.length,
      folds: mean.folds,
    };
  };
  return Object.fromEntries(FOLD_METRICS.map((metric) => [metric, average(metric)])) as AveragedFigures;
}
