import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomCandles } from '../market/testing/random-candles.ts';
import { stakes } from './stake.ts';

const ROWS = 60;

/** Wilder's average true range of 14 bars at a row, as a sum of weights: each bar counts for 13/14 of the next. */
function averageRange({ high, low, close }: ReturnType<typeof randomCandles>, row: number): number {
  const range = Array.from({ length: row + 1 }, (_, i) =>
    i === 0
      ? high[0] - low[0]
      : Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])),
  );
  const first = range.slice(0, 14).reduce((a, b) => a + b) / 14;
  return range.slice(14).reduce((average, r) => (average * 13 + r) / 14, first);
}

test('is the average true range over the close of the bar whose signal it was', () => {
  const candles = randomCandles(ROWS);
  const span = { from: 14, to: 50 };
  const found = stakes(candles, span);
  expect(found).toHaveLength(36);
  found.forEach((stake, lane) => {
    const row = 14 + lane - 1;
    expect(stake / (averageRange(candles, row) / candles.close[row])).toBeCloseTo(1, 9);
  });
});

test('does not change with the bar at whose open it is put at risk, nor with any later one', () => {
  const candles = randomCandles(ROWS);
  fc.assert(
    fc.property(fc.integer({ min: 14, max: ROWS - 1 }), (row) => {
      const from = (x: Float64Array) => x.map((value, i) => (i >= row ? 3 * value : value));
      const changed = {
        ...candles,
        high: from(candles.high),
        low: from(candles.low),
        close: from(candles.close),
      };
      const upTo = { from: 14, to: row + 1 };
      expect(stakes(changed, upTo)).toEqual(stakes(candles, upTo));
    }),
  );
});
