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
