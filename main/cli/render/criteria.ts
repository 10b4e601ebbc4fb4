import {
  BOUND_WORDS,
  CRITERION_HELP,
  type CriteriaMetric,
  type CriterionResult,
  criterionTitle,
  METRIC_TITLES,
} from '../../../engine/contract/criteria.ts';
import { decimal, integer, percent, table } from './format.ts';

const COUNTS: readonly CriteriaMetric[] = ['trades', 'failed_folds'];

function value(metric: CriteriaMetric, of: number | null): string {
  if (of === null) return decimal(null);
  if (COUNTS.includes(metric)) return integer(of);
  if (metric === 'max_drawdown') return percent(of);
  return decimal(of, metric === 'spearman' ? 3 : 2);
}

/** Each criterion with what was found, how far that is, and what usually helps where it is missed. */
export function criteriaText(criteria: readonly CriterionResult[]): string {
  if (criteria.length === 0) return '';
  const head = ['Criterion', 'Asked', 'Found', 'Base', 'Distance', ''];
  const rows = criteria.map((criterion) => {
    const { metric, bound, threshold, value: found, baseRate, distance, met } = criterion;
    return [
      criterionTitle(criterion),
      `${BOUND_WORDS[bound]} ${value(metric, threshold)}`,
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
    ...metrics.map((metric) => `  ${METRIC_TITLES[metric]}: ${CRITERION_HELP[metric]}.`),
  ].join('\n');
}
