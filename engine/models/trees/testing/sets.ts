import type { FeatureMatrix } from '../../../features/matrix.ts';
import { createPrng } from '../../../random/prng.ts';
import type { TrainingSet } from '../../model.ts';

export function matrixFrom(columns: readonly Float64Array[]): FeatureMatrix {
  const rows = columns[0]?.length ?? 0;
  return { names: columns.map((_, f) => `f${f}`), columns, rows, firstValid: 0, fitEnd: rows };
}

/** A training set on all rows but a left-out block at the end. */
export function trainingSet(
  columns: readonly Float64Array[],
  labels: Float64Array,
  leftOut = 0,
): TrainingSet {
  const fit = labels.length - leftOut;
  return {
    features: matrixFrom(columns),
    labels,
    train: [{ from: 0, to: fit }],
    leftOut: { from: fit, to: labels.length },
    seed: 11,
  };
}

/** Independent standard normal features. */
export function normalColumns(seed: number, count: number, rows: number): Float64Array[] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => prng.normal()));
}

/** Returns of the size of a price's, of which the first three features explain about half. */
export function learnableLabels(seed: number, columns: readonly Float64Array[]): Float64Array {
  const prng = createPrng(seed);
  const [a, b, c] = columns;
  return a.map((x, i) => 1e-3 * (Math.sin(2 * x) + 0.5 * b[i] * (c[i] > 0 ? 1 : -1) + 0.8 * prng.normal()));
}
