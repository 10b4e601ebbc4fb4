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

/** What a sampler makes of a trial. */
export const SIDE = { none: 0, below: 1, above: 2 } as const;
export type Side = (typeof SIDE)[keyof typeof SIDE];

/**
 * Of trials in their order, which are the best `count` (`below`) and which the others (`above`): whole trials by their loss, then pruned
 * ones, the further they came the better, then those that are not known yet. Failed ones say nothing (`none`).
 */
export function splitTrials(trials: readonly KnownTrial[], count: number): Uint8Array {
  const sides = new Uint8Array(trials.length);
  /** Positions of the best so far, ascending in rank. */
  const best: number[] = [];
  for (let i = 0; i < trials.length; i++) {
    const { state } = trials[i]!;
    if (state === 'failed') continue;
    sides[i] = SIDE.above;
    if (state === 'running') continue;
    let place = best.length;
    while (place > 0 && comparePlace(trials[i]!, trials[best[place - 1]!]!) < 0) place--;
    if (place >= count) continue;
    best.splice(place, 0, i);
    if (best.length > count) best.pop();
  }
  for (const i of best) sides[i] = SIDE.below;
  return sides;
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
