import { expect, test } from 'vitest';
import { quantize } from './quantize.ts';
import { normalColumns } from './testing/sets.ts';

const ROWS = 3000;
const [gradients, noise] = normalColumns(1, 2, ROWS);
const rows = Uint32Array.from({ length: ROWS / 2 }, (_, i) => 2 * i + 1);

test('a gradient is off by at most half a step, and the sums fit 32 bits', () => {
  const pairs = new Int32Array(2 * ROWS);
  const { gradientStep, hessianStep, gradientSum, hessianSum } = quantize(rows, gradients, undefined, pairs);
  let sum = 0;
  let absolute = 0;
  for (const row of rows) {
    expect(pairs[2 * row]).toBe(1);
    expect(Math.abs(pairs[2 * row + 1] * gradientStep - gradients[row])).toBeLessThanOrEqual(
      gradientStep * 0.500001,
    );
    sum += pairs[2 * row + 1];
    absolute += Math.abs(pairs[2 * row + 1]);
  }
  expect(gradientSum).toBe(sum);
  expect([hessianStep, hessianSum]).toEqual([1, rows.length]);
  expect(absolute).toBeLessThan(2 ** 31);
  // Half a million steps to a gradient of ordinary size.
  expect(gradientStep).toBeLessThan(2e-6);
  expect(pairs.filter((_, i) => i % 4 < 2).every((value) => value === 0)).toBe(true);
});

test('whole weights are kept; other hessians get a step of their own and never vanish', () => {
  const pairs = new Int32Array(2 * ROWS);
  const weights = noise.map((x) => Math.round(Math.abs(3 * x)) + 1);
  expect(quantize(rows, gradients, weights, pairs).hessianStep).toBe(1);
  for (const row of rows) expect(pairs[2 * row]).toBe(weights[row]);

  const hessians = noise.map((x, i) => (i === 1 ? 1e-16 : Math.abs(x)));
  const { hessianStep, hessianSum } = quantize(rows, gradients, hessians, pairs);
  expect(pairs[2]).toBe(1);
  for (const row of rows) {
    expect(Math.abs(pairs[2 * row] * hessianStep - hessians[row])).toBeLessThanOrEqual(hessianStep);
  }
  expect(hessianSum).toBeLessThan(2 ** 31);
});

test('gradients that are all zero stay zero', () => {
  const pairs = new Int32Array(2 * ROWS).fill(7);
  expect(quantize(rows, new Float64Array(ROWS), undefined, pairs).gradientSum).toBe(0);
  expect(pairs[3]).toBe(0);
});
