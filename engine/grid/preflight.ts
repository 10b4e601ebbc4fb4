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

/** What preflight knows of the workspace. */
export interface PreflightData {
  /** Symbols with any candles. */
  readonly symbols: readonly string[];
  /** Stored or resampled candles. */
  load(symbol: string, timeframe: Timeframe): Candles | undefined;
  readonly windows: WindowDays;
  readonly members: number;
}

/**
 * Everything that would make a configuration of the grid impossible, found before anything starts: each problem names
 * the field of the grid to change. Cells differ in model and hyper-parameters without difference here, so one cell for
 * every symbol, timeframe, encoder, days and horizon is looked at.
 */
export function preflight(grid: Grid, data: PreflightData): Problem[] {
  const problems = new Map<string, Problem>();
  const report = (path: string, message: string, remedy?: Remedy) => {
    problems.set(`${path}: ${message}`, { path, message, ...(remedy === undefined ? {} : { remedy }) });
  };
  const { symbols, timeframes, variants } = grid.axes;
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
  if (problems.size > 0) return [...problems.values()];
  for (let index = 0; index < grid.size; index += variants.length) {
    checkCell(grid, grid.cell(index), data, report);
  }
  return [...problems.values()];
}

function checkCell(
  grid: Grid,
  cell: Configuration,
  data: PreflightData,
  report: (path: string, message: string) => void,
): void {
  const { symbol, timeframe, daysHistory, horizon } = cell;
  const candles = data.load(symbol, timeframe)!;
  const series = `${symbol} ${timeframe}`;
  const end = candles.time[candles.length - 1]! + timeframeMs(timeframe);
  const { training, evaluation } = windowsBefore(end, data.windows, daysHistory);
  const [selection, holdout] = evaluation.windows.map((window) => rowsWithin(candles, window)) as [
    RowRange,
    RowRange,
  ];
  const { holdoutDays, selectionDays } = data.windows;
  const selectionBars = selection.to - selection.from;
  if (selection.from === 0 || holdout.to === holdout.from || selectionBars === 0) {
    report(
      `symbols[${grid.axes.symbols.indexOf(symbol)}]`,
      `${series} has ${span(candles)} of candles; ${holdoutDays} days of holdout and ${selectionDays} of selection come first, and training needs more before them.`,
    );
    return;
  }

  const startTime = candles.time[rowsWithin(candles, training).from]!;
  const { earliest, warmup, timeframe: slowest } = slowestWarmup(cell, data);
  if (earliest > startTime) {
    const possible = Math.floor((end - earliest) / DAY_MS) - holdoutDays - selectionDays;
    report(
      `days_history[${grid.axes.daysHistory.indexOf(daysHistory)}]`,
      `${series} can't give ${daysHistory} days of training: of its ${span(candles)}, ${holdoutDays} days are holdout, ` +
        `${selectionDays} selection, and ${warmup} ${slowest} bars warm the indicators up. ` +
        (possible >= 5
          ? `Use at most ${possible} days, or import earlier candles.`
          : 'Import earlier candles.'),
    );
    return;
  }

  const horizonField = `horizons[${grid.axes.horizons.indexOf(horizon)}]`;
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
  const days = Math.floor((candles.time[candles.length - 1]! - candles.time[0]!) / DAY_MS);
  return `${days} days (${candles.length} bars)`;
}
