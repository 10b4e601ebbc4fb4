import { eliminate } from './reference-solvers.ts';

/**
 * Slow solvers of logistic regression on plain arrays, independent of the code they check: they take standardized rows, the intercept
 * is one more column, and nothing is shared between steps.
 */

export interface PlainLogistic {
  /** Standardized, row by row. */
  readonly x: readonly (readonly number[])[];
  /** 0 or 1. */
  readonly y: readonly number[];
  /** Weight of each row; they sum to the number of rows. */
  readonly weights: readonly number[];
}

/** The intercept, then the coefficients. */
export type Fit = readonly number[];

function oddsOf(row: readonly number[], fit: Fit): number {
  return row.reduce((sum, v, j) => sum + v * fit[j + 1], fit[0]);
}

/** Slope of the mean log loss by the intercept and each coefficient. */
export function plainSlopes({ x, y, weights }: PlainLogistic, fit: Fit): number[] {
  const slopes = fit.map(() => 0);
  x.forEach((row, i) => {
    const residual = (weights[i] * (1 / (1 + Math.exp(-oddsOf(row, fit))) - y[i])) / y.length;
    slopes[0] += residual;
    row.forEach((v, j) => {
      slopes[j + 1] += residual * v;
    });
  });
  return slopes;
}

/** Mean log loss + l2 / 2 |b|^2 by damped Newton steps, each system solved by Gaussian elimination with partial pivoting. */
export function plainNewton(problem: PlainLogistic, l2: number): number[] {
  const { x, y, weights } = problem;
  const n = y.length;
  const p = x[0].length + 1;
  const lossOf = (fit: Fit) =>
    x.reduce((sum, row, i) => {
      const margin = (2 * y[i] - 1) * oddsOf(row, fit);
      return sum + (weights[i] / n) * Math.log(1 + Math.exp(-margin));
    }, 0) +
    (l2 / 2) * fit.slice(1).reduce((sum, b) => sum + b * b, 0);
  let fit = new Array<number>(p).fill(0);
  for (let step = 0; step < 60; step++) {
    const slopes = plainSlopes(problem, fit).map((s, j) => s + (j > 0 ? l2 * fit[j] : 0));
    const rows = x.map((row) => [1, ...row]);
    const a = slopes.map((slope, i) => [...slopes.map((_, j) => (i === j && i > 0 ? l2 : 0)), slope]);
    rows.forEach((row, r) => {
      const q = 1 / (1 + Math.exp(-oddsOf(x[r], fit)));
      const v = (weights[r] * q * (1 - q)) / n;
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) a[i][j] += v * row[i] * row[j];
    });
    const change = eliminate(a);
    let length = 1;
    const before = lossOf(fit);
    const after = () => fit.map((value, j) => value - length * change[j]);
    while (lossOf(after()) > before + 1e-14 && length > 1e-8) length /= 2;
    fit = after();
  }
  return fit;
}

/** Mean log loss + l1 |b|_1 + l2 / 2 |b|^2 by FISTA with adaptive restart (Beck and Teboulle 2009). */
export function plainProximal(problem: PlainLogistic, l1: number, l2: number, iterations: number): number[] {
  const { x, weights } = problem;
  const n = x.length;
  // A quarter of the largest weight times the trace of the Gram matrix bounds the curvature; its largest row sum does more tightly.
  const columns = x[0].map((_, j) => x.map((row) => row[j]));
  columns.push(x.map(() => 1));
  const rowSums = columns.map((a) =>
    columns.reduce((sum, b) => sum + Math.abs(a.reduce((s, v, r) => s + v * b[r], 0)) / n, 0),
  );
  const step = 1 / (0.25 * Math.max(...weights) * Math.max(...rowSums) + l2);
  let fit = new Array<number>(x[0].length + 1).fill(0);
  let z = fit;
  let momentum = 1;
  for (let k = 0; k < iterations; k++) {
    const slopes = plainSlopes(problem, z);
    const next = z.map((value, j) => {
      if (j === 0) return value - step * slopes[0];
      const moved = value - step * (slopes[j] + l2 * value);
      return Math.sign(moved) * Math.max(0, Math.abs(moved) - step * l1);
    });
    const uphill = next.reduce((s, value, j) => s + (z[j] - value) * (value - fit[j]), 0) > 0;
    const nextMomentum = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = uphill ? 0 : (momentum - 1) / nextMomentum;
    z = next.map((value, j) => value + carry * (value - fit[j]));
    fit = next;
    momentum = nextMomentum;
  }
  return fit;
}

/** How far a fit is from the optimality conditions of mean log loss + l1 |b|_1 + l2 / 2 |b|^2. */
export function plainViolation(problem: PlainLogistic, fit: Fit, l1: number, l2: number): number {
  const slopes = plainSlopes(problem, fit);
  return Math.max(
    ...slopes.map((slope, j) => {
      if (j === 0) return Math.abs(slope);
      const smooth = slope + l2 * fit[j];
      return fit[j] === 0 ? Math.max(0, Math.abs(smooth) - l1) : Math.abs(smooth + l1 * Math.sign(fit[j]));
    }),
  );
}
