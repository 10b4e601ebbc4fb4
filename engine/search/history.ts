import type { FoldLoss } from '../pipeline/job.ts';
import type { Parameters } from './space.ts';

/** What a sampler or a pruner knows of a trial. */
export interface KnownTrial {
  readonly parameters: Parameters;
  /** `running`: not known yet, taken as the worst there is. */
  readonly state: 'completed' | 'pruned' | 'failed' | 'running';
  /** The lower the better: the mean of its folds; null where it has none. */
  readonly loss: number | null;
  /** Those that it was tried on, in the study's order. */
  readonly folds: readonly FoldLoss[];
}

/** Of trials in their order: the best so many and the others, each oldest first. */
export interface SplitTrials {
  readonly below: readonly KnownTrial[];
  readonly above: readonly KnownTrial[];
}

/**
 * The best `count`, and the rest: whole trials by their loss, then pruned ones, the further they came the better, then those that are not
 * known yet. Failed ones say nothing.
 */
export function splitTrials(trials: readonly KnownTrial[], count: number): SplitTrials {
  /** Positions of the best so far, ascending in rank. */
  const best: number[] = [];
  trials.forEach(({ state }, i) => {
    if (state === 'failed' || state === 'running') return;
    let place = best.length;
    while (place > 0 && comparePlace(trials[i]!, trials[best[place - 1]!]!) < 0) place--;
    if (place >= count) return;
    best.splice(place, 0, i);
    if (best.length > count) best.pop();
  });
  const chosen = new Set(best);
  const below: KnownTrial[] = [];
  const above: KnownTrial[] = [];
  trials.forEach((trial, i) => {
    if (trial.state !== 'failed') (chosen.has(i) ? below : above).push(trial);
  });
  return { below, above };
}

function comparePlace(a: KnownTrial, b: KnownTrial): number {
  if (a.state !== b.state) return a.state === 'completed' ? -1 : 1;
  if (a.state === 'pruned' && a.folds.length !== b.folds.length) return b.folds.length - a.folds.length;
  return compareLoss(a.loss, b.loss);
}

function compareLoss(a: number | null, b: number | null): number {
  const left = a ?? Number.POSITIVE_INFINITY;
  const right = b ?? Number.POSITIVE_INFINITY;
  return left === right ? 0 : left - right;
}
