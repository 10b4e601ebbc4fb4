import type { HessianKind, RowValues } from './row-values.ts';

/**
 * Gradients as 32-bit integers. A sum of integers does not depend on the order of its terms, so a histogram is the same
 * however it came about: row by row, by subtraction, or in a vector unit. The step is as fine as the sum of all
 * rows allows: at 50,000 rows, the mean gradient has some 40,000 steps (LightGBM trains with as few as 4: Shi et al.,
 * "Quantized Training of Gradient Boosting Decision Trees", 2022).
 */
const LARGEST_SUM = 2 ** 31 - 1;

/** What one unit of the integers is worth, and their sums over the rows of a tree. */
export interface Quantized {
  readonly gradientStep: number;
  readonly hessianStep: number;
  readonly gradientSum: number;
  readonly hessianSum: number;
  /** The hessian of each row is 1. */
  readonly unitHessians: boolean;
}

/**
 * Writes the pair (hessian, gradient) of each of a tree's first `count` rows, which are ascending. Whole hessians (row weights) keep their
 * value; others get a step of their own and are at least 1.
 */
export function quantize(values: RowValues, count: number, kind: HessianKind): Quantized {
  const [absolute, total, isWhole] = values.absoluteSums(count, kind);
  // Rounding can add half a step per row.
  const gradientStep = absolute > 0 ? absolute / (LARGEST_SUM - count) : 1;
  const hessianStep = kind === 'ones' || isWhole ? 1 : total / (LARGEST_SUM - 2 * count);
  const [gradientSum, hessianSum] = values.writePairs(count, 1 / gradientStep, kind, hessianStep);
  return { gradientStep, hessianStep, gradientSum, hessianSum, unitHessians: kind === 'ones' };
}
