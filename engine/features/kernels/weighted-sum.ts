/** What adds up to a linear prediction: coefficients[k] * (column used[k] - means[k]), and the intercept. */
export interface LinearTerms {
  /** Ascending. */
  readonly used: Uint32Array;
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
  readonly intercept: number;
}

/** out[i] = the intercept, plus each term of row from + i in its order. */
export function weightedSum(
  columns: readonly Float64Array[],
  from: number,
  count: number,
  { used, coefficients, means, intercept }: LinearTerms,
  out: Float64Array,
): void {
  out.fill(intercept, 0, count);
  let k = 0;
  for (; k + 4 <= used.length; k += 4) addFourTerms(columns, used, coefficients, means, k, from, count, out);
  for (; k < used.length; k++) addTerm(columns[used[k]], from, count, coefficients[k], means[k], out);
}

/** `addTerm` of terms k to k + 3, one after the other: the same bits in a fourth of the passes over `out`. */
function addFourTerms(
  columns: readonly Float64Array[],
  used: Uint32Array,
  coefficients: Float64Array,
  means: Float64Array,
  k: number,
  from: number,
  count: number,
  out: Float64Array,
): void {
  const x0 = columns[used[k]];
  const x1 = columns[used[k + 1]];
  const x2 = columns[used[k + 2]];
  const x3 = columns[used[k + 3]];
  const c0 = coefficients[k];
  const c1 = coefficients[k + 1];
  const c2 = coefficients[k + 2];
  const c3 = coefficients[k + 3];
  const m0 = means[k];
  const m1 = means[k + 1];
  const m2 = means[k + 2];
  const m3 = means[k + 3];
  for (let i = 0; i < count; i++) {
    const row = from + i;
    out[i] = out[i] + c0 * (x0[row] - m0) + c1 * (x1[row] - m1) + c2 * (x2[row] - m2) + c3 * (x3[row] - m3);
  }
}

function addTerm(
  column: Float64Array,
  from: number,
  count: number,
  coefficient: number,
  mean: number,
  out: Float64Array,
): void {
  for (let i = 0; i < count; i++) out[i] += coefficient * (column[from + i] - mean);
}
