import type { Configuration } from '../contract/configuration.ts';
import { EngineError, type Problem, type Remedy } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { warmupBars } from '../features/warmup.ts';
import type { Candles } from '../market/candles.ts';
import { memberSplits } from '../models/members.ts';
import type { RowRange } from '../models/model.ts';
import { rowsWithin, trainingRows, type WindowDays, windowsBefore } from '../pipeline/windows.ts';
import type { Grid } from './grid.ts';

const DAY_MS = 86_400_000;

export interface SymbolEnd {
  /** ms UTC */
  readonly asOf: number;
  readonly newest: number;
  readonly newestSeries: Timeframe;
}

/** What preflight knows of the workspace. */
export interface PreflightData {
  /** Symbols with any candles. */
  readonly symbols: readonly string[];
  /** Stored or resampled candles. */
  load(symbol: string, timeframe: Timeframe): Candles | undefined;
  /**
   * What a symbol's windows are counted back from, and when its newest bar closes, which is one of `newestSeries`.
   * @throws EngineError when its candles do not reach the date that was asked for
   */
  windowsEnd(symbol: string): SymbolEnd;
  readonly windows: WindowDays;
  readonly members: number;
}

/** What would make configurations of a grid impossible. */
export interface Preflight {
  /** What has to be put right: candles that are not there. */
  readonly problems: readonly Problem[];
  /** What candles are too short for, which may be left out; each problem says so. */
  readonly tooShort: readonly Problem[];
  /** Indices of the cells that this is true of. */
  readonly impossible: ReadonlySet<number>;
}

/**
 * Everything that would make a configuration of the grid impossible, found before anything starts: each problem names
 * the field of the grid to change. Cells differ in model and hyper-parameters without difference here, so one cell for
 * every symbol, timeframe, encoder, days and horizon is looked at.
 */
export function preflight(grid: Grid, data: PreflightData): Preflight {
  const problems = new Map<string, Problem>();
  const report = (path: string, message: string, remedy?: Remedy) => {
    problems.set(`${path}: ${message}`, { path, message, ...(remedy === undefined ? {} : { remedy }) });
  };
  const { symbol: symbols, timeframe: timeframes, variants } = grid.axes;
  for (const [i, symbol] of symbols.entries()) {
    if (!data.symbols.includes(symbol)) {
      const known =
        data.symbols.length === 0
          ? 'It has none yet.'
          : `It has ${data.symbols.join(', ')}.${didYouMean(symbol, data.symbols)}`;
      report(
        `symbols[${i}]`,
        `"${symbol}" has no candles in this workspace. ${known} Import some first.`,
        'import-candles',
      );
      continue;
    }
    for (const [j, timeframe] of timeframes.entries()) {
      if (data.load(symbol, timeframe) === undefined) {
        report(
          `timeframes[${j}]`,
          `${symbol} has no candles for ${timeframe}: neither that timeframe nor a shorter one is stored.`,
          'import-candles',
        );
      }
    }
  }
  const impossible = new Set<number>();
  if (problems.size > 0) return { problems: [...problems.values()], tooShort: [], impossible };
  const ends = new Map<string, SymbolEnd>();
  for (const [i, symbol] of symbols.entries()) {
    try {
      ends.set(symbol, data.windowsEnd(symbol));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      report(`symbols[${i}]`, error.message, error.details.remedy);
    }
  }
  const toPutRight = [...problems.values()];
  problems.clear();
  for (let first = 0; first < grid.size; first += variants.length) {
    const cell = grid.cell(first);
    const end = ends.get(cell.symbol);
    if (end === undefined) continue;
    let isPossible = true;
    checkCell(grid, cell, data, end, (path, message) => {
      isPossible = false;
      report(path, message, 'skip-impossible');
    });
    if (isPossible) continue;
    for (let variant = 0; variant < variants.length; variant++) impossible.add(first + variant);
  }
  return { problems: toPutRight, tooShort: [...problems.values()], impossible };
}

