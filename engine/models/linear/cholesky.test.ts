import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { choleskySolve, nullDirection, pivotedCholesky } from './cholesky.ts';

/** G'G for a random `rank` x `size` matrix G: positive semi-definite, of that rank. */
function gramOf(seed: number, size: number, rank: number): Float64Array {
  const prng = createPrng(seed);
  const g = Array.from({ length: rank }, () => Array.from({ length: size }, () => prng.normal()));
  return Float64Array.from({ length: size * size }, (_, k) =>
    g.reduce((sum, row) => sum + row[Math.floor(k / size)] * row[k % size], 0),
  );
}

function multiply(matrix: Float64Array, x: Float64Array): number[] {
  return Array.from({ length: x.length }, (_, i) =>
    x.reduce((sum, value, j) => sum + matrix[i * x.length + j] * value, 0),
  );
}

test('solves a system of full rank', () => {
  const matrix = gramOf(1, 6, 9);
  const rhs = Float64Array.from([1, -2, 3, 0.5, 0, 4]);
  const factor = pivotedCholesky(matrix, 6, 1e-12);
  expect(factor.rank).toBe(6);
  multiply(matrix, choleskySolve(factor, rhs)).forEach((value, i) => {
    expect(value).toBeCloseTo(rhs[i], 9);
  });
});

test('finds the rank, and a direction that the matrix maps to zero', () => {
  const matrix = gramOf(2, 7, 4);
  const factor = pivotedCholesky(matrix, 7, 1e-10);
  expect(factor.rank).toBe(4);
  expect([...factor.order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const direction = nullDirection(factor);
  expect(direction[factor.order[4]]).toBe(1);
  for (const value of multiply(matrix, direction)) expect(value).toBeCloseTo(0, 10);
});

test('of equal columns the first is kept', () => {
  const { order, rank } = pivotedCholesky(Float64Array.from([1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1]), 3, 1e-12);
  expect([...order]).toEqual([0, 2, 1]);
  expect(rank).toBe(2);
});

test('a matrix of zeros has rank 0 and the solution 0', () => {
  const factor = pivotedCholesky(new Float64Array(4), 2, 0);
  expect(factor.rank).toBe(0);
  expect([...choleskySolve(factor, Float64Array.of(1, 1))]).toEqual([0, 0]);
});
