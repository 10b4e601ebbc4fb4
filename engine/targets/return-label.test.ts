import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomCandles } from '../features/testing/candles.ts';
import { returnLabels } from './return-label.ts';

describe('returnLabels', () => {
  const candles = randomCandles(60, 1);

  it('earns what lies between the opens of the first and the last bar of the trade', () => {
    const labels = returnLabels(candles, 2);
    expect(Math.exp(labels[10]!)).toBeCloseTo(candles.open[13]! / candles.open[11]!, 14);
  });

  it('is the sum of the one-bar labels it spans', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 30 }), (horizon, t) => {
        const single = returnLabels(candles, 1).subarray(t, t + horizon);
        const sum = single.reduce((total, y) => total + y, 0);
        expect(returnLabels(candles, horizon)[t]).toBeCloseTo(sum, 13);
      }),
      { seed: 1 },
    );
  });

  it.each([1, 5, 58, 59, 100])('is not known for the last bars of horizon %i', (horizon) => {
    const labels = returnLabels(candles, horizon);
    expect(labels).toHaveLength(60);
    const known = Math.max(0, 60 - 1 - horizon);
    expect(labels.slice(0, known).every(Number.isFinite)).toBe(true);
    expect(labels.slice(known).every(Number.isNaN)).toBe(true);
  });
});
