import { expect, test } from 'vitest';
import { INSIDE, STOP, TAKE_PROFIT, TIME, type TradeExits } from '../targets/trade-exits.ts';
import { figuresOfFold } from './fold-average.ts';
import { takeProfitFigures } from './take-profit.ts';

const row = (exit: readonly number[], how: readonly number[]): TradeExits & { last: Float64Array } => ({
  exit: Int32Array.from(exit),
  how: Uint8Array.from(how),
  price: new Float64Array(exit.length),
  last: new Float64Array(exit.length),
});
// Lanes 0 to 7, row 100 on; the window is lanes 2 to 6.
const LONG = row(
  [3, 3, 4, 5, 6, 9, 9, -1],
  [TAKE_PROFIT, TIME, TAKE_PROFIT, STOP, TAKE_PROFIT | INSIDE, TAKE_PROFIT, 0, 0],
);
const SHORT = row([3, 3, 5, 6, 9, 6, -1, -1], [STOP, TIME, STOP, TIME, TAKE_PROFIT, TAKE_PROFIT, 0, 0]);
const entries = { exits: { long: LONG, short: SHORT } as never, firstLane: 100 };
const trade = (reason: string) => ({ reason }) as never;
const trace = {
  firstRow: 102,
  forecast: new Float64Array(5),
  trades: [trade('target'), trade('stop'), trade('target'), trade('reversal')],
};

test('take-profits that were reached stand beside those that entering on every bar reaches within the window', () => {
  // Long at lanes 3 and 4, short at 3 and 5: two of four reach it. What is entered at lane 2 was decided before the window.
  expect(takeProfitFigures(trace, entries)).toEqual({ trades: 4, reached: 2, base: 2 / 4 });
});

test('of a regime, those that are decided on its bars', () => {
  const scope = new Uint8Array(108);
  scope[103] = 1;
  // Lane 4 alone: long reaches it, short is still held when the window ends.
  expect(takeProfitFigures(trace, { ...entries, scope })).toMatchObject({ base: 1 });
  expect(takeProfitFigures(trace, { ...entries, scope: new Uint8Array(108) })).toMatchObject({ base: null });
});

test('the figure of a fold: none without trades, none of a target without take-profit', () => {
  const classes = { base: {}, errors: {} } as never;
  const forecasts = { classes, spearman: null, spearmanError: null };
  const of = (takeProfit?: { trades: number; reached: number; base: number | null }) =>
    figuresOfFold({ ...forecasts, ...(takeProfit && { takeProfit }) }, new Float64Array(40)).hit_rate_tp1;
  expect(of({ trades: 4, reached: 1, base: 0.3 })).toEqual({ value: 0.25, error: null, base: 0.3 });
  expect(of({ trades: 0, reached: 0, base: 0.3 })).toBeNull();
  expect(of()).toBeNull();
});
