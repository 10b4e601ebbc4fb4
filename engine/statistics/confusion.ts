/** How often which class was predicted and came. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * Counts of `predicted` against `actual` classes, each 0 or 1, of equal length.
 */
export function confusionOf(predicted: Uint8Array, actual: Uint8Array): Confusion {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < actual.length; i++) counts[2 * predicted[i]! + actual[i]!]!++;
  const [trueNegatives, falseNegatives, falsePositives, truePositives] = counts;
  return {
    truePositives: truePositives!,
    falsePositives: falsePositives!,
    trueNegatives: trueNegatives!,
    falseNegatives: falseNegatives!,
  };
}

/** Shares 0..1; null where there is nothing to take a share of. */
export interface ConfusionFigures {
  /** Right ones of all. */
  readonly accuracy: number | null;
  /** Mean of the shares found of both classes. */
  readonly balancedAccuracy: number | null;
  /** Right ones of those predicted as class 1. */
  readonly precision: number | null;
  /** Found ones of class 1. */
  readonly recall: number | null;
  /** Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). */
  readonly f1: number | null;
}

/** The textbook figures of a confusion matrix: van Rijsbergen 1979; balanced accuracy: Brodersen et al. 2010. */
export function confusionFigures(confusion: Confusion): ConfusionFigures {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
  const positives = truePositives + falseNegatives;
  const negatives = trueNegatives + falsePositives;
  const recall = share(truePositives, positives);
  const specificity = share(trueNegatives, negatives);
  return {
    accuracy: share(truePositives + trueNegatives, positives + negatives),
    balancedAccuracy: recall === null || specificity === null ? null : (recall + specificity) / 2,
    precision: share(truePositives, truePositives + falsePositives),
    recall,
    f1: share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

/** The confusion matrix of always saying the class that came more often; class 1 where both came equally often. */
export function baseConfusion(positives: number, negatives: number): Confusion {
  return positives >= negatives
    ? { truePositives: positives, falsePositives: negatives, trueNegatives: 0, falseNegatives: 0 }
    : { truePositives: 0, falsePositives: 0, trueNegatives: negatives, falseNegatives: positives };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
