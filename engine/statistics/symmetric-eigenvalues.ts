/**
 * Eigenvalues of a symmetric matrix of `size` rows, given row by row, ascending. Cyclic Jacobi rotations until nothing is
 * left beside the diagonal: O(size^3) a sweep, some ten sweeps, so for matrices of up to a few hundred rows.
 * Source: Golub and Van Loan, Matrix Computations, section 8.5.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const a = matrix.slice(0, size * size);
  for (let sweep = 0; sweep < 60; sweep++) {
    if (!rotateAll(a, size)) break;
  }
  return Float64Array.from({ length: size }, (_, i) => a[i * size + i]!).sort();
}

/** One sweep over all pairs; whether there was anything to rotate. */
function rotateAll(a: Float64Array, size: number): boolean {
  let rotated = false;
  for (let p = 0; p < size; p++) {
    for (let q = p + 1; q < size; q++) {
      const off = a[p * size + q]!;
      const diagonalP = a[p * size + p]!;
      const diagonalQ = a[q * size + q]!;
      if (Math.abs(off) <= 1e-18 * (Math.abs(diagonalP) + Math.abs(diagonalQ))) continue;
      rotated = true;
      const ratio = (diagonalQ - diagonalP) / (2 * off);
      const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      for (let i = 0; i < size; i++) {
        if (i === p || i === q) continue;
        const ip = a[i * size + p]!;
        const iq = a[i * size + q]!;
        const turnedP = cosine * ip - sine * iq;
        const turnedQ = sine * ip + cosine * iq;
        a[i * size + p] = turnedP;
        a[p * size + i] = turnedP;
        a[i * size + q] = turnedQ;
        a[q * size + i] = turnedQ;
      }
      a[p * size + p] = diagonalP - tangent * off;
      a[q * size + q] = diagonalQ + tangent * off;
      a[p * size + q] = 0;
      a[q * size + p] = 0;
    }
  }
  return rotated;
}
