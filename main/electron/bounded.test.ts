import { expect, test } from 'vitest';
import { createBound } from './bounded.ts';

test('so many times within the span, and again once the first are past', () => {
  let now = 0;
  const may = createBound(2, 100, () => now);
  expect([may(), may(), may()]).toEqual([true, true, false]);
  now = 99;
  expect(may()).toBe(false);
  now = 100;
  expect([may(), may(), may()]).toEqual([true, true, false]);
});
