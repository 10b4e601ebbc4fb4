import { METRIC_INDEX, METRICS, type MetricName } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import type { Strategy } from '../inference/strategy-grid.ts';
import type { CellContender } from './contender-figure-names.ts';
import { EVALUATION_WINDOWS } from './evaluation-span.ts';
import { type CellLuck, SHAPE } from './luck.ts';

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
  /** Indices of the strategies that `values`, and the shapes of `luck`, are of, ascending, where they are not of all; see `tableOf`. */
  readonly of?: readonly number[] | undefined;
  /** The same as it is kept (`encodeResults`), where that was made already. */
  readonly encoded?: Uint8Array<ArrayBuffer> | undefined;
  /** Of these strategies, where it was measured. */
  readonly luck?: CellLuck | undefined;
  /** Of its contenders, where champions are chosen by what survives. */
  readonly contenders?: readonly CellContender[] | undefined;
}

/** A table with the figures of some of its strategies alone, by index and ascending; `encoded` stays what it is. */
export function tableOf(table: EvaluationTable, of: readonly number[]): EvaluationTable {
  const { values, regimeNames, windows, luck } = table;
  return {
    ...table,
    of,
    values: rowsOf(table, of, values, rowIndex(regimeNames.length, 1, 0, windows.length)),
    ...(luck && {
      luck: { ...luck, shapes: rowsOf(table, of, luck.shapes, luck.scopes.length * SHAPE.length) },
    }),
  };
}

/** Rows of `width` numbers a strategy, one after the other. */
function rowsOf(
  table: EvaluationTable,
  of: readonly number[],
  numbers: Float64Array,
  width: number,
): Float64Array {
  const rows = new Float64Array(of.length * width);
  of.forEach((strategy, to) => {
    const from = positionOf(table, strategy) * width;
    rows.set(numbers.subarray(from, from + width), to * width);
  });
  return rows;
}

/**
 * Where a strategy stands among those that a table has figures of.
 * @throws EngineError `internal` for one that it has none of
 */
export function positionOf(
  { of, strategies }: Pick<EvaluationTable, 'of' | 'strategies'>,
  strategy: number,
): number {
  if (of === undefined) return strategy;
  const position = of.indexOf(strategy);
  if (position >= 0) return position;
  throw new EngineError(
    'internal',
    `Expected the figures of strategy ${strategy} of ${strategies.length}, found those of ${of.join(', ')}.`,
  );
}

/** Indices of the strategies that a table has figures of, ascending. */
export function knownStrategies({
  of,
  strategies,
}: Pick<EvaluationTable, 'of' | 'strategies'>): readonly number[] {
  return of ?? strategies.map((_, index) => index);
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
  const first = rowAt(table, 0, window, 0) + METRIC_INDEX[metric];
  const stride = rowIndex(table.regimeNames.length, 1, 0, table.windows.length);
  return (strategy, segment) =>
    values[first + positionOf(table, strategy) * stride + segment * METRICS.length]!;
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
  return rowAt(table, positionOf(table, strategy), window, segment);
}

function rowAt(table: EvaluationTable, position: number, window: string, segment: number): number {
  const { regimeNames, windows } = table;
  const row = rowIndex(regimeNames.length, position, windows.indexOf(window), windows.length);
  return row + segment * METRICS.length;
}
