import { METRICS, type MetricName } from '../backtest/metrics.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';

/** Segment of a table that holds the figures of all bars; regime r is segment r + 1. */
export const ALL_BARS = 0;

/**
 * Figures of every strategy of one model. `values` is laid out [strategy][window][segment][metric], the last changing
 * fastest: windows as `windows`, segments all bars and then each of `regimeNames`, metrics as METRICS.
 */
export interface EvaluationTable {
  readonly strategies: readonly Strategy[];
  /** Names of the evaluated windows: of a grid's cell EVALUATION_WINDOWS. */
  readonly windows: readonly string[];
  readonly regimeNames: readonly string[];
  readonly values: Float64Array;
}

/** Number of values of a table. */
export function tableSize(
  strategies: number,
  regimes: number,
  windows: number = EVALUATION_WINDOWS.length,
): number {
  return rowIndex(regimes, strategies, 0, windows);
}

/** Index of the first of the figures of one strategy in one of so many windows. */
export function rowIndex(
  regimes: number,
  strategy: number,
  window: number,
  windows: number = EVALUATION_WINDOWS.length,
): number {
  return (strategy * windows + window) * (1 + regimes) * METRICS.length;
}

/** One figure of a table; `segment` is ALL_BARS or 1 + the regime's index. */
export function metricOf(
  table: EvaluationTable,
  strategy: number,
  window: string,
  segment: number,
  metric: MetricName,
): number {
  const row = rowIndex(
    table.regimeNames.length,
    strategy,
    table.windows.indexOf(window),
    table.windows.length,
  );
  return table.values[row + segment * METRICS.length + METRICS.indexOf(metric)]!;
}
