import { describe, expect, it } from 'vitest';
import { METRICS, type MetricName } from '../backtest/metrics.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import {
  ALL_BARS,
  type EvaluationTable,
  metricOf,
  rowIndex,
  tableSize,
} from '../pipeline/evaluation-table.ts';
import type { Champion } from '../selection/champion.ts';
import { COLUMN_OF, finite, HOLDOUT_COLUMN_OF } from './figure-columns.ts';
import { championOf, championRow, strategyRows } from './result-rows.ts';

const STRATEGIES = strategyGrid();
const REGIMES = ['rising', 'falling', 'unclassified'];

/** No two figures alike, so that one from the wrong place shows; Sharpe ratios fall and rise with the strategy. */
function exampleTable(): EvaluationTable {
  const values = Float64Array.from(
    { length: tableSize(STRATEGIES.length, REGIMES.length) },
    (_, i) => 1000 + i,
  );
  const sharpe = METRICS.indexOf('sharpe');
  STRATEGIES.forEach((_, s) => {
    values[rowIndex(REGIMES.length, s, 0) + sharpe] = Math.sin(s);
  });
  return { strategies: STRATEGIES, windows: ['selection', 'holdout'], regimeNames: REGIMES, values };
}

const CHAMPION: Champion = {
  symbol: 'EURUSD',
  timeframe: 'H1',
  regime: 'falling',
  runId: 9,
  strategyIndex: 80,
  score: 1.5,
  trades: 12,
  stale: null,
};

/** The columns of all metrics, by window, as the figures of one segment of the table have them. */
function figuresOf(table: EvaluationTable, strategy: number, segment: number): Record<string, number> {
  const of = (window: 'selection' | 'holdout', columns: Readonly<Record<string, string>>) =>
    Object.entries(columns).map(([metric, column]) => [
      column,
      metricOf(table, strategy, window, segment, metric as MetricName),
    ]);
  return Object.fromEntries([...of('selection', COLUMN_OF), ...of('holdout', HOLDOUT_COLUMN_OF)]);
}

describe('championRow', () => {
  it('holds the figures of its regime, on both windows', () => {
    const table = exampleTable();
    const row = championRow(CHAMPION, table, 123);
    const segment = 1 + REGIMES.indexOf('falling');
    const figures = figuresOf(table, 80, segment);
    expect(Object.keys(figures)).toHaveLength(METRICS.length + 8);
    expect(row).toMatchObject(figures);
    expect(row).toMatchObject({ run_id: 9, strategy_index: 80, score: 1.5, achieved_at: 123 });
    expect(championOf(row)).toEqual({ ...CHAMPION, trades: figures.trades });
  });
});

describe('strategyRows', () => {
  const table = exampleTable();
  const rows = strategyRows(table, [CHAMPION.strategyIndex]);

  it('are those of the ten best over all bars, and of champions', () => {
    const best = STRATEGIES.map((_, s) => s)
      .toSorted((a, b) => Math.sin(b) - Math.sin(a))
      .slice(0, 10);
    expect(best).not.toContain(80);
    expect(rows.map((row) => row.strategy_index)).toEqual([...best, 80].toSorted((a, b) => a - b));
    for (const { strategy_index, rank } of rows) {
      expect(rank).toBe(strategy_index === 80 ? null : 1 + best.indexOf(strategy_index));
    }
  });

  it('hold the figures of all bars', () => {
    for (const row of rows) {
      const s = row.strategy_index;
      expect(row).toMatchObject(figuresOf(table, s, ALL_BARS));
      expect(row).toMatchObject({
        prediction_method: STRATEGIES[s]!.predictionMethod,
        lookback_window: STRATEGIES[s]!.lookbackWindow,
      });
    }
  });
});

it('stores what is no number as null', () => {
  expect([NaN, Infinity, -Infinity, null, 0, -1.5].map(finite)).toEqual([null, null, null, null, 0, -1.5]);
});
