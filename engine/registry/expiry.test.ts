import { expect, test } from 'vitest';
import { halfLife } from './expiry.ts';

test('half is gone where the line through the windows says so', () => {
  // 4 at 30 days, 3 at 90, 2 at 150: a 60th of 1 a day, so 2 is reached at 150.
  const windows = [4, 3, 2].map((mean, i) => ({ age: 30 + 60 * i, mean }));
  expect(halfLife(windows)).toBeCloseTo(150, 10);
  expect(
    halfLife([
      { age: 30, mean: 4 },
      { age: 90, mean: -4 },
    ]),
  ).toBeCloseTo(45, 10);
});

test('it is at least a day, and none where nothing was earned or nothing is lost', () => {
  expect(
    halfLife([
      { age: 30, mean: 1 },
      { age: 31, mean: -999 },
      { age: 32, mean: -1 },
    ]),
  ).toBe(1);
  expect(
    halfLife([
      { age: 30, mean: 0 },
      { age: 90, mean: -1 },
    ]),
  ).toBeNull();
  expect(
    halfLife([
      { age: 30, mean: 1 },
      { age: 90, mean: 1 },
    ]),
  ).toBeNull();
  expect(halfLife([{ age: 30, mean: 1 }])).toBeNull();
  expect(halfLife([])).toBeNull();
});
