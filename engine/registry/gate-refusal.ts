import type { CriteriaMetric, CriterionResult } from '../contract/criteria.ts';
import type { GateLineDto, GatePart, GateReportDto } from '../contract/dto/index.ts';
import { MIN_FIGURES, type MinFigure } from '../contract/gate-options.ts';
import type { GateWay } from '../contract/gate-ways.ts';
import { figure } from './gate-lines.ts';

/** What a refusal is of: of the one the ways lead to training here, of the other to where it is from. */
export type Judged = 'version' | 'imported';

const HEAD: Readonly<Record<Judged, string>> = {
  version: 'Model not promoted',
  imported: 'Model refused',
};

/** Why something is refused: every line that is missed, and the honest ways on. Null where none is. */
export function refusalOf(
  lines: readonly GateLineDto[],
  criteria: readonly CriterionResult[],
  judged: Judged = 'version',
): Pick<GateReportDto, 'refusal'> & { readonly ways: readonly GateWay[] } {
  const missed = lines.filter(({ state }) => state === 'missed');
  if (missed.length === 0) return { refusal: null, ways: [] };
  const texts = missed.map((one) =>
    one.part === 'thresholds' ? shortly(one) : lowerFirst(one.text.replace(/\.$/, '')),
  );
  const parts = [...new Set(missed.map(({ part }) => part))];
  return {
    refusal: `${HEAD[judged]}: ${texts.join('; ')}.`,
    ways: [...rankNote(criteria), ...parts.flatMap((part) => wayFor(part, criteria, judged))],
  };
}

/** `accuracy 0.57 of 0.60 (base rate 0.51)`. */
function shortly({ title, value, threshold, base }: GateLineDto): string {
  const found = value === null ? 'none' : figure(value);
  const beside = base === null ? '' : ` (base rate ${figure(base)})`;
  return `${lowerFirst(title)} ${found} of ${figure(threshold!)}${beside}`;
}

/** Within a sentence; `ROC AUC`, and what is called after somebody, stay as they are. */
function lowerFirst(text: string): string {
  return /^(?!Sharpe|Spearman)[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

/** What an accuracy asks of forecasts whose ranks and outcomes are jointly normal: rho = sin(pi (a - 1/2)) (Sheppard 1899). */
function rankNote(criteria: readonly CriterionResult[]): GateWay[] {
  const accuracy = criteria.find(({ metric, met }) => metric === 'accuracy' && !met);
  if (accuracy === undefined || accuracy.threshold <= 0.5 || accuracy.threshold >= 1) return [];
  const rankCorrelation = Math.sin(Math.PI * (accuracy.threshold - 0.5));
  return [{ way: 'preset', accuracy: accuracy.threshold, rankCorrelation }];
}

/** What would be accepted of each missed figure that may be asked for by name: its own, rounded down to two digits. */
function reachable(criteria: readonly CriterionResult[]): Partial<Record<MinFigure, number>> {
  const isMin = (metric: CriteriaMetric): metric is MinFigure =>
    (MIN_FIGURES as readonly string[]).includes(metric);
  return Object.fromEntries(
    criteria.flatMap(({ metric, met, value }) =>
      met || value === null || !isMin(metric) ? [] : [[metric, Math.floor(value * 100 + 1e-9) / 100]],
    ),
  );
}

function wayFor(part: GatePart, criteria: readonly CriterionResult[], judged: Judged): GateWay | [] {
  switch (part) {
    case 'validation':
      // Of another's model thresholds and verdict say what is to be done.
      return judged === 'version' ? { way: 'history' } : [];
    case 'thresholds':
      return { way: judged === 'version' ? 'better' : 'accept', least: reachable(criteria) };
    case 'verdict':
      return { way: judged === 'version' ? 'validate-full' : 'longer-test' };
    case 'comparison':
      return { way: 'keep' };
    case 'expiry':
      return { way: 'renew' };
  }
}
