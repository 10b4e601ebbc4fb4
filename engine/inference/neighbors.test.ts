import { expect, test } from 'vitest';
import { type Neighbor, neighborsOf, STRATEGY_AXES } from './neighbors.ts';
import { DEFAULT_STRATEGY_AXES, type Strategy, strategyGrid } from './strategy-grid.ts';

const named = ({ axis, strategy }: Neighbor) => `${axis} ${strategy[axis]}`;

test('names have no order: each other one is a step away; numbers have one on either side', () => {
  const strategy: Strategy = {
    predictionMethod: 'direct_multi',
    ensembleMethod: 'mean',
    confidenceThreshold: 0.9,
    lookbackWindow: 100,
  };
  expect(neighborsOf(strategy, DEFAULT_STRATEGY_AXES).map(named)).toEqual([
    'predictionMethod direct',
    'predictionMethod recursive',
    'ensembleMethod weighted',
    'ensembleMethod stacking',
    'lookbackWindow 50',
    'lookbackWindow 200',
    'confidenceThreshold 0.7',
  ]);
});

test('steps go by size, in whatever order a grid has its numbers', () => {
  const axes = { ...DEFAULT_STRATEGY_AXES, lookbackWindows: [200, 50, 400, 100, 50] };
  const strategy = strategyGrid(axes)[0]!;
  const steps = neighborsOf(strategy, axes).filter(({ axis }) => axis === 'lookbackWindow');
  expect(steps.map(({ strategy: { lookbackWindow } }) => lookbackWindow)).toEqual([100, 400]);
});

test('each differs in its axis alone, is in the grid, and has the strategy as a neighbor, too', () => {
  const grid = strategyGrid();
  for (const strategy of grid) {
    for (const { axis, strategy: other } of neighborsOf(strategy, DEFAULT_STRATEGY_AXES)) {
      expect(grid).toContainEqual(other);
      expect(STRATEGY_AXES.filter((name) => other[name] !== strategy[name])).toEqual([axis]);
      expect(neighborsOf(other, DEFAULT_STRATEGY_AXES)).toContainEqual({ axis, strategy });
    }
  }
});

test('a grid of one strategy has none', () => {
  const axes = {
    predictionMethods: ['direct'],
    ensembleMethods: ['mean'],
    confidenceThresholds: [0],
    lookbackWindows: [100],
  } as const;
  expect(neighborsOf(strategyGrid(axes)[0]!, axes)).toEqual([]);
});
