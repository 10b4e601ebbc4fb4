/** Factor L of a symmetric positive semi-definite matrix A: A = L L' on the rows and columns in `order`. */
export interface CholeskyFactor {
  readonly size: number;
  /** Row i of L is lower[i * size ..]; entry k belongs to the k-th pivot. */
  readonly lower: Float64Array;
  /** Pivots in the order they were chosen, then the dependent columns: a permutation of 0 .. size-1. */
  readonly order: Uint32Array;
  /** Number of pivots: columns that are linearly independent within the tolerance. */
  readonly rank: number;
}

/**
 * Cholesky factorisation with diagonal pivoting (Golub and Van Loan, Matrix Computations, 4.2.8): the next pivot is
 * the column with the largest part not yet explained by the earlier pivots, the first of equals. It stops when that
 * part is at most `tolerance`, so the columns after `rank` are linear combinations of those before, within the
 * tolerance.
 */
export function pivotedCholesky(matrix: Float64Array, size: number, tolerance: number): CholeskyFactor {
  const lower = new Float64Array(size * size);
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const unexplained = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i]);
  let rank = 0;
  while (rank < size) {
    let best = rank;
    for (let k = rank + 1; k < size; k++) {
      if (isBetterPivot(unexplained, order[k], order[best])) best = k;
    }
    const pivot = order[best];
    if (!(unexplained[pivot] > tolerance)) break;
    order[best] = order[rank];
    order[rank] = pivot;

    const pivotRow = pivot * size;
    const diagonal = Math.sqrt(unexplained[pivot]);
    lower[pivotRow + rank] = diagonal;
    for (let k = rank + 1; k < size; k++) {
      const i = order[k];
      const row = i * size;
      let sum = matrix[row + pivot];
      for (let s = 0; s < rank; s++) sum -= lower[row + s] * lower[pivotRow + s];
      const entry = sum / diagonal;
      lower[row + rank] = entry;
      unexplained[i] -= entry * entry;
    }
    rank++;
  }
  return { size, lower, order, rank };
}

/** Solves A x = rhs on the pivot columns; x is 0 on the dependent ones. */
export function choleskySolve(factor: CholeskyFactor, rhs: Float64Array): Float64Array {
  const { size, lower, order, rank } = factor;
  const z = new Float64Array(rank);
  for (let k = 0; k < rank; k++) {
    const row = order[k] * size;
    let sum = rhs[order[k]];
    for (let s = 0; s < k; s++) sum -= lower[row + s] * z[s];
    z[k] = sum / lower[row + k];
  }
  return backSubstitute(factor, z);
}

/**
 * Coefficients d with A d = 0 within the tolerance: 1 on the first dependent column, minus its combination of the
 * pivots on those. Only for rank < size.
 */
export function nullDirection(factor: CholeskyFactor): Float64Array {
  const { size, lower, order, rank } = factor;
  const dependent = order[rank];
  // Row `dependent` of L already is the forward substitution of that column of A.
  const z = lower.slice(dependent * size, dependent * size + rank);
  const direction = backSubstitute(factor, z);
  for (let i = 0; i < size; i++) direction[i] = -direction[i];
  direction[dependent] = 1;
  return direction;
}

function backSubstitute({ size, lower, order, rank }: CholeskyFactor, z: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let k = rank - 1; k >= 0; k--) {
    const i = order[k];
    const value = z[k] / lower[i * size + k];
    x[i] = value;
    const row = i * size;
    for (let s = 0; s < k; s++) z[s] -= lower[row + s] * value;
  }
  return x;
}

function isBetterPivot(unexplained: Float64Array, candidate: number, best: number): boolean {
  const difference = unexplained[candidate] - unexplained[best];
  return difference > 0 || (difference === 0 && candidate < best);
}
