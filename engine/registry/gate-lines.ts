import { BOUND_WORDS, type CriterionResult, criterionTitle } from '../contract/criteria.ts';
import type { ComparisonDto, GateLineDto, GatePart } from '../contract/dto/index.ts';
import { decimalText } from '../contract/number-text.ts';
import type { MinVerdict } from '../contract/registry.ts';
import { BEST_EVIDENCE_FIRST, type Verdict, verdictText } from '../contract/verdict.ts';
import { dayText } from '../market/time/time-text.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import type { StitchedCurve } from '../validation/stitched.ts';
import type { Judgment } from '../validation/verdict.ts';
import { TEST_DAYS } from './train-wanted.ts';

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
  version,
  against,
  judgement,
  mean,
  low,
  high,
  days,
  folds,
}: ComparisonDto): GateLineDto {
  const perDay = (value: number) => `${signed(value * 1e4, 2)}`;
  const text = `Against ${against} in production it is ${judgement}: ${perDay(mean)} basis points a day (95 %: ${perDay(low)} to ${perDay(high)}) over ${days} market days in ${folds} test ${folds === 1 ? 'window' : 'windows'}, ${version === null ? 'production trained anew in each' : 'both trained anew in each'}.`;
  return line('comparison', 'Against production', judgement === 'worse' ? 'missed' : 'met', text, {
    value: mean,
    threshold: 0,
  });
}

/** What was tested in windows that count, at least one. */
export function windowsLine({
  tests,
  by,
  stitched,
  judgment,
  movedDays,
}: {
  readonly tests: readonly TimeRange[];
  /** Who predicted in them: `each by a model that knows only what came before`. */
  readonly by: string;
  readonly stitched: Pick<StitchedCurve, 'figures'>;
  readonly judgment: Judgment | null;
  readonly movedDays: number;
}): GateLineDto {
  const span = `${dayText(tests[0]!.from)} to ${dayText(tests.at(-1)!.to)}`;
  const moved =
    movedDays === 0
      ? ''
      : ` They lie ${movedDays} days earlier than the data allows, so that none is tested where models were chosen.`;
  const { sharpe, sharpeError, trades } = stitched.figures;
  const figures =
    sharpe === null
      ? 'no trade'
      : `Sharpe ${decimalText(sharpe, 2)} ± ${(sharpeError ?? Number.NaN).toFixed(2)}, ${trades} trades`;
  const isLost = judgment?.verdict === 'contradicted';
  const windows = `${tests.length} test ${tests.length === 1 ? 'window' : 'windows'}`;
  const text = `${windows} of ${TEST_DAYS} days, ${span}, ${by}: ${figures}.${moved}${isLost ? ` They contradict it. ${judgment.reason}` : ''}`;
  return line('validation', 'Validation', isLost ? 'missed' : 'met', text, { value: sharpe });
}

/** How it stands against what is in production, `against`; null: nothing else is. */
export function againstLine({
  against,
  force,
  comparison,
  problem,
}: {
  readonly against: string | null;
  readonly force: boolean;
  readonly comparison: ComparisonDto | null;
  /** Why there is no comparison. */
  readonly problem: string | null;
}): GateLineDto {
  const title = 'Against production';
  if (against === null) {
    return line(
      'comparison',
      title,
      'met',
      'No other version is in production: there is nothing to compare it with.',
    );
  }
  if (force) {
    return line('comparison', title, 'skipped', `It is not compared with ${against}: that is left out.`);
  }
  if (comparison !== null) return comparisonLine(comparison);
  const why = problem ?? 'they have no test window in common that counts';
  return line('comparison', title, 'missed', `It can't be compared with ${against}: ${why}`);
}

export function expiryLine(expires: number, now: number): GateLineDto {
  const isExpired = now >= expires;
  const text = `It ${isExpired ? 'expired' : 'expires'} on ${dayText(expires)}.`;
  return line('expiry', 'Expiry', isExpired ? 'missed' : 'met', text);
}

export function figure(value: number): string {
  return Math.abs(value) >= 10 || Number.isInteger(value)
    ? String(Math.round(value * 10) / 10).replace('-', '−')
    : decimalText(value, 2);
}

function signed(value: number, digits = 2): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}`;
}
