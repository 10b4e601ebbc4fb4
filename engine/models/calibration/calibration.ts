import { z } from 'zod';
import { EngineError } from '../../contract/errors.ts';
import type { ClassWeight } from '../model.ts';
import type { LeftOutPredictions } from '../training-metrics.ts';
import { atSteps, fitIsotonic } from './isotonic.ts';
import { fitSigmoid } from './sigmoid.ts';

/** How probabilities that a member gives are made ones that come true as often as they say. */
export const CALIBRATION_METHODS = ['sigmoid', 'isotonic', 'none'] as const;

export type CalibrationMethod = (typeof CALIBRATION_METHODS)[number];

/** A fitted calibration as files hold it; its scores are log odds. JSON and back gives the same bits. */
export const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('sigmoid'), slope: z.number().min(0), offset: z.number() }),
  z
    .strictObject({
      kind: z.literal('isotonic'),
      scores: z.array(z.number()).min(1),
      probabilities: z.array(z.number().min(0).max(1)),
    })
    .refine(({ scores, probabilities }) => scores.length === probabilities.length, {
      message: 'scores and probabilities must be of one length',
    }),
]);

export type Calibration = z.infer<typeof calibrationSchema>;

/** Probabilities of 0 and 1 count as this far from them. */
export const SUREST = 1e-6;

/** Natural logarithm of the odds of a probability. */
export function logOdds(probability: number): number {
  const q = Math.min(1 - SUREST, Math.max(SUREST, probability));
  return Math.log(q / (1 - q));
}

/**
 * One calibration for each member of a model, fitted on what all of them said of the rows that they had left out, and on nothing
 * else. Rows without a label are passed over.
 *
 * A member's probabilities lie around the base rate of its training rows, which is high where that of its left-out block is low: as
 * they are, they would rank against the classes even if the features said nothing at all. So its log odds count from those of its
 * own base rate (from 0 where classes were balanced), as for the rank IC of returns.
 * @throws EngineError `training-failed` where only one class occurs.
 */
export function calibrationsOf(
  method: CalibrationMethod,
  parts: readonly LeftOutPredictions[],
  classWeight: ClassWeight = 'none',
): Calibration[] {
  if (method === 'none') return parts.map(() => ({ kind: 'none' }));
  const pooled = pooledCalibration(method, parts, classWeight);
  return parts.map((part) => from(pooled, centerOf(part, classWeight)));
}

/**
 * The left-out probabilities of each part, calibrated by what the other parts said: so they are judged by rows that their calibration
 * has not seen either. Throws as `calibrationsOf`.
 */
export function crossCalibrated(
  method: CalibrationMethod,
  parts: readonly LeftOutPredictions[],
  classWeight: ClassWeight = 'none',
): Float64Array[] {
  return parts.map((part) => {
    const probabilities = part.predictions.slice();
    if (method === 'none') return probabilities;
    const others = parts.filter((other) => other !== part);
    const pooled = pooledCalibration(method, others, classWeight);
    calibrate(from(pooled, centerOf(part, classWeight)), probabilities);
    return probabilities;
  });
}

/** The log odds that a member gives a row of which it knows nothing. */
export function centerOf({ trainMean }: LeftOutPredictions, classWeight: ClassWeight): number {
  return classWeight === 'balanced' ? 0 : logOdds(trainMean);
}

/** Of log odds that count from each part's center. */
function pooledCalibration(
  method: Exclude<CalibrationMethod, 'none'>,
  parts: readonly LeftOutPredictions[],
  classWeight: ClassWeight,
): Calibration {
  const scores: number[] = [];
  const classes: number[] = [];
  for (const part of parts) {
    const center = centerOf(part, classWeight);
    part.labels.forEach((label, i) => {
      if (Number.isNaN(label)) return;
      scores.push(logOdds(part.predictions[i]!) - center);
      classes.push(label);
    });
  }
  return fitCalibration(method, Float64Array.from(scores), Uint8Array.from(classes));
}

/**
 * A calibration of scores (log odds) against the classes, 0 or 1, that came; of equal length.
 * @throws EngineError `training-failed` where only one class occurs.
 */
export function fitCalibration(
  method: Exclude<CalibrationMethod, 'none'>,
  scores: Float64Array,
  classes: Uint8Array,
): Calibration {
  const positives = classes.reduce((sum, y) => sum + y, 0);
  if (positives === 0 || positives === classes.length) {
    throw new EngineError(
      'training-failed',
      `Probabilities can be calibrated only where both classes occur among the left-out rows; of ${classes.length} ` +
        `there ${positives} are of class 1. Use more days of history, or no calibration.`,
      { negatives: classes.length - positives, positives },
    );
  }
  return method === 'sigmoid'
    ? { kind: 'sigmoid', ...fitSigmoid(scores, classes) }
    : { kind: 'isotonic', ...mutable(fitIsotonic(scores, classes)) };
}

function mutable({ scores, probabilities }: ReturnType<typeof fitIsotonic>) {
  return { scores: [...scores], probabilities: [...probabilities] };
}

/** Replaces the first `count` probabilities by calibrated ones. */
export function calibrate(
  calibration: Calibration,
  probabilities: Float64Array,
  count = probabilities.length,
): void {
  if (calibration.kind === 'none') return;
  if (calibration.kind === 'sigmoid') {
    const { slope, offset } = calibration;
    for (let i = 0; i < count; i++) {
      probabilities[i] = 1 / (1 + Math.exp(-(slope * logOdds(probabilities[i]!) + offset)));
    }
    return;
  }
  for (let i = 0; i < count; i++) probabilities[i] = atSteps(calibration, logOdds(probabilities[i]!));
}

/** A calibration of log odds that count from `center`, as one of log odds. */
function from(calibration: Calibration, center: number): Calibration {
  if (calibration.kind === 'sigmoid') {
    return { ...calibration, offset: calibration.offset - calibration.slope * center };
  }
  if (calibration.kind === 'isotonic') {
    return { ...calibration, scores: calibration.scores.map((score) => score + center) };
  }
  return calibration;
}
