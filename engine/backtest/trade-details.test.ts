import { expect, test } from 'vitest';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { marketFrictions } from './costs.ts';
import { tradeDetails, tradeUnit } from './trade-details.ts';

const COSTS = {
  spreadPips: 1,
  slippagePips: 0.25,
  commissionPerSide: 0.00002,
  swapLongPips: 0.5,
  swapShortPips: -0.25,
};

/** Six bars over a Wednesday's rollover, 21:00 UTC in summer, which carries three nights. */
const CANDLES: Candles = {
  ...randomCandles(6),
  time: Float64Array.from({ length: 6 }, (_, i) => Date.UTC(2026, 5, 17, 18 + i)),
  open: Float64Array.of(1.1, 1.101, 1.102, 1.1, 1.099, 1.104),
  high: Float64Array.of(1.1015, 1.103, 1.1025, 1.1005, 1.1042, 1.2),
  low: Float64Array.of(1.0995, 1.1005, 1.0985, 1.0985, 1.0975, 1.0),
  close: Float64Array.of(1.101, 1.102, 1.1, 1.099, 1.104, 1.105),
  spread: Float64Array.of(0.0002, 0.0001, Number.NaN, 0.0003, 0.0001, 0.0001),
};

test('a long trade: prices, costs one by one, furthest prices of the bars held', () => {
  const details = tradeDetails(CANDLES, COSTS, { entry: 1, exit: 5, direction: 1 });
  expect([details.entryPrice, details.exitPrice]).toEqual([1.101, 1.104]);
  // Half of the wider spread around each open: 2 pips before bar 1, 1 before bar 5.
  expect(details.costs.spread).toBeCloseTo(1 + 0.5, 9);
  expect(details.costs.slippage).toBeCloseTo(0.5, 9);
  expect(details.costs.commission).toBeCloseTo((0.00002 * (1.101 + 1.104)) / 0.0001, 9);
  expect(details.costs.swap).toBeCloseTo(3 * 0.5, 9);
  expect(details.netPips).toBeCloseTo(30 - 1.5 - 0.5 - 0.441 - 1.5, 9);
  expect(details.mfe).toBeCloseTo(32, 9);
  // The bar it is left at counts by its open only: 1.0 is not among the lows.
  expect(details.mae).toBeCloseTo(35, 9);
});

test('a short trade earns what falls, and the swap of its side', () => {
  const details = tradeDetails(CANDLES, COSTS, { entry: 2, exit: 4, direction: -1 });
  expect(details.netPips).toBeCloseTo(30 - 0.5 * (1 + 3) - 0.5 - 0.4402 + 3 * 0.25, 9);
  expect([details.mfe, details.mae]).toEqual([expect.closeTo(35, 9), expect.closeTo(5, 9)]);
});

test('an open beyond the bars held counts for both excursions', () => {
  const { mfe } = tradeDetails(CANDLES, COSTS, { entry: 0, exit: 5, direction: 1 });
  expect(mfe).toBeCloseTo(42, 9);
  const gap = { ...CANDLES, open: CANDLES.open.map((x, i) => (i === 5 ? 1.2 : x)) };
  expect(tradeDetails(gap, COSTS, { entry: 0, exit: 5, direction: 1 }).mfe).toBeCloseTo(1000, 9);
  const fall = { ...CANDLES, open: CANDLES.open.map((x, i) => (i === 5 ? 1.05 : x)) };
  expect(tradeDetails(fall, COSTS, { entry: 0, exit: 5, direction: 1 }).mae).toBeCloseTo(500, 9);
});

test('costs are those of the backtest', () => {
  const span = { from: 0, to: 6 };
  const { costPerSide, swapLong } = marketFrictions(CANDLES, COSTS, span);
  const { costs } = tradeDetails(CANDLES, COSTS, { entry: 1, exit: 5, direction: 1 });
  const fills = costPerSide[1] * CANDLES.open[1] + costPerSide[5] * CANDLES.open[5];
  expect((costs.spread + costs.slippage + costs.commission) * 0.0001).toBeCloseTo(fills, 12);
  const swap = [1, 2, 3, 4].reduce((sum, i) => sum + swapLong[i] * CANDLES.open[i], 0);
  expect(costs.swap * 0.0001).toBeCloseTo(swap, 12);
});

test('a market without pips is counted in its price', () => {
  const scale = (column: Float64Array) => column.map((price) => price * 30_000);
  const candles: Candles = {
    ...CANDLES,
    symbol: 'US30',
    open: scale(CANDLES.open),
    high: scale(CANDLES.high),
    low: scale(CANDLES.low),
    close: scale(CANDLES.close),
    spread: new Float64Array(6).fill(3),
  };
  const costs = { ...COSTS, unit: 'price', slippagePips: 1, swapLongPips: 2 } as const;
  const { costs: paid, mfe, netPips } = tradeDetails(candles, costs, { entry: 1, exit: 5, direction: 1 });
  expect(tradeUnit('US30', {})).toBe(1);
  expect(tradeUnit('USDJPY', {})).toBe(0.01);
  expect(tradeUnit('USDCZK', { pip: 0.01 })).toBe(0.01);
  expect(paid.spread).toBeCloseTo(3, 9);
  expect(paid.slippage).toBeCloseTo(2, 9);
  expect(paid.swap).toBeCloseTo(3 * 2, 9);
  expect(mfe).toBeCloseTo(0.0032 * 30_000, 6);
  expect(netPips).toBeCloseTo(0.003 * 30_000 - 3 - 2 - 0.00002 * 30_000 * (1.101 + 1.104) - 6, 6);
});

test('a market that never closes is charged each midnight of UTC once, weekends included', () => {
  const friday = Float64Array.from({ length: 6 }, (_, i) => Date.UTC(2026, 5, 19, 12 + 12 * i));
  const candles = { ...CANDLES, time: friday };
  const costs = { ...COSTS, calendar: 'continuous' } as const;
  const trade = { entry: 0, exit: 5, direction: 1 } as const;
  // Friday noon to Monday midnight.
  expect(tradeDetails(candles, costs, trade).costs.swap).toBeCloseTo(3 * 0.5, 9);
  expect(tradeDetails(candles, COSTS, trade).costs.swap).toBeCloseTo(0.5, 9);
  const { swapLong } = marketFrictions(candles, costs, { from: 0, to: 6 });
  expect([...swapLong].map((swap) => Math.round((swap / 0.00005) * 1.1))).toEqual([1, 0, 1, 0, 1, 0]);
});
