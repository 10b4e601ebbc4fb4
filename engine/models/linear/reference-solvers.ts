/**
 * Slow solvers on plain arrays, independent of the code they check: they standardize the rows themselves and share no
 * sums with it.
 */

export interface PlainProblem {
  /** Standardized, row by row. */
  readonly x: number[][];
  readonly y: number[];
  readonly means: number[];
  readonly deviations: number[];
  readonly labelMean: number;
  readonly labelDeviation: number;
}

/** Two-pass standardization of the chosen rows; deviations divide by n. Constant columns become zeros. */
export function plainProblem(
  columns: readonly Float64Array[],
  labels: Float64Array,
  rows: readonly number[],
): PlainProblem {
  const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const standardized = [...columns, labels].map((column) => {
    const values = rows.map((row) => column[row]);
    const mean = meanOf(values);
    const deviation = Math.sqrt(meanOf(values.map((v) => (v - mean) ** 2)));
    return { mean, deviation, values: values.map((v) => (deviation === 0 ? 0 : (v - mean) / deviation)) };
  });
  const label = standardized.pop()!;
  return {
    x: rows.map((_, r) => standardized.map((column) => column.values[r])),
    y: label.values,
    means: standardized.map((c) => c.mean),
    deviations: standardized.map((c) => c.deviation),
    labelMean: label.mean,
    labelDeviation: label.deviation,
  };
}

/** Solves (X'X + penalty I) b = X'y by Gaussian elimination with partial pivoting. */
export function normalEquations({ x, y }: PlainProblem, penalty: number): number[] {
  const p = x[0].length;
  const a = Array.from({ length: p }, (_, i) => [
    ...Array.from({ length: p }, (_, j) => x.reduce((s, row) => s + row[i] * row[j], i === j ? penalty : 0)),
    x.reduce((s, row, r) => s + row[i] * y[r], 0),
  ]);
  return eliminate(a);
}

/** Solves the rows of an augmented matrix, which it overwrites, by Gaussian elimination with partial pivoting. */
export function eliminate(a: number[][]): number[] {
  const p = a.length;
  for (let k = 0; k < p; k++) {
    let pivot = k;
    for (let i = k + 1; i < p; i++) if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < p; i++) {
      const factor = a[i][k] / a[k][k];
      for (let j = k; j <= p; j++) a[i][j] -= factor * a[k][j];
    }
  }
  const b = new Array<number>(p).fill(0);
  for (let k = p - 1; k >= 0; k--) {
    let sum = a[k][p];
    for (let j = k + 1; j < p; j++) sum -= a[k][j] * b[j];
    b[k] = sum / a[k][k];
  }
  return b;
}

/** |y - Xb|^2 / (2n) + l1 |b|_1 + l2/2 |b|^2 by FISTA with adaptive restart (Beck and Teboulle 2009). */
export function proximalGradient(
  { x, y }: PlainProblem,
  l1: number,
  l2: number,
  iterations: number,
): number[] {
  const n = x.length;
  const p = x[0].length;
  const gram = Array.from({ length: p }, (_, i) =>
    Array.from({ length: p }, (_, j) => x.reduce((s, row) => s + row[i] * row[j], 0) / n),
  );
  const target = Array.from({ length: p }, (_, i) => x.reduce((s, row, r) => s + row[i] * y[r], 0) / n);
  // The largest row sum bounds the largest eigenvalue.
  const step = 1 / (Math.max(...gram.map((row) => row.reduce((s, v) => s + Math.abs(v), 0))) + l2);
  let b = new Array<number>(p).fill(0);
  let z = b;
  let momentum = 1;
  for (let k = 0; k < iterations; k++) {
    const next = z.map((value, i) => {
      let slope = l2 * value - target[i];
      for (let j = 0; j < p; j++) slope += gram[i][j] * z[j];
      const moved = value - step * slope;
      return Math.sign(moved) * Math.max(0, Math.abs(moved) - step * l1);
    });
    const uphill = next.reduce((s, value, i) => s + (z[i] - value) * (value - b[i]), 0) > 0;
    const nextMomentum = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = uphill ? 0 : (momentum - 1) / nextMomentum;
    z = next.map((value, i) => value + carry * (value - b[i]));
    b = next;
    momentum = nextMomentum;
  }
  return b;
}

/** How far b is from satisfying the optimality conditions of the elastic net, from the rows themselves. */
export function plainKktViolation(
  { x, y }: PlainProblem,
  b: readonly number[],
  l1: number,
  l2: number,
): number {
  const residual = y.map((value, r) => value - x[r].reduce((s, v, j) => s + v * b[j], 0));
  return Math.max(
    ...b.map((value, j) => {
      const gradient = residual.reduce((s, v, r) => s + v * x[r][j], 0) / y.length - l2 * value;
      return value === 0 ? Math.max(0, Math.abs(gradient) - l1) : Math.abs(gradient - l1 * Math.sign(value));
    }),
  );
}
