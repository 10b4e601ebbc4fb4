import { EngineError } from '../contract/errors.ts';
import { MIN_SURVIVAL_ROWS } from '../contract/survival.ts';
import { encodeSurvival, fitSurvival, type SurvivalFit } from './model.ts';
import { breakEven } from './payoff.ts';
import { goodRows, type SurvivalRow } from './rows.ts';
import { SURVIVAL_TYPES } from './types.ts';

/**
 * The model that a walk-forward chooses by is fitted anew as of each fold. Nothing of it was chosen by later rows: its hyper-parameters
 * are those that a search begins with, not those that a search over all rows found.
 */
export const AS_OF_FIT: SurvivalFit & { readonly minCompositeScore: number } = {
  modelType: 'ensemble',
  tuned: SURVIVAL_TYPES.ensemble.start,
  seed: 42,
  minCompositeScore: 0.5,
};

/** What there is to choose by in a fold. */
export interface SurvivalAsOf {
  /** Rows that were good enough, all of whose test windows had closed. */
  readonly rows: number;
  /** See `encodeSurvival`; null: too few rows, or of one class too few. */
  readonly model: Uint8Array<ArrayBuffer> | null;
  readonly baseRate: number | null;
  readonly breakEven: number | null;
}

/** `rows`: all that are known by then. Equal rows give equal bytes. */
export function fitAsOf(rows: readonly SurvivalRow[]): SurvivalAsOf {
  const good = goodRows(rows, AS_OF_FIT);
  const none = { rows: good.length, model: null, baseRate: null, breakEven: null };
  if (good.length < MIN_SURVIVAL_ROWS) return none;
  try {
    const model = fitSurvival(good, AS_OF_FIT);
    return {
      rows: good.length,
      model: encodeSurvival(model),
      baseRate: model.baseRate,
      breakEven: breakEven(model.payoff),
    };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'training-failed') return none;
    throw error;
  }
}
