import { describe, expect, test } from 'vitest';
import type { FoldOptions } from '../contract/validation.ts';
import { demoMarket } from '../market/demo-market.ts';
import { rowsWithin, trainingRows } from '../pipeline/windows.ts';
import { foldRules } from './fold-rules.ts';
import { foldCells } from './fold-windows.ts';
import { planFolds } from './folds.ts';

const [candles] = demoMarket() as [ReturnType<typeof demoMarket>[number]];
const DATA = { earliest: candles.time[300]!, end: Date.UTC(2025, 4, 28, 21) };
const HORIZON = 6;

function cellsOf(options: FoldOptions, leadIn = 100) {
  const rules = foldRules(options, { daysHistory: 90, selectionDays: 90 });
  const { folds } = planFolds(rules, DATA);
  return { folds, cells: foldCells(folds, rules, candles, leadIn) };
}

describe.each(['quick', 'full'] as const)('%s', (scheme) => {
  test('the lead-in lies between the last training bar and the first test bar, and no label reaches into it', () => {
    const { folds, cells } = cellsOf({ scheme });
    expect(cells).toHaveLength(folds.filter(({ kind }) => kind === 'rolling').length);
    for (const { fold, asOf, windows } of cells) {
      const test = rowsWithin(candles, folds[fold]!.test);
      const predicted = rowsWithin(candles, { from: windows.evaluation.start, to: folds[fold]!.test.to });
      expect(test.from - predicted.from).toBe(100);
      const { from, to } = trainingRows(candles, windows.training, HORIZON);
      expect(from).toBe(rowsWithin(candles, folds[fold]!.training).from);
      // Label of the last training row: open[to - 1 + 1 + h], and the opening of the lead-in's first bar is known at the bar before.
      expect(to + HORIZON + 1).toBe(predicted.from);
      expect(asOf).toBe(folds[fold]!.test.from);
    }
  });

  test('the lead-in takes a quarter of a short training window at most', () => {
    const { folds, cells } = cellsOf({ scheme, minTrainDays: 8, expandingWindow: false, folds: 3 });
    for (const { fold, windows } of cells) {
      const whole = rowsWithin(candles, folds[fold]!.training);
      const trained = rowsWithin(candles, windows.training);
      expect(whole.to - trained.to).toBe(Math.floor((whole.to - whole.from) / 4));
      expect(trained.to).toBeLessThan(whole.to);
    }
  });
});

test('an aging fold is a further window of the first model', () => {
  const { folds, cells } = cellsOf({ scheme: 'quick' });
  expect(cells.map(({ windows }) => windows.evaluation.windows.map(({ name }) => name))).toEqual([
    ['fold 0', 'fold 3', 'fold 4'],
    ['fold 1'],
    ['fold 2'],
  ]);
  const [first] = cells;
  expect(first!.windows.evaluation.windows[2]).toEqual({ name: 'fold 4', ...folds[2]!.test });
});

test('own: trained and chosen as in the grid, then tested', () => {
  const { folds, cells } = cellsOf({ scheme: 'own' });
  for (const { fold, windows } of cells) {
    const { training, test } = folds[fold]!;
    const selection = { name: 'selection', from: training.to, to: test.from };
    expect(windows).toEqual({
      training,
      evaluation: { start: training.to, windows: [selection, { name: `fold ${fold}`, ...test }] },
    });
  }
});

test('without a lead-in predictions begin with the test', () => {
  const { folds, cells } = cellsOf({ scheme: 'full', folds: 2 }, 0);
  expect(cells.map(({ windows }) => windows.evaluation.start)).toEqual(folds.map(({ test }) => test.from));
});
