import { expect, test } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { drawStationaryPath } from './stationary-bootstrap.ts';

test('blocks begin anywhere, go on and wrap round; their mean length is the one asked for', () => {
  const length = 97;
  const rows = new Int32Array(200_000);
  drawStationaryPath(rows, length, 8, createPrng(1));
  let begun = 1;
  const visits = new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    visits[rows[i]!]!++;
    if (i > 0 && rows[i] !== (rows[i - 1]! + 1) % length) begun++;
  }
  // One in 97 new blocks begins where the old one would have gone on.
  expect(rows.length / begun).toBeCloseTo(8 / (1 - 1 / length), 0);
  expect(Math.min(...visits)).toBeGreaterThan(1600);
  expect(Math.max(...visits)).toBeLessThan(2600);
});

test('a mean block of 1 is the plain bootstrap, the same seed the same path', () => {
  const rows = new Int32Array(50_000);
  drawStationaryPath(rows, 10, 1, createPrng(2));
  let successors = 0;
  for (let i = 1; i < rows.length; i++) if (rows[i] === (rows[i - 1]! + 1) % 10) successors++;
  expect(successors / rows.length).toBeCloseTo(0.1, 2);
  const again = new Int32Array(50_000);
  drawStationaryPath(again, 10, 1, createPrng(2));
  expect(again).toEqual(rows);
});

test('what can be no block is refused', () => {
  expect(() => drawStationaryPath(new Int32Array(3), 5, 0.5, createPrng(1))).toThrow(/at least 1/);
  expect(() => drawStationaryPath(new Int32Array(3), 0, 2, createPrng(1))).toThrow(/0 values/);
});
