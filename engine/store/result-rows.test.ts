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
import type { Champion } from '../selection/decide.ts';
import { championOf, championRow, finite, strategyRows } from './result-rows.ts';

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
};

const COLUMNS: readonly [MetricName, string][] = [
  ['sharpe', 'sharpe'],
  ['maxDrawdown', 'max_drawdown'],
  ['winRate', 'win_rate'],
];

describe('championRow', () => {
  it('holds the figures of its regime, on both windows', () => {
    const table = exampleTable();
    const row = championRow(CHAMPION, table, 123);
    const segment = 1 + REGIMES.indexOf('falling');
    for (const [metric, column] of COLUMNS) {
      expect(row).toMatchObject({
        [column]: metricOf(table, 80, 'selection', segment, metric),
        [`holdout_${column}`]: metricOf(table, 80, 'holdout', segment, metric),
      });
    }
    expect(row).toMatchObject({ run_id: 9, strategy_index: 80, score: 1.5, trades: 12, achieved_at: 123 });
    expect(championOf(row)).toEqual(CHAMPION);
  });
});

describe('strategyRows', () => {
  const table = exampleTable();
  const rows = strategyRows(table, {
    added: [CHAMPION],
    champions: [CHAMPION],
    removed: [],
    released: [],
    decisions: [],
    keepArtifact: true,
  });

  it('are those of the ten best over all bars, and of champions', () => {
    const best = STRATEGIES.map((_, s) => s)
      .toSorted((a, b) => Math.sin(b) - Math.sin(a))
      .slice(0, 10);
    expect(best).not.toContain(80);
    expect(rows.map((row) => row.strategy_index)).toEqual([...best, 80].toSorted((a, b) => a - b));
  });

  it('hold the figures of all bars', () => {
    for (const row of rows) {
      const s = row.strategy_index;
      for (const [metric, column] of COLUMNS) {
        expect(row).toMatchObject({
          [column]: metricOf(table, s, 'selection', ALL_BARS, metric),
          [`holdout_${column}`]: metricOf(table, s, 'holdout', ALL_BARS, metric),
        });
      }
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
