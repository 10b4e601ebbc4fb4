import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CANDLE_COLUMNS, type Candles, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { createViewDigester, viewDigest } from './view-digest.ts';

/** Half a year of hourly bars. */
const candles = randomCandles(3000);

/** The same bars with another value at one place. */
function corrected(series: Candles, column: (typeof CANDLE_COLUMNS)[number], row: number): Candles {
  const values = series[column].slice();
  values[row]! += column === 'time' ? 1000 : 1;
  return { ...series, [column]: values };
}

it('is that of the bars alone, whatever lies before and after them', () => {
  const digester = createViewDigester(candles);
  const bounds = fc.tuple(fc.nat(2999), fc.integer({ min: 1, max: 3000 })).filter(([a, b]) => a < b);
  fc.assert(
    fc.property(bounds, ([from, to]) => {
      const alone = viewDigest(sliceCandles(candles, from, to));
      expect(digester.digest(from, to)).toBe(alone);
      expect(digester.digest(from, to)).toBe(alone);
      // Of a series that ends later, and of one that begins later.
      expect(createViewDigester(sliceCandles(candles, from, 3000)).digest(0, to - from)).toBe(alone);
      expect(createViewDigester(sliceCandles(candles, 0, to)).digest(from, to)).toBe(alone);
    }),
    { numRuns: 50 },
  );
});

it.each(CANDLE_COLUMNS)('sees another %s in any of its months, and none outside', (column) => {
  const spread = { ...candles, spread: candles.spread.slice().fill(0.0001) };
  const before = createViewDigester(spread).digest(500, 2500);
  for (const row of [500, 1000, 1700, 2499]) {
    expect(createViewDigester(corrected(spread, column, row)).digest(500, 2500), `${row}`).not.toBe(before);
  }
  for (const row of [0, 499, 2500, 2999]) {
    expect(createViewDigester(corrected(spread, column, row)).digest(500, 2500), `${row}`).toBe(before);
  }
});

it('tells symbols, timeframes, origins and stretches apart', () => {
  const digests = [
    viewDigest(candles),
    viewDigest({ ...candles, symbol: 'GBPUSD' }),
    viewDigest({ ...candles, timeframe: 'H4' }),
    viewDigest({ ...candles, synthetic: true }),
    viewDigest(sliceCandles(candles, 1, 3000)),
    viewDigest(sliceCandles(candles, 0, 2999)),
    viewDigest(sliceCandles(candles, 0, 0)),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

it('is the same for any bit pattern of a missing spread', () => {
  const other = candles.spread.slice();
  new BigUint64Array(other.buffer)[7] = 0xfff8_0000_0000_0001n;
  const usual = candles.spread.slice();
  usual[7] = Number.NaN;
  expect(Number.isNaN(other[7])).toBe(true);
  expect(viewDigest({ ...candles, spread: other })).toBe(viewDigest({ ...candles, spread: usual }));
});
