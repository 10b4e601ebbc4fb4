import {
  BOUND_WORDS,
  type CriteriaMetric,
  type CriterionResult,
  type FoldMetric,
  METRIC_TITLES,
} from '../../../engine/contract/criteria.ts';
import type { FoldFigureDto } from '../../../engine/contract/dto/index.ts';
import type { ValidationScheme } from '../../../engine/contract/validation.ts';
import { DASH, formatCount, formatNumber, formatPercent } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';

export const SCHEME_TITLES: Readonly<Record<ValidationScheme, string>> = texts.schemeTitles;

/** What each scheme is for, in a sentence. */
export const SCHEME_NOTES: Readonly<Record<ValidationScheme, string>> = texts.schemeNotes;

/** Over the columns of a table. */
export const METRIC_HEADS = { ...METRIC_TITLES, balanced_accuracy: common.balancedAcc } as const;

/** Columns of the table of folds. */
export const FOLD_COLUMNS: readonly FoldMetric[] = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'roc_auc',
  'f1',
  'spearman',
  'sharpe',
  'trades',
  // Of a target whose trades have a take-profit.
  'hit_rate_tp1',
];
/** Of a procedure, whose models forecast in turn: what was earned. */
export const TRADING_COLUMNS: readonly FoldMetric[] = ['sharpe', 'win_rate', 'max_drawdown', 'trades'];

const DIGITS: Readonly<Partial<Record<CriteriaMetric, number>>> = { spearman: 3, sharpe: 1 };
/** Criteria are missed by less than folds differ. */
const CRITERIA_DIGITS = { ...DIGITS, sharpe: 2 } as const;

/** A figure as it is written, without its error. */
export function metricText(
  metric: CriteriaMetric,
  value: number | null,
  { isMean = false, digits = DIGITS }: { isMean?: boolean; digits?: typeof DIGITS } = {},
): string {
  if (value === null) return DASH;
  if (metric === 'trades' || metric === 'failed_folds') {
    return isMean ? formatNumber(value, 1) : formatCount(value);
  }
  if (metric === 'win_rate' || metric === 'hit_rate_tp1' || metric === 'max_drawdown')
    return formatPercent(value, 1);
  return formatNumber(value, digits[metric] ?? 2);
}

/** With its error, where it has one: `0.041 ± 0.021`. */
export function figureText(metric: FoldMetric, figure: FoldFigureDto | null, isMean = false): string {
  if (figure === null) return metric === 'trades' ? '0' : DASH;
  const text = metricText(metric, figure.value, { isMean });
  return figure.error === null ? text : `${text} ± ${metricText(metric, figure.error)}`;
}

/** The same beside what is asked of it. */
export function criterionText(metric: CriteriaMetric, value: number | null): string {
  return metricText(metric, value, { digits: CRITERIA_DIGITS });
}

/** `at least 0.60`. */
export function askedText({
  metric,
  bound,
  threshold,
}: Pick<CriterionResult, 'metric' | 'bound' | 'threshold'>): string {
  return `${BOUND_WORDS[bound]} ${criterionText(metric, threshold)}`;
}

/** `+0.02`, `−0.51`: how far beyond the threshold, or short of it. */
export function distanceText({ metric, distance }: Pick<CriterionResult, 'metric' | 'distance'>): string {
  if (distance === null) return DASH;
  const text = criterionText(metric, distance);
  return distance > 0 ? `+${text}` : text;
}

/** One-sided, 5 %. */
const SUGGESTIVE_T = 1.645;

/** How many more bars like these would be evidence: t grows with the root of their number. Null: none would, or it is there. */
export function barsToSettle(t: number | null, bars: number): number | null {
  if (t === null || t <= 0) return null;
  const more = Math.ceil(bars * ((SUGGESTIVE_T / t) ** 2 - 1));
  return more > 0 ? more : null;
}

/** What share of a profit a year in one window came in others; both in log return. Null without a profit to hold it against. */
export function efficiencyOf(outOfSample: number | null, inSample: number | null): number | null {
  return outOfSample === null || inSample === null || inSample <= 0 ? null : outOfSample / inSample;
}

/** Net log return a year of a window of so many bars, percent, from its return as a fraction. */
export function yearlyOf(
  totalReturn: number | null,
  bars: number | undefined,
  barsPerYear: number | null,
): number | null {
  if (totalReturn === null || bars === undefined || bars === 0 || barsPerYear === null) return null;
  return (100 * Math.log1p(totalReturn) * barsPerYear) / bars;
}
