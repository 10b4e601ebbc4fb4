import { expect, test } from 'vitest';
import { quantize } from './quantize.ts';
import { sampledRows } from './testing/sampled-rows.ts';
import { normalColumns } from './testing/sets.ts';

const ROWS = 3000;
const [gradients, noise] = normalColumns(1, 2, ROWS);
const rows = Uint32Array.from({ length: ROWS / 2 }, (_, i) => 2 * i + 1);

/** Every second row, with these gradients. */
function listed(of: Float64Array) {
  const sampled = sampledRows(ROWS);
  sampled.rows.set(rows);
  sampled.values.gradients.set(of);
  return sampled;
}

test('a gradient is off by at most half a step, and the sums fit 32 bits', () => {
  const { values, pairs } = listed(gradients);
  const { gradientStep, hessianStep, gradientSum, hessianSum } = quantize(values, rows.length, 'ones');
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
  const { values, pairs } = listed(gradients);
  const weights = noise.map((x) => Math.round(Math.abs(3 * x)) + 1);
  values.weights.set(weights);
  expect(quantize(values, rows.length, 'weights').hessianStep).toBe(1);
  for (const row of rows) expect(pairs[2 * row]).toBe(weights[row]);

  const hessians = noise.map((x, i) => (i === 1 ? 1e-16 : Math.abs(x)));
  values.hessians.set(hessians);
  const { hessianStep, hessianSum } = quantize(values, rows.length, 'hessians');
  expect(pairs[2]).toBe(1);
  for (const row of rows) {
    expect(Math.abs(pairs[2 * row] * hessianStep - hessians[row])).toBeLessThanOrEqual(hessianStep);
  }
  expect(hessianSum).toBeLessThan(2 ** 31);
});

test('gradients that are all zero stay zero', () => {
  const { values, pairs } = listed(new Float64Array(ROWS));
  pairs.fill(7);
  expect(quantize(values, rows.length, 'ones').gradientSum).toBe(0);
  expect(pairs[3]).toBe(0);
});
