import { describe, expect, it } from 'vitest';
import type { StrategyResultDto } from '../../engine/contract/dto/index.ts';
import { bestStrategy, strategyHeat, strategyLabel } from './strategies.ts';
import { detail, metrics, strategy } from './testing/run.ts';

/** 2 methods x 2 thresholds x 2 lookbacks; the Sharpe ratio of the selection is the index. */
const GRID: readonly StrategyResultDto[] = (['direct', 'recursive'] as const).flatMap((predictionMethod, m) =>
  [0.6, 0.7].flatMap((confidenceThreshold, t) =>
    [50, 100].map((lookbackWindow, l) => {
      const index = m * 4 + t * 2 + l;
      return strategy(index, {
        predictionMethod,
        confidenceThreshold,
        lookbackWindow,
        selection: metrics({ sharpe: index, trades: index === 5 ? 0 : 20 }),
        regimes: [metrics({ sharpe: -index })],
      });
    }),
  ),
);

describe('strategyHeat', () => {
  const heat = strategyHeat(GRID, (m) => m.sharpe, 'selection');

  it('has methods down, and thresholds with their lookbacks across', () => {
    expect(heat.rows).toEqual(['Direct · mean', 'Recursive · mean']);
    expect(heat.columns.map(({ group, label }) => `${group}: ${label}`)).toEqual([
      'Confidence threshold 0.6: 50',
      'Confidence threshold 0.6: 100',
      'Confidence threshold 0.7: 50',
      'Confidence threshold 0.7: 100',
    ]);
  });

  it('puts each strategy into its cell, and nothing where there was no trade', () => {
    expect(heat.values).toEqual([
      [0, 1, 2, 3],
      [4, null, 6, 7],
    ]);
    expect(heat.cellOf(GRID[6]!)).toEqual([1, 2]);
  });

  it('does not depend on the order of the strategies but for that of the rows', () => {
    const reversed = strategyHeat([...GRID].reverse(), (m) => m.sharpe, 0);
    expect(reversed.rows).toEqual(['Recursive · mean', 'Direct · mean']);
    expect(reversed.columns).toEqual(heat.columns);
    expect(reversed.values[1]!.map((value) => -(value ?? 0))).toEqual([0, 1, 2, 3]);
  });
});

describe('bestStrategy', () => {
  it('is the one with the highest Sharpe ratio of the selection', () => {
    expect(bestStrategy(detail({ strategies: GRID }))?.index).toBe(7);
    expect(bestStrategy(detail({ strategies: [] }))).toBeUndefined();
  });
});

describe('strategyLabel', () => {
  it('says all four parts', () => {
    expect(strategyLabel(GRID[1]!)).toBe('Direct, mean, confidence threshold 0.6, lookback 100');
  });
});
