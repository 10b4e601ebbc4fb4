import { expect, test } from 'vitest';
import { sliceCandles } from '../market/candles.ts';
import { tradingFigures } from '../market/instruments/trading-figures.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { type CostModel, marketFrictions } from './costs.ts';
import { roundTrip } from './round-trip.ts';
import { tradeDetails } from './trade-details.ts';

const COSTS: CostModel = {
  spreadPips: 3,
  slippagePips: 0.5,
  commissionPerSide: 0,
  swapLongPips: 0,
  swapShortPips: 0,
};

/** Candles of a pair at a price, with so many decimals and without spreads. */
function market(symbol: string, price: number, decimals: number) {
  const walk = sliceCandles(randomCandles(400), 0, 400);
  const scaled = (column: Float64Array) =>
    column.map((value) => Number(((value / walk.close[0]!) * price).toFixed(decimals)));
  return {
    ...walk,
    symbol,
    open: scaled(walk.open),
    high: scaled(walk.high),
    low: scaled(walk.low),
    close: scaled(walk.close),
    spread: new Float64Array(walk.length).fill(Number.NaN),
  };
}

test.each([
  ['EURUSD', 1.1, 5, 0.0001],
  ['USDCZK', 23, 5, 0.0001],
  ['USDCZK', 23, 3, 0.01],
  ['USDJPY', 150, 3, 0.01],
])(
  '%s at %d with %d decimals: what a round trip is said to cost is what trades pay, in pips of %d',
  (symbol, price, decimals, pip) => {
    const candles = market(symbol, price, decimals);
    const figures = tradingFigures(candles, symbol);
    const costs = figures.pip === undefined ? COSTS : { ...COSTS, pip: figures.pip };
    const said = roundTrip(symbol, figures, COSTS)!;
    expect(said.pips).toBeCloseTo(4, 10);
    expect(said.price).toBeCloseTo(4 * pip, 10);
    expect(said.text).toMatch(/^A round trip costs 4 pips, /);
    const { costPerSide } = marketFrictions(candles, costs, { from: 10, to: 11 });
    expect(2 * costPerSide[0]! * candles.open[10]!).toBeCloseTo(4 * pip, 10);
    const { costs: paid } = tradeDetails(candles, costs, { entry: 10, exit: 12, direction: 1 });
    expect(paid.spread + paid.slippage).toBeCloseTo(4, 10);
  },
);

test('what a run paid is told in its own pips, whatever the data says today', () => {
  const figures = { price: 23, pip: 0.01, spread: null };
  expect(roundTrip('USDCZK', figures, { ...COSTS, pip: 0.0001 })).toMatchObject({ pips: 4, price: 0.0004 });
});
