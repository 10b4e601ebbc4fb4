import { expect, test } from 'vitest';
import { signals } from './signal.ts';

test('trades a confident forecast that is worth more than its costs', () => {
  const p = Float64Array.of(2, -2, 1, -1, 2, 2, NaN, 2, 0);
  const confidence = Float64Array.of(0.6, 0.9, 0.9, 0.9, 0.59, NaN, 0.9, 0.9, 0.9);
  const cost = Float64Array.of(1, 1, 1, 1, 1, 1, 1, NaN, 0);
  const out = new Int8Array(9).fill(7);
  signals(p, confidence, cost, 0.6, out);
  expect([...out]).toEqual([1, -1, 0, 0, 0, 0, 0, 0, 0]);
});
