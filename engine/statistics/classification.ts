import {
  baseConfusion,
  type Confusion,
  type ConfusionFigures,
  confusionFigures,
  confusionOf,
} from './confusion.ts';
import { balancedAccuracyError, rocAucError } from './overlap-error.ts';
import { brierScore, logLoss } from './probability-scores.ts';
import { rocAuc } from './roc-auc.ts';

/** Forecasts beside what came, in the order of time. */
export interface JudgedForecasts {
  /** 1 where class 1 came, else 0. */
  readonly actual: Uint8Array;
  /** Same rows; the higher, the more class 1 is expected: its probability q, or an expected log return. */
  readonly scores: Float64Array;
  /** Class 1 is predicted where a score lies above. */
  readonly cut: number;
  /** Horizon of the labels, bars: how many of them overlap. */
  readonly horizon: number;
  /** Whether scores are probabilities, which alone have a log loss and a Brier score. */
  readonly probabilities: boolean;
}

/** What was said beside what came, in the order of time; all of one length. */
export interface JudgedClasses {
  /** 1 where class 1 came, else 0. */
  readonly actual: Uint8Array;
  /** The class that was said. */
  readonly predicted: Uint8Array;
  /** The higher, the more class 1 was expected. */
  readonly ranking: Float64Array;
  /** Of class 1; undefined where none were given. */
  readonly probabilities: Float64Array | undefined;
  /** Of the labels, bars. */
  readonly horizon: number;
}

/** A null has nothing to be computed from: no case of a class, no prediction of it, or no probabilities. */
export interface ClassificationScores extends ConfusionFigures {
  readonly rocAuc: number | null;
  /** Nats. */
  readonly logLoss: number | null;
  readonly brier: number | null;
}

export interface ClassificationFigures extends ClassificationScores {
  readonly count: number;
  readonly confusion: Confusion;
  /** Standard errors without an edge, under overlapping labels. */
  readonly errors: { readonly balancedAccuracy: number | null; readonly rocAuc: number | null };
  /** The same figures of always saying the larger class (its share as the probability): what a constant reaches. */
  readonly base: ClassificationScores;
}

/** All classification figures with their base rates; see each figure's own file for its formula and source. */
export function classificationFigures(forecasts: JudgedForecasts): ClassificationFigures {
  const { actual, scores, cut, horizon, probabilities } = forecasts;
  const predicted = Uint8Array.from(scores, (score) => (score > cut ? 1 : 0));
  return figuresOfClasses({
    actual,
    predicted,
    ranking: scores,
    probabilities: probabilities ? scores : undefined,
    horizon,
  });
}

/** As `classificationFigures`, where classes, ranking and probabilities are not those of one score. */
export function figuresOfClasses(judged: JudgedClasses): ClassificationFigures {
  const { actual, predicted, ranking, probabilities, horizon } = judged;
  const confusion = confusionOf(predicted, actual);
  return {
    count: actual.length,
    confusion,
    ...confusionFigures(confusion),
    rocAuc: rocAuc(ranking, actual),
    logLoss: probabilities === undefined ? null : logLoss(probabilities, actual),
    brier: probabilities === undefined ? null : brierScore(probabilities, actual),
    errors: {
      balancedAccuracy: balancedAccuracyError(predicted, actual, horizon),
      rocAuc: rocAucError(ranking, actual, horizon),
    },
    base: baseScores(confusion, actual, probabilities !== undefined),
  };
}

/** A regression judged by sign: class 1 is a label above 0, its score the prediction, both log returns of equal length. */
export function judgedBySign(
  predictions: Float64Array,
  labels: Float64Array,
  horizon: number,
): JudgedForecasts {
  const actual = Uint8Array.from(labels, (label) => (label > 0 ? 1 : 0));
  return { actual, scores: predictions, cut: 0, horizon, probabilities: false };
}

function baseScores(
  { truePositives, falsePositives, trueNegatives, falseNegatives }: Confusion,
  actual: Uint8Array,
  probabilities: boolean,
): ClassificationScores {
  const positives = truePositives + falseNegatives;
  const constant = new Float64Array(actual.length).fill(positives / actual.length);
  return {
    ...confusionFigures(baseConfusion(positives, trueNegatives + falsePositives)),
    rocAuc: rocAuc(constant, actual),
    logLoss: probabilities ? logLoss(constant, actual) : null,
    brier: probabilities ? brierScore(constant, actual) : null,
  };
}
