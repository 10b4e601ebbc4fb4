import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configHash } from '../cells/config-hash.ts';
import { parseGridSpec } from '../contract/grid.ts';
import { createGrid } from './grid.ts';

const BASE = {
  model_types: ['ridge', 'lasso'],
  symbols: ['EURUSD', 'GBPUSD'],
  timeframes: ['H1', 'H4'],
  days_history: [60, 180],
  horizons: [1, 3, 6],
};
const gridOf = (changes: object = {}) => createGrid(parseGridSpec({ ...BASE, ...changes }));

describe('createGrid', () => {
  it('has every combination once, cells that share a feature matrix side by side', () => {
    const subset = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: 1 });
    const specs = fc.record({
      model_types: subset(['ridge', 'lasso', 'linear_regression', 'lightgbm']),
      symbols: subset(['EURUSD', 'GBPUSD', 'USDJPY']),
      timeframes: subset(['H1', 'H4', 'D1']),
      days_history: subset([60, 120, 180]),
      horizons: subset([1, 3, 6, 12]),
      encoders: subset(['absolute', 'normalized', 'time_delta']),
    });
    fc.assert(
      fc.property(specs, (spec) => {
        const grid = gridOf(spec);
        const product = Object.values(spec).reduce((n, axis) => n * axis.length, 1);
        const cells = [...grid.cells()];
        expect([grid.size, cells.length]).toEqual([product, product]);
        expect(new Set(cells.map(configHash)).size).toBe(product);
        expect(cells.every((cell, i) => configHash(grid.cell(i)) === configHash(cell))).toBe(true);
        expect(cells.every((cell, i) => grid.indexOf(structuredClone(cell)) === i)).toBe(true);
        expect(cells.every((cell, i) => spec.horizons[grid.placeOf('horizon', i)] === cell.horizon)).toBe(
          true,
        );
        const matrices = cells.map((c) => `${c.symbol} ${c.timeframe} ${c.encoder}`);
        const changes = matrices.filter((m, i) => i === 0 || m !== matrices[i - 1]).length;
        expect(changes).toBe(spec.symbols.length * spec.timeframes.length * spec.encoders.length);
      }),
      { numRuns: 50 },
    );
  });

  it('counts without walking through the cells', () => {
    const days = Array.from({ length: 3000 }, (_, i) => 5 + i);
    const horizons = Array.from({ length: 500 }, (_, i) => 1 + i);
    const grid = gridOf({ days_history: days, horizons });
    expect(grid.size).toBe(2 * 2 * 2 * 3000 * 500);
    expect(grid.cell(grid.size - 1)).toMatchObject({
      symbol: 'GBPUSD',
      timeframe: 'H4',
      daysHistory: 3004,
      horizon: 500,
      modelType: 'lasso',
    });
  });

  it('knows which configurations it does not have', () => {
    const grid = gridOf({ hyperparameters: { ridge: { alpha: [1, 2] } } });
    const cell = grid.cell(0);
    expect(grid.indexOf(cell)).toBe(0);
    for (const change of [
      { symbol: 'USDJPY' },
      { horizon: 2 },
      { modelType: 'xgboost' },
      { hyperparameters: { alpha: 3 } },
      { indicatorTimeframes: { rsi: ['H4'] } },
    ] as const) {
      expect(grid.indexOf({ ...cell, ...change })).toBeUndefined();
    }
  });

  it('takes what means the same for one', () => {
    const grid = gridOf({
      model_types: ['ridge', 'ridge'],
      symbols: ['eurusd', 'EURUSD'],
      timeframes: ['1h', 'H1', '60m'],
      days_history: [60, 60],
      horizons: 3,
      hyperparameters: { ridge: { alpha: [1, 1.0] } },
    });
    expect(grid.size).toBe(1);
    expect(configHash(grid.cell(0))).toBe(
      configHash(
        gridOf({ ...BASE, model_types: 'ridge', symbols: 'EURUSD', timeframes: 'H1', horizons: 3 }).cell(0),
      ),
    );
  });
});

describe('indicator timeframes', () => {
  it('leave out what is shorter than the cell, whatever the order they are written in', () => {
    const grid = gridOf({ indicator_timeframes: { sma: ['D1', 'H1'], atr: ['H1'], rsi: ['H4', 'H1'] } });
    expect(grid.indicatorTimeframes('H1')).toEqual({ atr: ['H1'], rsi: ['H1', 'H4'], sma: ['H1', 'D1'] });
    expect(grid.indicatorTimeframes('H4')).toEqual({ rsi: ['H4'], sma: ['D1'] });
    const reordered = gridOf({ indicator_timeframes: { rsi: ['H1', 'H4'], sma: ['H1', 'D1'], atr: 'H1' } });
    expect([...reordered.cells()].map(configHash)).toEqual([...grid.cells()].map(configHash));
  });
});

describe('configHash', () => {
  const cell = [...gridOf().cells()][0]!;

  it('does not know where in a grid the configuration stands', () => {
    const other = [...gridOf({ model_types: ['lasso', 'ridge'], horizons: [6, 1] }).cells()];
    const at = other.findIndex((c) => configHash(c) === configHash(cell));
    expect(at).toBeGreaterThan(0);
    expect(other[at]).toEqual(cell);
  });

  it('changes with every part of it', () => {
    const changed = [
      { modelType: 'lasso' },
      { encoder: 'absolute' as const },
      { symbol: 'USDJPY' },
      { timeframe: 'H4' as const },
      { daysHistory: 61 },
      { horizon: 2 },
      { indicatorTimeframes: {} },
      { hyperparameters: { alpha: 2 } },
    ].map((change) => configHash({ ...cell, ...change }));
    expect(new Set([configHash(cell), ...changed]).size).toBe(1 + changed.length);
  });
});
