import { METRIC_INDEX, METRICS, type MetricName } from '../backtest/metrics.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import type { CellContender } from './contender-figure-names.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';
import type { CellLuck } from './luck.ts';

/**
 * Segment of a table that holds the figures of a strategy that trades all bars. Segment r + 1 holds those of the strategy
 * that trades the signals of regime r and is flat on every other bar.
 */
export const ALL_BARS = 0;

/**
 * Figures of every strategy of one model. `values` is laid out [strategy][window][segment][metric], the last changing
 * fastest: windows as `windows`, segments all bars and then each of `regimeNames`, metrics as METRICS.
 */
export interface EvaluationTable {
  readonly strategies: readonly Strategy[];
  /** Names of the evaluated windows: of a grid's cell EVALUATION_WINDOWS. */
  readonly windows: readonly string[];
  /** Active ones; the unclassified rest is nothing to trade on. */
  readonly regimeNames: readonly string[];
  readonly values: Float64Array;
  /** The same as it is kept (`encodeResults`), where that was made already. */
  readonly encoded?: Uint8Array<ArrayBuffer> | undefined;
  /** Of these strategies, where it was measured. */
  readonly luck?: CellLuck | undefined;
  /** Of its contenders, where champions are chosen by what survives. */
  readonly contenders?: readonly CellContender[] | undefined;
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
  return table.values[segmentIndex(table, strategy, window, segment) + METRIC_INDEX[metric]]!;
}

/** `metricOf` of one metric in one window, for many strategies: where its figures stand is looked up once. */
export function metricReader(
  table: EvaluationTable,
  window: string,
  metric: MetricName,
): (strategy: number, segment: number) => number {
  const { values } = table;
  const first = segmentIndex(table, 0, window, 0) + METRIC_INDEX[metric];
  const stride = segmentIndex(table, 1, window, 0) - segmentIndex(table, 0, window, 0);
  return (strategy, segment) => values[first + strategy * stride + segment * METRICS.length]!;
}

/** `metricOf` of one segment of one strategy, for many metrics: where its rows begin is looked up once. */
export function rowReader(
  table: EvaluationTable,
  strategy: number,
  segment: number,
): (window: string, metric: MetricName) => number {
  const { values, windows } = table;
  const begins = windows.map((window) => segmentIndex(table, strategy, window, segment));
  return (window, metric) => values[begins[windows.indexOf(window)]! + METRIC_INDEX[metric]]!;
}

function segmentIndex(table: EvaluationTable, strategy: number, window: string, segment: number): number {
  const { regimeNames, windows } = table;
  const row = rowIndex(regimeNames.length, strategy, windows.indexOf(window), windows.length);
  return row + segment * METRICS.length;
}
