import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { nonNegativeLeastSquares } from './nnls.ts';

/** Every support is solved by Gaussian elimination, and the best feasible one taken. */
function byEnumeration(gram: Float64Array, products: Float64Array): number {
  const size = products.length;
  let best = 0;
  for (let mask = 1; mask < 1 << size; mask++) {
    const support = Array.from({ length: size }, (_, j) => j).filter((j) => mask & (1 << j));
    const rows = support.map((i) => [...support.map((j) => gram[i * size + j]!), products[i]!]);
    const z = eliminate(rows);
    if (z === undefined || z.some((value) => value < 0)) continue;
    const full = new Float64Array(size);
    support.forEach((j, a) => {
      full[j] = z[a]!;
    });
    best = Math.min(best, objective(gram, products, full));
  }
  return best;
}

function eliminate(rows: number[][]): number[] | undefined {
  const n = rows.length;
  for (let p = 0; p < n; p++) {
    const at = rows
      .slice(p)
      .reduce((b, row, i) => (Math.abs(row[p]!) > Math.abs(rows[b]![p]!) ? p + i : b), p);
    [rows[p], rows[at]] = [rows[at]!, rows[p]!];
    if (Math.abs(rows[p]![p]!) < 1e-9) return undefined;
    for (let r = 0; r < n; r++) {
      if (r === p) continue;
      const factor = rows[r]![p]! / rows[p]![p]!;
      for (let c = p; c <= n; c++) rows[r]![c]! -= factor * rows[p]![c]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

function objective(gram: Float64Array, products: Float64Array, z: Float64Array): number {
  const size = z.length;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    sum -= products[i]! * z[i]!;
    for (let j = 0; j < size; j++) sum += 0.5 * z[i]! * gram[i * size + j]! * z[j]!;
  }
  return sum;
}

/** Sums of products of `size` columns that share a part, and of a target that some of them say something of. */
function problem(seed: number, size: number, shared: number) {
  const prng = createPrng(seed);
  const rows = 40;
  const normal = () => prng.normal();
  const common = Array.from({ length: rows }, normal);
  const columns = Array.from({ length: size }, () => common.map((c) => shared * c + normal()));
  const target = common.map((c, i) => 0.5 * c + normal() - 0.4 * columns[0]![i]!);
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  return {
    gram: Float64Array.from(columns.flatMap((a) => columns.map((b) => dot(a, b)))),
    products: Float64Array.from(columns, (a) => dot(a, target)),
  };
}

test('reaches what the best of all supports reaches, and is nowhere below 0', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { gram, products } = problem(seed, 1 + (seed % 6), seed % 4);
    const z = nonNegativeLeastSquares(gram, products);
    expect(Math.min(...z)).toBeGreaterThanOrEqual(0);
    expect(objective(gram, products, z)).toBeCloseTo(byEnumeration(gram, products), 9);
  }
});

test('a column twice is used once, and one that only points away is not', () => {
  const gram = Float64Array.from([4, 4, 0, 4, 4, 0, 0, 0, 1]);
  expect([...nonNegativeLeastSquares(gram, Float64Array.from([2, 2, -3]))]).toEqual([0.5, 0, 0]);
  expect([...nonNegativeLeastSquares(gram, Float64Array.from([-1, -1, -1]))]).toEqual([0, 0, 0]);
});

test('columns of very different sizes, and one of zeros', () => {
  const gram = Float64Array.from([1e-12, 0, 0, 0, 1e6, 0, 0, 0, 0]);
  const z = nonNegativeLeastSquares(gram, Float64Array.from([3e-12, 2e6, 0]));
  expect([z[0], z[1], z[2]]).toEqual([expect.closeTo(3, 9), expect.closeTo(2, 9), 0]);
});
