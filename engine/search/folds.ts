import type { TrialFold } from '../pipeline/job.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import { createPrng } from '../random/prng.ts';

/**
 * Folds of a walk through a training window: it is cut into folds + 1 equal spans of time; fold k learns from spans 1..k and is tested on
 * span k + 1.
 */
export function trialFolds({ from, to }: TimeRange, folds: number): TrialFold[] {
  const edge = (span: number) => Math.round(from + ((to - from) * span) / (folds + 1));
  return Array.from({ length: folds }, (_, k) => ({
    number: k,
    training: { from, to: edge(k + 1) },
    test: { from: edge(k + 1), to: edge(k + 2) },
  }));
}

/** The order that all trials of a study try their folds in: one that does not favor what is old. */
export function shuffledFolds(folds: readonly TrialFold[], seed: number): TrialFold[] {
  const prng = createPrng(seed);
  const order = [...folds];
  for (let i = order.length - 1; i > 0; i--) {
    const j = prng.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
