import {
  CRITERION_HELP,
  type CriteriaMetric,
  type CriterionResult,
} from '../../../engine/contract/criteria.ts';
import { decimal, integer, percent, table } from './format.ts';

const NAMES: Readonly<Record<CriteriaMetric, string>> = {
  accuracy: 'Accuracy',
  balanced_accuracy: 'Balanced accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  roc_auc: 'ROC AUC',
  spearman: 'Spearman',
  sharpe: 'Sharpe',
  win_rate: 'Win rate',
  hit_rate_tp1: 'Take-profit hit rate',
  max_drawdown: 'Drawdown',
  trades: 'Trades',
  failed_folds: 'Failed folds',
};

const COUNTS: readonly CriteriaMetric[] = ['trades', 'failed_folds'];

function value(metric: CriteriaMetric, of: number | null): string {
  if (of === null) return decimal(null);
  if (COUNTS.includes(metric)) return integer(of);
  if (metric === 'max_drawdown') return percent(of);
  return decimal(of, metric === 'spearman' ? 3 : 2);
}

const BOUNDS = { least: 'at least', above: 'above', most: 'at most' } as const;

/** `Spearman less 2 errors`: what is compared. */
export function criterionName({ metric, errors }: Pick<CriterionResult, 'metric' | 'errors'>): string {
  if (errors === 0) return NAMES[metric];
  return `${NAMES[metric]} less ${errors === 1 ? 'its error' : `${errors} errors`}`;
}

/** Each criterion with what was found, how far that is, and what usually helps where it is missed. */
export function criteriaText(criteria: readonly CriterionResult[]): string {
  if (criteria.length === 0) return '';
  const head = ['Criterion', 'Asked', 'Found', 'Base', 'Distance', ''];
  const rows = criteria.map((criterion) => {
    const { metric, bound, threshold, value: found, baseRate, distance, met } = criterion;
    return [
      criterionName(criterion),
      `${BOUNDS[bound]} ${value(metric, threshold)}`,
      value(metric, found),
      value(metric, baseRate),
      `${distance !== null && distance > 0 ? '+' : ''}${value(metric, distance)}`,
      met ? 'met' : 'MISSED',
    ];
  });
  const missed = criteria.filter(({ met }) => !met);
  const metrics = [...new Set(missed.map(({ metric }) => metric))];
  const summary =
    missed.length === 0
      ? 'All criteria are met.'
      : `${missed.length} of ${criteria.length} criteria ${missed.length === 1 ? 'is' : 'are'} missed. What usually helps:`;
  return [
    table(head, rows, ['Found', 'Base', 'Distance']),
    summary,
    ...metrics.map((metric) => `  ${NAMES[metric]}: ${CRITERION_HELP[metric]}.`),
  ].join('\n');
}
