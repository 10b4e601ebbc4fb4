import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { lowestPlausible } from './lowest-plausible.ts';

test('independent days: the 1 % point of a normal sum', () => {
  const random = createPrng(5);
  const days = Float64Array.from({ length: 2000 }, () => 0.001 + 0.01 * random.normal());
  const mean = days.reduce((sum, x) => sum + x, 0) / days.length;
  const floor = lowestPlausible(days, 22, createPrng(1))!;
  // 22 mean - 2.326 x 0.01 x sqrt(22)
  expect(floor).toBeGreaterThan(22 * mean - 0.1091 * 1.1);
  expect(floor).toBeLessThan(22 * mean - 0.1091 * 0.9);
  expect(lowestPlausible(days, 22, createPrng(1))).toBe(floor);
});

test('days that never vary have one sum; without days there is none', () => {
  expect(lowestPlausible(new Float64Array(50).fill(0.25), 4, createPrng(1))).toBe(1);
  expect(lowestPlausible(new Float64Array(), 20, createPrng(1))).toBeNull();
  expect(lowestPlausible(new Float64Array(50), 0, createPrng(1))).toBeNull();
});
