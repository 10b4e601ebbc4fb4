import type { CriteriaMetric, CriterionResult } from '../../../engine/contract/criteria.ts';
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
  max_drawdown: 'Drawdown',
  trades: 'Trades',
  failed_folds: 'Failed folds',
};

/** What usually helps where one is missed. */
const HELP: Readonly<Record<CriteriaMetric, string>> = {
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
  max_drawdown: 'a higher confidence threshold, a shorter horizon, or one regime alone',
  trades: 'more folds or longer test windows, a lower confidence threshold, a smaller timeframe',
  failed_folds: 'to read above why they failed, then to validate again: what was computed is kept',
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
    ...metrics.map((metric) => `  ${NAMES[metric]}: ${HELP[metric]}.`),
  ].join('\n');
}
