import type { FoldSurvival } from '../pipeline/job.ts';
import type { Store } from '../store/database.ts';
import type { BoundProcedure } from '../validation/bound-procedure.ts';
import { readSources } from '../validation/survival-rows.ts';
import type { Analysis } from '../workers/analysis.ts';

/** Fits what folds choose by. */
export type FoldLearner = Pick<Analysis, 'fitSurvivalAsOf'>;

/** By `learnedFrom.key`. */
export type FoldSurvivals = ReadonlyMap<string, FoldSurvival>;

/**
 * Fits a model of what survives for each of the folds that choose by one, on what had ended when it begins; those of several markets that
 * know the same share it. One after the other, on the thread beside the training.
 */
export async function learnFolds(
  store: Store,
  learner: FoldLearner,
  learned: readonly NonNullable<BoundProcedure['learnedFrom']>[],
  isStopped: () => boolean,
): Promise<FoldSurvivals> {
  const survivals = new Map<string, FoldSurvival>();
  for (const { key, folds } of learned) {
    if (survivals.has(key) || isStopped()) continue;
    const { rows, model } = await learner.fitSurvivalAsOf(await readSources(store, folds));
    survivals.set(key, { rows, model });
  }
  return survivals;
}
