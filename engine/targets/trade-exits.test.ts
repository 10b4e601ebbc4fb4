import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomCandles } from '../features/testing/candles.ts';
import type { Candles } from '../market/candles.ts';
import { emptyCandles } from '../market/testing/random-candles.ts';
import { createPrng } from '../random/prng.ts';
import { INSIDE, STOP, TAKE_PROFIT, TIME, tradeExits } from './trade-exits.ts';

const RULES = { takeProfit: 2, stopLoss: 1 };

/** Bars as [open, high, low, close]; the range is 1 throughout. */
function exitsOf(bars: readonly (readonly [number, number, number, number])[], direction: 1 | -1 = 1) {
  const candles = emptyCandles(bars.length, 'H1');
  bars.forEach(([open, high, low, close], row) => {
    candles.open[row] = open;
    candles.high[row] = high;
    candles.low[row] = low;
    candles.close[row] = close;
  });
  const range = new Float64Array(bars.length).fill(1);
  const { exit, price, how } = tradeExits(candles, range, RULES, 3, direction);
  return [exit[1], price[1], how[1]];
}
const CALM = [100, 100.5, 99.5, 100] as const;

describe('a long trade entered at 100, with its take-profit at 102 and its stop at 99', () => {
  it('leaves at the open of the third bar where nothing happens', () => {
    expect(exitsOf([CALM, CALM, CALM, CALM, [101, 103, 98, 101]])).toEqual([4, 101, TIME]);
  });
  it('leaves within the bar that touches one of them, the first included', () => {
    expect(exitsOf([CALM, [100, 102, 99.5, 100], CALM, CALM, CALM])).toEqual([2, 102, TAKE_PROFIT | INSIDE]);
    expect(exitsOf([CALM, CALM, [100, 101, 98, 100], CALM, CALM])).toEqual([3, 99, STOP | INSIDE]);
  });
  it('leaves at the stop where a bar touches both', () => {
    expect(exitsOf([CALM, CALM, [100, 103, 98, 102], CALM, CALM])).toEqual([3, 99, STOP | INSIDE]);
  });
  it('leaves at the open of a bar that opens beyond one of them', () => {
    expect(exitsOf([CALM, CALM, [97, 103, 96, 100], CALM, CALM])).toEqual([2, 97, STOP]);
    expect(exitsOf([CALM, CALM, [104, 105, 98, 100], CALM, CALM])).toEqual([2, 104, TAKE_PROFIT]);
  });
  it('is not known where fewer bars follow', () => {
    expect(exitsOf([CALM, [100, 102, 99.5, 100], CALM, CALM])).toEqual([-1, Number.NaN, 0]);
  });
});

it('a short trade has its take-profit below and its stop above', () => {
  expect(exitsOf([CALM, [100, 100.5, 97.9, 98], CALM, CALM, CALM], -1)).toEqual([
    2,
    98,
    TAKE_PROFIT | INSIDE,
  ]);
  expect(exitsOf([CALM, [100, 101, 97, 98], CALM, CALM, CALM], -1)).toEqual([2, 101, STOP | INSIDE]);
});

/** Walks a path of prices through each bar: its open, then the worst price, then the best. */
function walked(
  { open, high, low }: Candles,
  entry: number,
  unit: number,
  rules: typeof RULES,
  horizon: number,
  direction: 1 | -1,
): [number, number] {
  const gain = (price: number) => direction * (price - open[entry]!);
  for (let row = entry; row < entry + horizon; row++) {
    const path = direction > 0 ? [open[row]!, low[row]!, high[row]!] : [open[row]!, high[row]!, low[row]!];
    for (const [step, price] of path.entries()) {
      const stopped = gain(price) <= -rules.stopLoss * unit;
      if (!stopped && gain(price) < rules.takeProfit * unit) continue;
      if (step === 0) return [row, gain(price)];
      return [row + 1, unit * (stopped ? -rules.stopLoss : rules.takeProfit)];
    }
  }
  return [entry + horizon, gain(open[entry + horizon]!)];
}

it('is what a walk through the prices of each bar comes to', () => {
  const prng = createPrng(3);
  const candles = randomCandles(400, 2);
  const range = Float64Array.from({ length: 400 }, () => 0.0002 + 0.002 * prng.float());
  fc.assert(
    fc.property(
      fc.record({ takeProfit: fc.constantFrom(0.3, 1, 2, 4), stopLoss: fc.constantFrom(0.3, 1, 2) }),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(1 as const, -1 as const),
      (rules, horizon, direction) => {
        const { exit, price } = tradeExits(candles, range, rules, horizon, direction);
        for (let entry = 1; entry < 400; entry++) {
          if (entry + horizon >= 400) {
            expect(exit[entry]).toBe(-1);
            continue;
          }
          const [left, gain] = walked(candles, entry, range[entry - 1]!, rules, horizon, direction);
          expect(exit[entry]).toBe(left);
          expect(direction * (price[entry]! - candles.open[entry]!)).toBeCloseTo(gain, 12);
        }
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});
