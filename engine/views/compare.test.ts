import { expect, it } from 'vitest';
import type { MetricsDto, RunDetailDto } from '../contract/dto/index.ts';
import { exampleConfiguration } from '../contract/testing/configuration.ts';
import { type Compared, compareRows, dailyEquity, joinedEquity } from './compare.ts';

const STRATEGY = {
  predictionMethod: 'direct',
  ensembleMethod: 'mean',
  confidenceThreshold: 0.6,
  lookbackWindow: 100,
} as const;

const compared = (change: Partial<Compared> = {}): Compared => ({
  configuration: exampleConfiguration(),
  strategy: STRATEGY,
  figures: { sharpe: 1, sharpeError: 2, maxDrawdown: 0.1, trades: 30 },
  verdict: null,
  p: null,
  outOfSample: null,
  run: null,
  ...change,
});

const regimes = (sharpe: number, trades: number) =>
  ({
    regimes: ['bull'],
    strategies: [{ regimes: [{ sharpe, sharpeError: 1, trades } as MetricsDto] }],
    rankIc: 0.02,
  }) as unknown as RunDetailDto;

const A = compared();
const B = compared({
  configuration: { ...exampleConfiguration(), modelType: 'random_forest', hyperparameters: { trees: 200 } },
  figures: { sharpe: 3, sharpeError: 1.5, maxDrawdown: 0.2, trades: 30 },
  run: regimes(2, 12),
});
const EMPTY = compared({ figures: { sharpe: 0, trades: 0 }, run: regimes(9, 0) });
const rows = compareRows([A, B, EMPTY]);
const row = (key: string, group?: string) =>
  rows.find((one) => one.key === key && (group === undefined || one.group === group));

it('tells what differs, with the hyper-parameters of all', () => {
  expect(row('symbol')).toMatchObject({ values: ['EURUSD', 'EURUSD', 'EURUSD'], differs: false, best: [] });
  expect(row('modelType')).toMatchObject({ values: ['ridge', 'random_forest', 'ridge'], differs: true });
  expect(row('alpha')?.values).toEqual([1, null, 1]);
  expect(row('trees')?.values).toEqual([null, 200, null]);
  expect(row('indicatorTimeframes')?.values[0]).toBe('rsi H1');
});

it('keeps LONG and SHORT models apart where they differ', () => {
  const configuration = {
    ...exampleConfiguration(),
    hyperparameters: { long: { alpha: 2 }, short: { alpha: 3 } },
  };
  const pair = compareRows([A, compared({ configuration })]);
  const valuesOf = (key: string) => pair.find((one) => one.key === key)?.values;
  expect(valuesOf('LONG alpha')).toEqual([null, 2]);
  expect(valuesOf('SHORT alpha')).toEqual([null, 3]);
});

it('points out the best: the highest, or the lowest where that is better, never of what did not trade', () => {
  expect(row('sharpe', 'Figures')).toMatchObject({ values: [1, 3, null], errors: [2, 1.5, null], best: [1] });
  expect(row('maxDrawdown')?.best).toEqual([0]);
  expect(row('trades')?.best).toEqual([]);
  expect(row('bull', 'Sharpe per regime')?.values).toEqual([null, 2, null]);
});

it('equity is that of the last bar of a day, up to the holdout, and joined by day', () => {
  const day = (n: number, hour: number) => Date.UTC(2026, 0, n, hour);
  const time = [day(1, 1), day(1, 23), day(2, 5), day(3, 1)];
  const first = dailyEquity({ time, equity: [1, 1.1, 1.2, 9], holdoutFrom: 3 });
  expect([...first]).toEqual([
    ['2026-01-01', 1.1],
    ['2026-01-02', 1.2],
  ]);
  const second = new Map([
    ['2026-01-02', 1.5],
    ['2026-01-04', 1.6],
  ]);
  const third = new Map([['2026-01-03', 2]]);
  expect(joinedEquity([first, second, null, third])).toEqual({
    days: ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'],
    equity: [
      [1.1, 1.2, null, null],
      [null, 1.5, 1.5, 1.6],
      [null, null, null, null],
      [null, null, 2, null],
    ],
  });
});
