import { expect, test } from 'vitest';
import { defaultIndicatorTimeframes } from '../features/timeframes.ts';
import type { StrategyAxes } from '../inference/strategy-grid.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { runCell } from './cell.ts';
import { type BatchContext, createContext } from './context.ts';
import type { CellJob } from './job.ts';
import { hourlyContext } from './testing/hourly-context.ts';
import { windowsBefore } from './windows.ts';

const CANDLES = randomCandles(2600, 'H1', 3);
const DAYS = 40;
const END = CANDLES.time.at(-1)! + 3_600_000;
const DIRECT: StrategyAxes = {
  predictionMethods: ['direct'],
  ensembleMethods: ['mean', 'weighted'],
  confidenceThresholds: [0, 0.4],
  lookbackWindows: [50],
};
const RECURSIVE: StrategyAxes = { ...DIRECT, predictionMethods: ['direct', 'recursive'] };

function loaded(strategies: StrategyAxes, selectionDays = 20) {
  const { evaluation } = windowsBefore(END, { holdoutDays: 5, selectionDays }, DAYS);
  return hourlyContext({ candles: CANDLES, evaluation, days: DAYS, strategies });
}

function ran(context: BatchContext) {
  const { training } = windowsBefore(END, { holdoutDays: 5, selectionDays: 20 }, DAYS);
  const job = {
    index: 0,
    configuration: {
      modelType: 'ridge',
      encoder: 'normalized',
      target: 'return',
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: DAYS,
      horizon: 3,
      indicatorTimeframes: defaultIndicatorTimeframes('H1'),
      hyperparameters: {},
    },
    training,
    configHash: 'c',
    trainingKey: 't',
  } satisfies CellJob;
  return runCell(context, job);
}

test.each([
  ['of fewer strategies', RECURSIVE, DIRECT],
  ['that forecasts recursively where the other does not', DIRECT, RECURSIVE],
] as const)(
  'a context on the same bars takes their features, and gives the same bytes: one %s',
  (_, of, next) => {
    const first = createContext(loaded(of));
    ran(first);
    const context = createContext(loaded(next), undefined, [first]);
    expect(context.features).toBe(first.features);
    expect(context.labels(3)).toBe(first.labels(3));
    expect(ran(context)).toEqual(ran(createContext(loaded(next))));
    // And back again.
    expect(ran(first)).toEqual(ran(createContext(loaded(of))));
  },
);

test('a context that is evaluated on other bars has features of its own', () => {
  const first = createContext(loaded(DIRECT));
  expect(createContext(loaded(DIRECT, 15), undefined, [first]).features).not.toBe(first.features);
});
