import { expect, test } from 'vitest';
import { strategyGrid } from './strategy-grid.ts';

test('the default grid has 135 different strategies', () => {
  const grid = strategyGrid();
  expect(grid).toHaveLength(135);
  expect(new Set(grid.map((s) => JSON.stringify(s))).size).toBe(135);
});

test('canonical order: method, ensemble, lookback, then threshold fastest', () => {
  const grid = strategyGrid({
    predictionMethods: ['recursive', 'direct'],
    ensembleMethods: ['mean', 'stacking'],
    confidenceThresholds: [0.8, 0.4],
    lookbackWindows: [100, 50],
  });
  expect(
    grid.map((s) => [s.predictionMethod, s.ensembleMethod, s.lookbackWindow, s.confidenceThreshold]),
  ).toEqual([
    ['recursive', 'mean', 100, 0.8],
    ['recursive', 'mean', 100, 0.4],
    ['recursive', 'mean', 50, 0.8],
    ['recursive', 'mean', 50, 0.4],
    ['recursive', 'stacking', 100, 0.8],
    ['recursive', 'stacking', 100, 0.4],
    ['recursive', 'stacking', 50, 0.8],
    ['recursive', 'stacking', 50, 0.4],
    ['direct', 'mean', 100, 0.8],
    ['direct', 'mean', 100, 0.4],
    ['direct', 'mean', 50, 0.8],
    ['direct', 'mean', 50, 0.4],
    ['direct', 'stacking', 100, 0.8],
    ['direct', 'stacking', 100, 0.4],
    ['direct', 'stacking', 50, 0.8],
    ['direct', 'stacking', 50, 0.4],
  ]);
});
