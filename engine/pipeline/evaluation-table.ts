import { METRICS, type MetricName } from '../backtest/metrics.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { EVALUATION_WINDOWS, type EvaluationWindow } from './evaluation-span.ts';

/** Segment of a table that holds the figures of all bars; regime r is segment r + 1. */
export const ALL_BARS = 0;

/**
 * Figures of every strategy of one model. `values` is laid out [strategy][window][segment][metric], the last changing
 * fastest: windows as EVALUATION_WINDOWS, segments all bars and then each of `regimeNames`, metrics as METRICS.
 */
export interface EvaluationTable {
  readonly strategies: readonly Strategy[];
  readonly regimeNames: readonly string[];
  readonly values: Float64Array;
}

/** Number of values of a table. */
export function tableSize(strategies: number, regimes: number): number {
  return rowIndex(regimes, strategies, 0);
}

/** Index of the first of the figures of one strategy in one window (position in EVALUATION_WINDOWS). */
export function rowIndex(regimes: number, strategy: number, window: number): number {
  return (strategy * EVALUATION_WINDOWS.length + window) * (1 + regimes) * METRICS.length;
}

/** One figure of a table; `segment` is ALL_BARS or 1 + the regime's index. */
export function metricOf(
  table: EvaluationTable,
  strategy: number,
  window: EvaluationWindow,
  segment: number,
  metric: MetricName,
): number {
  const row = rowIndex(table.regimeNames.length, strategy, EVALUATION_WINDOWS.indexOf(window));
  return table.values[row + segment * METRICS.length + METRICS.indexOf(metric)]!;
}
