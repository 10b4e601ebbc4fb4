import { expect, test } from 'vitest';
import type { Candles } from '../market/candles.ts';
import { type CostModel, marketFrictions } from './costs.ts';

const HOUR = 3_600_000;
const costs: CostModel = {
  spreadPips: 2,
  slippagePips: 0.5,
  commissionPerSide: 0.00003,
  swapLongPips: 0.8,
  swapShortPips: -0.3,
};

function candlesOf(symbol: string, price: number, spread: number[], from: string): Candles {
  const length = spread.length;
  const open = Float64Array.from({ length }, (_, i) => price * (1 + i / 100));
  const close = open.map((x) => x * 1.003);
  return {
    symbol,
    timeframe: 'H1',
    length,
    time: open.map((_, i) => Date.parse(from) + i * HOUR),
    open,
    high: close,
    low: open,
    close,
    volume: new Float64Array(length),
    spread: Float64Array.from(spread),
    synthetic: true,
  };
}

test('a fill pays half of the wider of the two known spreads, slippage and commission', () => {
  // Monday noon: no rollover near.
  const candles = candlesOf('EURUSD', 1.1, [0.0003, 0.0001, 0.0004, NaN, 0], '2024-01-08T12:00:00Z');
  const { costPerSide, roundTripCost, swapLong } = marketFrictions(candles, costs, { from: 0, to: 5 });
  const perSide = (row: number, spread: number) => (spread / 2 + 0.00005) / (1.1 * (1 + row / 100)) + 0.00003;
  [0.0003, 0.0003, 0.0004, 0.0004, 0.0002].forEach((spread, row) => {
    expect(costPerSide[row]).toBeCloseTo(perSide(row, spread), 15);
  });
  [0.0003, 0.0001, 0.0004, 0.0002, 0.0002].forEach((spread, row) => {
    const close = 1.1 * (1 + row / 100) * 1.003;
    expect(roundTripCost[row]).toBeCloseTo((spread + 0.0001) / close + 0.00006, 15);
  });
  expect([...swapLong]).toEqual([0, 0, 0, 0, 0]);
});

test('a span starts with the spread of the bar before it', () => {
  const candles = candlesOf('EURUSD', 1.1, [0.0009, 0.0001, 0.0001, 0.0001], '2024-01-08T12:00:00Z');
  const whole = marketFrictions(candles, costs, { from: 0, to: 4 });
  const part = marketFrictions(candles, costs, { from: 1, to: 3 });
  expect(part.costPerSide).toEqual(whole.costPerSide.slice(1, 3));
  expect(part.roundTripCost).toEqual(whole.roundTripCost.slice(1, 3));
});

test('swap is paid by the bar that is held through 17:00 New York, three times on Wednesday', () => {
  // In January New York is five hours behind: rollover at 22:00 UTC.
  const tuesday = candlesOf('USDJPY', 150, [0.01, 0.01, 0.01, 0.01], '2024-01-09T20:00:00Z');
  const one = marketFrictions(tuesday, costs, { from: 0, to: 4 });
  const open = 150 * 1.01;
  expect([...one.swapLong]).toEqual([0, (0.8 * 0.01) / open, 0, 0]);
  expect([...one.swapShort].map((x) => x + 0)).toEqual([0, (-0.3 * 0.01) / open, 0, 0]);
  const wednesday = candlesOf('USDJPY', 150, [0.01, 0.01, 0.01, 0.01], '2024-01-10T20:00:00Z');
  const three = marketFrictions(wednesday, costs, { from: 0, to: 4 });
  expect(three.swapLong[1]).toBeCloseTo((3 * 0.8 * 0.01) / open, 15);
});

test('what a decision knows at t does not change with any bar after t', () => {
  const before = candlesOf('EURUSD', 1.1, [0.0003, 0.0001, 0.0002], '2024-01-08T12:00:00Z');
  const after = { ...before, close: before.close.slice(), spread: before.spread.slice() };
  after.close[2] = 3;
  after.spread[2] = 1;
  const known = (candles: Candles) =>
    marketFrictions(candles, costs, { from: 0, to: 3 }).roundTripCost.slice(0, 2);
  expect(known(after)).toEqual(known(before));
});

test('amounts in price units and in fractions of the price are what they say, of a market without pips', () => {
  const spread = [NaN, NaN, NaN, NaN];
  const candles = candlesOf('BTCUSDT', 60_000, spread, '2024-01-09T20:00:00Z');
  const span = { from: 0, to: 4 };
  const inPrice: CostModel = { ...costs, spreadPips: 12, slippagePips: 3, swapLongPips: 7, unit: 'price' };
  const price = marketFrictions(candles, inPrice, span);
  const share: CostModel = {
    ...costs,
    spreadPips: 0.0002,
    slippagePips: 0.0001,
    swapLongPips: 0.0004,
    unit: 'fraction',
  };
  const fraction = marketFrictions(candles, share, span);
  for (let row = 0; row < 4; row++) {
    const open = 60_000 * (1 + row / 100);
    expect(price.costPerSide[row]).toBeCloseTo((12 / 2 + 3) / open + 0.00003, 15);
    expect(price.roundTripCost[row]).toBeCloseTo((12 + 6) / (open * 1.003) + 0.00006, 15);
    expect(fraction.costPerSide[row]).toBeCloseTo(0.0001 + 0.0001 + 0.00003, 15);
    expect(fraction.roundTripCost[row]).toBeCloseTo(0.0002 + (2 * 0.0001) / 1.003 + 0.00006, 15);
  }
  expect(price.swapLong[1]).toBeCloseTo(7 / 60_600, 15);
  expect(fraction.swapLong[1]).toBeCloseTo(0.0004, 15);
});

test('a bar without a spread has that of its hour, at its own price; one with a spread keeps it', () => {
  const candles = candlesOf('EURUSD', 1.1, [NaN, 0.0003, 0, NaN], '2024-01-09T20:00:00Z');
  // 17:00 in New York, the close of row 1, is where hour 23 ends and hour 0 begins.
  const shares = Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 0.002 : hour === 1 ? 0.001 : 0.0001));
  const hourly: CostModel = { ...costs, spreadByHour: { day: 'new_york', shares } };
  const { roundTripCost, costPerSide } = marketFrictions(candles, hourly, { from: 0, to: 4 });
  const { close, open } = candles;
  const spreads = [0.0001 * close[0]!, 0.0003, 0.002 * close[2]!, 0.001 * close[3]!];
  spreads.forEach((spread, row) => {
    expect(roundTripCost[row]).toBeCloseTo((spread + 0.0001) / close[row]! + 0.00006, 15);
    const widest = Math.max(spread, spreads[Math.max(0, row - 1)]!);
    expect(costPerSide[row]).toBeCloseTo((widest / 2 + 0.00005) / open[row]! + 0.00003, 15);
  });
});
