import { expect, it } from 'vitest';
import { moneyDrawdown, moneyOf } from './money.ts';

const trade = (net: number, change = {}) => ({
  entryPrice: 1.1,
  stop: 1.095,
  net,
  rateIn: 1,
  rateOut: 1,
  ...change,
});

it('one lot of EURUSD makes 10 dollars a pip', () => {
  // 25 pips won, 40 lost, a tenth of a lot: 25 and -40 dollars.
  const results = moneyOf([trade(0.0025), trade(-0.004)], 10_000, { lots: 0.1 });
  expect(results.map(({ money }) => money)).toEqual([expect.closeTo(25, 9), expect.closeTo(-40, 9)]);
  expect(results.at(-1)!.balance).toBeCloseTo(9985, 9);
});

it('yen are turned into dollars at the rate of the day that they are won', () => {
  // One lot of USDJPY, 50 pips at 0.01: 0.5 x 100,000 = 50,000 yen; at 125 yen a dollar 400 dollars.
  const [won] = moneyOf([trade(0.5, { rateIn: 1 / 120, rateOut: 1 / 125 })], 10_000, { lots: 1 });
  expect(won!.money).toBeCloseTo(400, 9);
});

it('risk: a stop costs its share of what the account has then', () => {
  // 1 % of 10,000 over 50 pips: 20,000 units. The stop is hit: -100; then 1 % of 9,900, twice the stop won: +198.
  const results = moneyOf([trade(-0.005), trade(0.01)], 10_000, { risk: 0.01 });
  expect(results[0]).toMatchObject({ lots: expect.closeTo(0.2, 9), money: expect.closeTo(-100, 9) });
  expect(results[1]).toMatchObject({ lots: expect.closeTo(0.198, 9), money: expect.closeTo(198, 9) });
  expect(results[1]!.balance).toBeCloseTo(10_098, 9);
  expect(() => moneyOf([trade(0.01, { stop: null })], 10_000, { risk: 0.01 })).toThrow(RangeError);
});

it('ends with the trade that leaves nothing, and says how deep the balance fell', () => {
  const results = moneyOf([trade(0.01), trade(-0.03), trade(0.01)], 1000, { lots: 1 });
  expect(results.map(({ balance }) => Math.round(balance))).toEqual([2000, -1000]);
  expect(moneyDrawdown(1000, results)).toEqual({
    money: expect.closeTo(3000, 6),
    share: expect.closeTo(1.5, 9),
  });
  expect(moneyDrawdown(1000, [])).toEqual({ money: 0, share: 0 });
});
