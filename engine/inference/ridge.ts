/**
 * Solves (A + penalty * I) x = b for a small symmetric, positive semi-definite A by Cholesky decomposition.
 *
 * @param a size x size, row-major; only its lower triangle is read, and it is overwritten
 * @param b overwritten with the solution
 * @returns false when the penalized matrix is not positive definite in floating point; `b` is then spoilt
 */
export function solveRidge(a: Float64Array, b: Float64Array, size: number, penalty: number): boolean {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? a[i * size + i] + penalty : a[i * size + j];
      for (let k = 0; k < j; k++) sum -= a[i * size + k] * a[j * size + k];
      if (i === j) {
        if (!(sum > 0 && sum < Infinity)) return false;
        a[i * size + i] = Math.sqrt(sum);
      } else {
        a[i * size + j] = sum / a[j * size + j];
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * size + k] * b[k];
    b[i] /= a[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) b[i] -= a[k * size + i] * b[k];
    b[i] /= a[i * size + i];
  }
  return true;
}
