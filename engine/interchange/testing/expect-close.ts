import { expect } from 'vitest';

/** Predictions are the expected ones to within a share of the largest, and are more than noise around 0. */
export function expectClose(found: ArrayLike<number>, expected: Float64Array, share: number): void {
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-5);
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThan(share * largest);
  });
}
