import { EngineError } from '../../contract/errors.ts';
import type { TrainingSet } from '../model.ts';

/** Labels of the training rows in order. Throws `training-failed` if there is nothing to learn from. */
export function trainingLabels({ features, labels, train }: TrainingSet): Float64Array {
  const count = train.reduce((sum, range) => sum + range.to - range.from, 0);
  if (count <= 0) {
    throw new EngineError(
      'training-failed',
      'A tree model needs at least one training row, but the training window is empty. Use more days of history or a shorter horizon.',
    );
  }
  if (features.columns.length === 0) {
    throw new EngineError(
      'training-failed',
      'A tree model needs at least one feature, but the matrix has none. Switch on an indicator.',
    );
  }
  const out = new Float64Array(count);
  let end = 0;
  for (const { from, to } of train) {
    out.set(labels.subarray(from, to), end);
    end += to - from;
  }
  const broken = out.findIndex((label) => !Number.isFinite(label));
  if (broken >= 0) {
    throw new EngineError(
      'training-failed',
      `Training row ${broken} of ${count} has the label ${out[broken]}; every label must be a finite log return.`,
    );
  }
  return out;
}

export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Standard deviation around `center`, or 1 where it is nothing but rounding. Trees are grown on labels in units of it, so
 * that gamma and the L1 terms mean the same for every symbol and horizon.
 */
export function labelScale(labels: Float64Array, center: number): number {
  let squares = 0;
  for (let i = 0; i < labels.length; i++) squares += (labels[i] - center) ** 2;
  const deviation = Math.sqrt(squares / labels.length);
  return deviation > 1e-7 * Math.abs(center) && deviation > 0 ? deviation : 1;
}
