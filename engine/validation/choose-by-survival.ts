import type { Timeframe } from '../contract/timeframe.ts';
import type { ProcedureJob } from '../pipeline/job.ts';
import { decodeSurvival, predictSurvival, type SurvivalModel } from '../survival/model.ts';
import { breakEven } from '../survival/payoff.ts';
import type { Contender } from './contenders.ts';
import type { FoldChampion } from './procedure.ts';
import type { StoredContender, SurvivalChoice } from './procedure-blob.ts';

/** A contender of a fold, with all that is known of it. */
export interface OfferedContender {
  readonly contender: Contender;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly stored: StoredContender;
}

/** What a fold's champions are chosen by. */
export interface FoldChoice {
  readonly model: SurvivalModel;
  /** What a chance to survive must be above. */
  readonly least: number;
}

/** Undefined where there is no model: its rows were too few. @throws EngineError `artifact-damaged` */
export function choiceOf({
  survival,
  rules,
}: Pick<ProcedureJob, 'survival' | 'rules'>): FoldChoice | undefined {
  if (survival === undefined || survival.model === null) return undefined;
  const model = decodeSurvival(survival.model);
  return { model, least: rules.min_score === 'auto' ? breakEven(model.payoff) : rules.min_score };
}

export function chosenByOf(
  { rows }: NonNullable<ProcedureJob['survival']>,
  choice: FoldChoice | undefined,
): SurvivalChoice {
  return { rows, least: choice?.least ?? null, baseRate: choice?.model.baseRate ?? null };
}

/**
 * Of the contenders of each regime the likeliest to survive, and nobody where that is not above the least. Of equals the one with the
 * higher Sharpe ratio, then the first in the grid's order. Nothing that came after the fold's selection window is looked at.
 */
export function chooseBySurvival(
  contenders: readonly OfferedContender[],
  { model, least }: FoldChoice,
): FoldChampion[] {
  const chances = predictSurvival(
    model,
    contenders.map(({ stored, symbol, timeframe }) => ({ ...stored, symbol, timeframe })),
  );
  const best = new Map<string, { readonly of: OfferedContender; readonly chance: number }>();
  contenders.forEach((of, i) => {
    const chance = chances[i]!;
    const { regime, score } = of.contender;
    const held = best.get(regime);
    if (!(chance > least)) return;
    const isBetter =
      held === undefined ||
      chance > held.chance ||
      (chance === held.chance && score > held.of.contender.score);
    if (isBetter) best.set(regime, { of, chance });
  });
  return [...best.values()].map(({ of: { contender, stored, symbol, timeframe }, chance }) => ({
    ...contender,
    cell: stored.cell,
    symbol,
    timeframe,
    score: chance,
  }));
}
