import { expect, test } from 'vitest';
import { curveSums } from './curve-sums.ts';

const window = (netReturn: number[], costs: number) => ({ netReturn: Float64Array.from(netReturn), costs });

test('costs are taken off once more, over all windows together', () => {
  const earned = window([0.02, 0, 0.01], 0.01);
  expect(curveSums([earned]).positiveAtDoubledCosts).toBe(true);
  expect(curveSums([window([0.02, 0, 0.01], 0.04)]).positiveAtDoubledCosts).toBe(false);
  expect(curveSums([earned, window([-0.01], 0.005)]).positiveAtDoubledCosts).toBe(true);
  expect(curveSums([earned, window([-0.01], 0.02)]).positiveAtDoubledCosts).toBe(false);
  expect(curveSums([window([0, 0], 0)]).positiveAtDoubledCosts).toBe(false);
});

test('the denominator is the root of the squares of all bars', () => {
  expect(curveSums([window([0.3, 0], 0), window([-0.4], 0)]).denominator).toBeCloseTo(0.5, 15);
  expect(curveSums([]).denominator).toBe(0);
});
