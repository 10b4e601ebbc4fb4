import {
  BOUND_WORDS,
  type CriteriaMetric,
  type CriterionResult,
  criterionTitle,
} from '../contract/criteria.ts';
import type { ComparisonDto, GateLineDto, GatePart } from '../contract/dto/index.ts';
import { MIN_FIGURES } from '../contract/gate-options.ts';
import type { MinVerdict } from '../contract/registry.ts';
import { BEST_EVIDENCE_FIRST, type Verdict, verdictText } from '../contract/verdict.ts';

type Figures = Pick<GateLineDto, 'value' | 'threshold' | 'base' | 'lift'>;
const NO_FIGURES: Figures = { value: null, threshold: null, base: null, lift: null };

export function line(
  part: GatePart,
  title: string,
  state: GateLineDto['state'],
  text: string,
  figures: Partial<Figures> = {},
): GateLineDto {
  return { part, title, state, ...NO_FIGURES, ...figures, text };
}

/** `Accuracy is 0.57, at least 0.60 is asked (base rate 0.51, lift 0.06).` */
export function criterionLine(result: CriterionResult): GateLineDto {
  const { value, threshold, baseRate, met, bound, errors } = result;
  const title = criterionTitle(result);
  const lift = value === null || baseRate === null || errors > 0 ? null : value - baseRate;
  const base = baseRate === null || errors > 0 ? null : baseRate;
  const beside =
    base === null ? '' : ` (base rate ${figure(base)}, lift ${lift === null ? '–' : signed(lift)})`;
  const found = value === null ? 'could not be computed' : `is ${figure(value)}`;
  const by = met || result.distance === null ? '' : `, missed by ${figure(Math.abs(result.distance))}`;
  const text = `${title} ${found}, ${BOUND_WORDS[bound]} ${figure(threshold)} is asked${by}${beside}.`;
  return line('thresholds', title, met ? 'met' : 'missed', text, { value, threshold, base, lift });
}

export function verdictLine(
  found: { readonly verdict: Verdict; readonly reason: string } | null,
  least: MinVerdict,
): GateLineDto {
  if (least === 'none') return line('verdict', 'Verdict', 'skipped', 'The verdict is not asked (none).');
  if (found === null) {
    return line(
      'verdict',
      'Verdict',
      'missed',
      `There is no verdict: no fold counts; at least "${least}" is asked.`,
    );
  }
  const rank = (verdict: Verdict) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  const isMet = rank(found.verdict) <= rank(least);
  const text = `The verdict is "${verdictText(found.verdict)}", at least "${least}" is asked. ${found.reason}`;
  return line('verdict', 'Verdict', isMet ? 'met' : 'missed', text);
}

export function comparisonLine({
  against,
  judgement,
  mean,
  low,
  high,
  days,
  folds,
}: ComparisonDto): GateLineDto {
  const perDay = (value: number) => `${signed(value * 1e4, 2)}`;
  const text = `Against ${against} in production it is ${judgement}: ${perDay(mean)} basis points a day (95 %: ${perDay(low)} to ${perDay(high)}) over ${days} market days in ${folds} test ${folds === 1 ? 'window' : 'windows'}, both trained anew in each.`;
  return line('comparison', 'Against production', judgement === 'worse' ? 'missed' : 'met', text, {
    value: mean,
    threshold: 0,
  });
}

/** Why a version is not put in charge: every line that is missed, and the honest ways on. Null where none is. */
export function refusalOf(
  lines: readonly GateLineDto[],
  criteria: readonly CriterionResult[],
): string | null {
  const missed = lines.filter(({ state }) => state === 'missed');
  if (missed.length === 0) return null;
  const ways = [...new Set(missed.flatMap(({ part }) => WAYS[part](criteria)))];
  const texts = missed.map((one) =>
    one.part === 'thresholds' ? shortly(one) : lowerFirst(one.text.replace(/\.$/, '')),
  );
  return `Model not promoted: ${texts.join('; ')}. ${rankNote(criteria)}${ways.join(' ')}`;
}

/** `accuracy 0.57 of 0.60 (base rate 0.51)`. */
function shortly({ title, value, threshold, base }: GateLineDto): string {
  const found = value === null ? 'none' : figure(value);
  const beside = base === null ? '' : ` (base rate ${figure(base)})`;
  return `${lowerFirst(title)} ${found} of ${figure(threshold!)}${beside}`;
}

/** Within a sentence; `ROC AUC` stays as it is. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** What an accuracy asks of forecasts whose ranks and outcomes are jointly normal: rho = sin(pi (a - 1/2)) (Sheppard 1899). */
function rankNote(criteria: readonly CriterionResult[]): string {
  const accuracy = criteria.find(({ metric, met }) => metric === 'accuracy' && !met);
  if (accuracy === undefined || accuracy.threshold <= 0.5 || accuracy.threshold >= 1) return '';
  const rho = Math.sin(Math.PI * (accuracy.threshold - 0.5));
  return `An accuracy of ${figure(accuracy.threshold)} on balanced classes takes a rank correlation of about ${rho.toFixed(2)}; what evidence can ask is --preset two_errors. `;
}

const isMin = (metric: CriteriaMetric): boolean => (MIN_FIGURES as readonly string[]).includes(metric);

function lessIsEnough(criteria: readonly CriterionResult[]): string {
  const options = criteria.flatMap(({ metric, met, value }) =>
    met || value === null || !isMin(metric)
      ? []
      : [`--min-${metric} ${(Math.floor(value * 100 + 1e-9) / 100).toFixed(2)}`],
  );
  return options.length === 0 ? '' : `, or accept less (${options.join(' ')})`;
}

const WAYS: Readonly<Record<GatePart, (criteria: readonly CriterionResult[]) => string[]>> = {
  validation: () => ['Import more history, so that test windows lie before what models were chosen on.'],
  thresholds: (criteria) => [
    `Search its parameters (--optimize --trials 50), use more history (--period 10y)${lessIsEnough(criteria)}.`,
  ],
  verdict: () => [
    'Validate it in full, which can confirm what a few windows can not (regimen validate full), or do without evidence (--min-verdict none).',
  ],
  comparison: () => ['Leave in charge what is there, or put it in charge all the same (--force).'],
  expiry: () => ['Train it anew on the newest bars.'],
};

function figure(value: number): string {
  return Math.abs(value) >= 10 || Number.isInteger(value)
    ? String(Math.round(value * 10) / 10)
    : value.toFixed(2);
}

function signed(value: number, digits = 2): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}`;
}
