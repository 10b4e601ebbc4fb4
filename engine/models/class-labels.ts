import { EngineError } from '../contract/errors.ts';
import type { ClassWeight } from './model.ts';

/** What the labels of a training set for classes hold, and what a row of either class weighs. */
export interface TrainingClasses {
  /** Rows of class 0 and of class 1. */
  readonly counts: readonly [negatives: number, positives: number];
  /** Weight of a row of class 0 and of class 1: 1 each, or n / (2 n_c) as scikit-learn's `balanced`. */
  readonly weights: readonly [negative: number, positive: number];
  /** Weighted share of class 1, between 0 and 1. */
  readonly baseRate: number;
}

/**
 * The classes of training rows' labels.
 * @throws EngineError `training-failed` where a label is neither 0 nor 1, or where only one class occurs.
 */
export function trainingClasses(labels: Float64Array, classWeight: ClassWeight = 'none'): TrainingClasses {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === 1) positives++;
    else if (label !== 0) {
      throw new EngineError(
        'training-failed',
        `Training row ${i} of ${labels.length} has the label ${label}; a class is 0 or 1.`,
      );
    }
  }
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new EngineError(
      'training-failed',
      `All ${labels.length} training rows are of class ${positives === 0 ? 0 : 1}, and a classifier learns from both. ` +
        'Use more days of history or another target.',
      { negatives, positives },
    );
  }
  const balanced = classWeight === 'balanced';
  const weights = balanced
    ? ([labels.length / (2 * negatives), labels.length / (2 * positives)] as const)
    : ([1, 1] as const);
  return {
    counts: [negatives, positives],
    weights,
    baseRate: balanced ? 0.5 : positives / labels.length,
  };
}
