import type { PrunerName } from '../contract/search.ts';
import type { FoldLoss, PruneReference } from '../pipeline/job.ts';
import { signedRankP } from '../statistics/signed-rank.ts';
import type { KnownTrial } from './history.ts';

const LARGEST_P = 0.1;
/** Folds that every trial is tried on. */
const FIRST_FOLDS = 2;
const LEAST_TRIALS = 5;

export function pruneReference(pruner: PrunerName, trials: readonly KnownTrial[]): PruneReference {
  const whole = trials.filter(({ state, loss }) => state === 'completed' && loss !== null);
  if (pruner === 'wilcoxon') {
    const best = whole.reduce<KnownTrial | undefined>(
      (least, trial) => (least === undefined || trial.loss! < least.loss! ? trial : least),
      undefined,
    );
    return best === undefined ? { kind: 'none' } : { kind: 'wilcoxon', best: best.folds };
  }
  if (pruner === 'none' || whole.length < LEAST_TRIALS) return { kind: 'none' };
  const folds = Math.min(...whole.map((trial) => trial.folds.length));
  const medians = Array.from({ length: folds }, (_, k) =>
    median(whole.map((trial) => meanLoss(trial.folds.slice(0, k + 1)))),
  );
  return { kind: 'median', medians };
}

/**
 * Whether a trial is given up after these folds. `wilcoxon`: its losses on the parts of its folds are above those of the best trial, one-sided
 * p < 0.1, and so is their mean; `median`: its mean is above the median of the trials before it.
 */
export function isHopeless(reference: PruneReference, folds: readonly FoldLoss[]): boolean {
  if (reference.kind === 'none') return false;
  if (reference.kind === 'median') {
    const median = reference.medians[folds.length - 1];
    return median !== undefined && meanLoss(folds) > median;
  }
  if (folds.length < FIRST_FOLDS) return false;
  const best = reference.best.slice(0, folds.length);
  const differences = best.flatMap(({ parts }, k) =>
    parts.flatMap((part, i) => {
      const own = folds[k]?.parts[i];
      return own === undefined ? [] : [own - part];
    }),
  );
  return meanLoss(folds) > meanLoss(best) && signedRankP(differences) < LARGEST_P;
}

/** Infinite for none. */
export function meanLoss(folds: readonly FoldLoss[]): number {
  if (folds.length === 0) return Number.POSITIVE_INFINITY;
  return folds.reduce((sum, { loss }) => sum + loss, 0) / folds.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
