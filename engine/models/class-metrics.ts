import { EngineError } from '../contract/errors.ts';
import { type ClassificationFigures, figuresOfClasses } from '../statistics/classification.ts';
import { type CalibrationBin, calibrationCurve } from '../statistics/probability-scores.ts';
import { type CalibrationMethod, centerOf, crossCalibrated, logOdds } from './calibration/calibration.ts';
import type { ClassWeight, RowRange } from './model.ts';
import type { LeftOutPredictions } from './training-metrics.ts';

/** Fewer rows of a class are no basis for a classifier, nor for a figure of one. */
export const MIN_CLASS_ROWS = 30;

/** How many rows of each class there are. */
export interface ClassDistribution {
  readonly negatives: number;
  readonly positives: number;
  /** Rows without a label, from which nothing is learned. */
  readonly unlabeled: number;
}

/** Counts labels (0, 1, NaN without one) of some rows: what can be said before training. */
export function classDistribution(labels: Float64Array, ranges: readonly RowRange[]): ClassDistribution {
  const counts = { negatives: 0, positives: 0, unlabeled: 0 };
  for (const { from, to } of ranges) {
    for (let row = from; row < to; row++) {
      if (Number.isNaN(labels[row])) counts.unlabeled++;
      else if (labels[row] === 1) counts.positives++;
      else counts.negatives++;
    }
  }
  return counts;
}

/**
 * Refuses classes that are too few to be learned.
 * @throws EngineError `training-failed` where a class has fewer than `MIN_CLASS_ROWS` rows; `details` has the distribution.
 */
export function requireBothClasses(distribution: ClassDistribution): void {
  const { negatives, positives } = distribution;
  if (Math.min(negatives, positives) >= MIN_CLASS_ROWS) return;
  throw new EngineError(
    'training-failed',
    `The training rows hold ${positives} of class 1 and ${negatives} of class 0, and a classifier needs at least ` +
      `${MIN_CLASS_ROWS} of each. Use more days of history, a shorter timeframe or another target.`,
    { ...distribution, least: MIN_CLASS_ROWS },
  );
}

/** How left-out probabilities are read. */
export interface ClassReading {
  /** Of the labels, bars. */
  readonly horizon: number;
  /** Class 1 is said where its probability is above a half, or above the base rate of the member's training rows. */
  readonly cut: 'half' | 'base_rate';
  readonly calibration: CalibrationMethod;
  readonly classWeight?: ClassWeight | undefined;
}

export interface LeftOutClassFigures extends ClassificationFigures {
  readonly distribution: ClassDistribution;
  /** Share of the larger class: the accuracy of always saying it. */
  readonly baseRate: number;
  readonly calibrationCurve: readonly CalibrationBin[];
}

/**
 * How well members tell the classes of the rows that they left out; parts in the order of time, rows without a label passed over.
 *
 * Each part is calibrated by the others, so that its log loss and Brier score are no figures of the rows the calibration was fitted on.
 * The area under the ROC curve ranks by the distance of log odds from those of the member's own base rate: that is high where the
 * left-out block's is low, so pooled probabilities would rank against the classes even if the features said nothing at all.
 * @throws EngineError `training-failed` where a class has fewer than `MIN_CLASS_ROWS` rows.
 */
export function leftOutClassFigures(
  parts: readonly LeftOutPredictions[],
  { horizon, cut, calibration, classWeight = 'none' }: ClassReading,
): LeftOutClassFigures {
  const distribution = sumOf(
    parts.map(({ labels }) => classDistribution(labels, [{ from: 0, to: labels.length }])),
  );
  requireBothClasses(distribution);
  const calibrated = crossCalibrated(calibration, parts, classWeight);
  const count = distribution.negatives + distribution.positives;
  const actual = new Uint8Array(count);
  const predicted = new Uint8Array(count);
  const ranking = new Float64Array(count);
  const probabilities = new Float64Array(count);
  let next = 0;
  parts.forEach((part, k) => {
    const center = centerOf(part, classWeight);
    // Balanced members say a half where they know nothing, until a calibration brings the base rate back.
    const isHalf = cut === 'half' || (classWeight === 'balanced' && calibration === 'none');
    const least = isHalf ? 0.5 : part.trainMean;
    // A member that always says the same has no opinion to rank.
    const isConstant = part.predictions.every((q) => q === part.predictions[0]);
    part.labels.forEach((label, i) => {
      if (Number.isNaN(label)) return;
      actual[next] = label;
      probabilities[next] = calibrated[k]![i]!;
      predicted[next] = probabilities[next]! > least ? 1 : 0;
      ranking[next] = isConstant ? 0 : logOdds(part.predictions[i]!) - center;
      next++;
    });
  });
  return {
    ...figuresOfClasses({ actual, predicted, ranking, probabilities, horizon }),
    distribution,
    baseRate: Math.max(distribution.negatives, distribution.positives) / count,
    calibrationCurve: calibrationCurve(probabilities, actual),
  };
}

function sumOf(parts: readonly ClassDistribution[]): ClassDistribution {
  return parts.reduce(
    (sum, part) => ({
      negatives: sum.negatives + part.negatives,
      positives: sum.positives + part.positives,
      unlabeled: sum.unlabeled + part.unlabeled,
    }),
    { negatives: 0, positives: 0, unlabeled: 0 },
  );
}
