import type { FeatureMatrix } from '../../features/matrix.ts';
import { createPrng } from '../../random/prng.ts';

/** Matrices and labels for the tests of this room. */

export function matrixOf(
  columns: readonly Float64Array[],
  overrides: Partial<FeatureMatrix> = {},
): FeatureMatrix {
  const rows = columns[0]!.length;
  return { names: columns.map((_, j) => `f${j}`), columns, rows, firstValid: 0, fitEnd: rows, ...overrides };
}

/** Independent standard normal features. */
export function noiseFeatures(seed: number, rows: number, count: number): Float64Array[] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => prng.normal()));
}

/**
 * Moving averages of a random walk around 1.1 over 1, 1 + step, 1 + 2 step, … bars: as correlated as real price
 * levels.
 */
export function priceFeatures(seed: number, rows: number, count: number, step: number): Float64Array[] {
  const prng = createPrng(seed);
  const longest = 1 + (count - 1) * step;
  const price = new Float64Array(rows + longest);
  let level = 1.1;
  for (let i = 0; i < price.length; i++) {
    level *= Math.exp(1e-3 * prng.normal());
    price[i] = level;
  }
  return Array.from({ length: count }, (_, j) => {
    const length = 1 + j * step;
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += price[row + longest - 1 - k]!;
      return sum / length;
    });
  });
}

/** `scale` * (the first feature, standardized, times `signal`, plus standard normal noise). */
export function labelsFrom(seed: number, column: Float64Array, signal: number, scale = 1e-3): Float64Array {
  const prng = createPrng(seed);
  const mean = column.reduce((a, b) => a + b, 0) / column.length;
  const deviation = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
  return column.map((value) => scale * ((signal * (value - mean)) / deviation + prng.normal()));
}