function checkCell(
  grid: Grid,
  cell: Configuration,
  data: PreflightData,
  { asOf, newest, newestSeries }: SymbolEnd,
  report: (path: string, message: string) => void,
): void {
  const { symbol, timeframe, daysHistory, horizon } = cell;
  const candles = data.load(symbol, timeframe)!;
  const series = `${symbol} ${timeframe}`;
  const { training, evaluation } = windowsBefore(asOf, data.windows, daysHistory);
  const [selection, holdout] = evaluation.windows.map((window) => rowsWithin(candles, window)) as [
    RowRange,
    RowRange,
  ];
  const begin = candles.time[0]!;
  const end = candles.time[candles.length - 1]! + timeframeMs(timeframe);
  if (end <= evaluation.start) {
    report(
      `timeframes[${grid.axes.timeframe.indexOf(timeframe)}]`,
      `${series} ends on ${dayText(end)}, before its selection window begins on ${dayText(evaluation.start)}: windows count back from ${dayText(asOf)} on all timeframes of ${symbol}, whose newest candle (${newestSeries}) is of ${dayText(newest)}. Import newer ${timeframe} candles.`,
    );
    return;
  }
  const { holdoutDays, selectionDays } = data.windows;
  const selectionBars = selection.to - selection.from;
  if (selection.from === 0 || holdout.to === holdout.from || selectionBars === 0) {
    report(
      `symbols[${grid.axes.symbol.indexOf(symbol)}]`,
      `${series} has ${span(candles)} of candles; ${holdoutDays} days of holdout up to ${dayText(asOf)} and ${selectionDays} of selection before them come first, and training needs more before ${dayText(evaluation.start)}.`,
    );
    return;
  }

  const startTime = candles.time[rowsWithin(candles, training).from]!;
  const { earliest, warmup, timeframe: slowest } = slowestWarmup(cell, data);
  if (earliest > startTime) {
    const possible = Math.floor((evaluation.start - earliest) / DAY_MS);
    report(
      `days_history[${grid.axes.daysHistory.indexOf(daysHistory)}]`,
      `${series} can't give ${daysHistory} days of training: of its ${span(candles)}, ${holdoutDays} days up to ${dayText(asOf)} are holdout, ` +
        `${selectionDays} before them selection, and ${warmup} ${slowest} bars warm the indicators up. ` +
        (possible >= 5
          ? `Use at most ${possible} days, or import candles from before ${dayText(begin)}.`
          : `Import candles from before ${dayText(begin)}.`),
    );
    return;
  }

  const horizonField = `horizons[${grid.axes.horizon.indexOf(horizon)}]`;
  if (horizon + 2 > selectionBars) {
    report(
      horizonField,
      `${horizon} bars do not fit into the selection window of ${series}, which has ${selectionBars} bars.`,
    );
    return;
  }
  try {
    memberSplits(trainingRows(candles, training, horizon), data.members, horizon);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    report(horizonField, `${series} with ${daysHistory} days: ${error.message}`);
  }
}

/** The timeframe whose indicators are ready last, and when: opening time of the first bar that may train, ms UTC. */
function slowestWarmup(cell: Configuration, data: PreflightData) {
  const ready = [...warmupBars(cell.encoder, cell.indicatorTimeframes, cell.timeframe)].map(
    ([timeframe, bars]) => {
      const { time, length } = data.load(cell.symbol, timeframe)!;
      // A higher bar counts once it is closed.
      const warmup = timeframe === cell.timeframe ? bars : bars + 1;
      return { timeframe, warmup, earliest: warmup < length ? time[warmup]! : Number.POSITIVE_INFINITY };
    },
  );
  return ready.reduce((slowest, next) => (next.earliest > slowest.earliest ? next : slowest));
}

function span(candles: Candles): string {
  const { time, length } = candles;
  const [first, last] = [time[0]!, time[length - 1]!];
  return `${Math.floor((last - first) / DAY_MS)} days (${length} bars, ${dayText(first)} to ${dayText(last)})`;
}

/** `2025-06-27` */
function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
