/** Out-of-sample figures that folds are compared and averaged by. Shares are fractions. */
export const FOLD_METRICS = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'f1',
  'roc_auc',
  'spearman',
  'sharpe',
  'win_rate',
  'hit_rate_tp1',
  'max_drawdown',
  'trades',
] as const;
export type FoldMetric = (typeof FOLD_METRICS)[number];

/** What a validation is judged by. */
export type CriteriaMetric = FoldMetric | 'failed_folds';

/** Named lists of criteria; see `engine/validation/criteria.ts` for what each asks. */
export const CRITERIA_PRESETS = ['quick', 'promotion', 'two_errors', 'ranks'] as const;
export type CriteriaPreset = (typeof CRITERIA_PRESETS)[number];

/** One thing that is asked of a validation, and what it found. */
export interface CriterionResult {
  readonly metric: CriteriaMetric;
  /** Standard errors that are taken off the value before it is compared; 0 for the value itself. */
  readonly errors: number;
  /** `least`: the value must reach the threshold; `above`: exceed it; `most`: not exceed it. */
  readonly bound: 'least' | 'above' | 'most';
  readonly threshold: number;
  /** What is compared; null where there is no such figure, which meets nothing. */
  readonly value: number | null;
  /** What always saying the larger class gets, where the figure is one of classes. */
  readonly baseRate: number | null;
  readonly met: boolean;
  /** From the threshold to the value, in the direction that is asked for: negative where it is missed. */
  readonly distance: number | null;
}

/** What a person reads of them. */
export const METRIC_TITLES: Readonly<Record<CriteriaMetric, string>> = {
  accuracy: 'Accuracy',
  balanced_accuracy: 'Balanced accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  roc_auc: 'ROC AUC',
  spearman: 'Spearman',
  sharpe: 'Sharpe',
  win_rate: 'Win rate',
  hit_rate_tp1: 'Hit rate TP1',
  max_drawdown: 'Drawdown',
  trades: 'Trades',
  failed_folds: 'Failed folds',
};

/** `ROC AUC less 2 errors`: what is compared. */
export function criterionTitle({ metric, errors }: Pick<CriterionResult, 'metric' | 'errors'>): string {
  const title = METRIC_TITLES[metric];
  if (errors === 0) return title;
  return `${title} less ${errors === 1 ? 'its error' : `${errors} errors`}`;
}

export const BOUND_WORDS = { least: 'at least', above: 'above', most: 'at most' } as const satisfies Record<
  CriterionResult['bound'],
  string
>;

/** What usually helps where one is missed. */
export const CRITERION_HELP: Readonly<Record<CriteriaMetric, string>> = {
  accuracy:
    'a longer horizon, or more days of training; below its base rate the forecasts know less than a constant does',
  balanced_accuracy:
    'more days of training, or another encoder; near 0.5 the sign of the forecast says nothing',
  precision: 'a longer horizon, or a more regular model (fewer or shallower trees, more penalty)',
  recall: 'a model that forecasts rises as often as falls: more days of training that hold both',
  f1: 'what helps precision and recall; it follows the lower of the two',
  roc_auc: 'other features (encoder, higher indicator timeframes), or more days of training',
  spearman: 'more days of training, other features, a longer horizon; short horizons are mostly noise',
  sharpe:
    'fewer trades (a longer horizon, a higher confidence threshold), since costs are paid on each; one regime alone',
  win_rate:
    'a higher confidence threshold; many small losses can pay all the same, so look at the Sharpe ratio first',
  hit_rate_tp1:
    'a nearer take-profit or a farther stop; below its base rate trades reach it less often than those entered on every bar',
  max_drawdown: 'a higher confidence threshold, a shorter horizon, or one regime alone',
  trades: 'more folds or longer test windows, a lower confidence threshold, a smaller timeframe',
  failed_folds: 'to read above why they failed, then to validate again: what was computed is kept',
};
