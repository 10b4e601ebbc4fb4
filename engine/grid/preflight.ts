import type { Configuration } from '../contract/configuration.ts';
import type { ClassSharesDto } from '../contract/dto/index.ts';
import { EngineError, type Problem, type Remedy } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { warmupBars } from '../features/warmup.ts';
import type { Candles } from '../market/candles.ts';
import { dayText } from '../market/time/time-text.ts';
import { canSplit, memberSplits } from '../models/members.ts';
import type { RowRange } from '../models/model.ts';
import { rowsWithin, settledRows, type WindowDays, windowsBefore } from '../pipeline/windows.ts';
import { createClassCounter, hasClasses } from './class-counts.ts';
import { type ClassShares, createClassShares, NO_CLASSES, tooFewText } from './class-shares.ts';
import type { Grid, ListedAxis } from './grid.ts';

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
  /** Why candles can't be traded: nothing says what that costs. */
  costsObstacle(candles: Candles): string | undefined;
  /** Told of each market that has bars in its windows, while its candles are in memory. */
  look?(candles: Candles, asOf: number): void;
  readonly windows: WindowDays;
  /** Of a configuration with so many days of history. */
  trainingDays(daysHistory: number): number;
  readonly members: number;
}

/** What would make configurations of a grid impossible. */
export interface Preflight {
  /** What has to be put right: candles that are not there, costs that nobody knows. */
  readonly problems: readonly Problem[];
  /** What candles are too short for, which may be left out; each problem says so. */
  readonly tooShort: readonly Problem[];
  /** Indices of the cells that this is true of, and how many they are. */
  readonly impossible: Pick<ReadonlySet<number>, 'has' | 'size'>;
  /** Of targets with classes, what these hold. */
  readonly classes: ClassSharesDto;
}

/**
 * Everything that would make a configuration of the grid impossible, found before anything starts: each problem names
 * the field of the grid to change. Cells differ in model and hyper-parameters without difference here, so one cell for
 * every symbol, timeframe, encoder, days and horizon is looked at; and of a million of these each check is made once for
 * all that have in common what it looks at.
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
      const candles = data.load(symbol, timeframe);
      if (candles === undefined) {
        report(
          `timeframes[${j}]`,
          `${symbol} has no candles for ${timeframe}: neither that timeframe nor a shorter one is stored.`,
          'import-candles',
        );
        continue;
      }
      const obstacle = data.costsObstacle(candles);
      if (obstacle !== undefined) report(`symbols[${i}]`, obstacle, 'set-costs');
    }
  }
  if (problems.size > 0)
    return { problems: [...problems.values()], tooShort: [], impossible: new Set(), classes: NO_CLASSES };
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
  const combinations = grid.size / variants.length;
  const fails = new Uint8Array(combinations);
  const evaluated = createEvaluated(data);
  const counter = createClassCounter({
    daysHistory: grid.axes.daysHistory,
    members: data.members,
    load: data.load,
    trainingRows: (candles, asOf, days) =>
      rowsWithin(candles, windowsBefore(asOf, data.windows, data.trainingDays(days)).training),
  });
  const shares = createClassShares(counter);
  const told: Report = (path, message) => {
    if (problems.size < MOST_TOLD) report(path, message(), 'skip-impossible');
  };
  const checks = checksOf(grid).map((check) =>
    onceFor({ grid, data, evaluated, shares, report: told }, check),
  );
  const passesAll = (index: number, end: SymbolEnd): boolean => {
    for (const passes of checks) if (!passes(index, end)) return false;
    return true;
  };
  let failing = 0;
  for (let i = 0; i < combinations; i++) {
    const index = i * variants.length;
    const end = ends.get(symbols[grid.placeOf('symbol', index)]!);
    if (end === undefined || passesAll(index, end)) continue;
    fails[i] = 1;
    failing++;
  }
  const impossible = {
    size: failing * variants.length,
    has: (index: number) => fails[Math.floor(index / variants.length)] === 1,
  };
  return { problems: toPutRight, tooShort: [...problems.values()], impossible, classes: shares.all() };
}

/** More things that candles are too short for are counted, but nobody reads them. */
const MOST_TOLD = 1000;

/** The message is made where it is read. */
type Report = (path: string, message: () => string) => void;

/** What all checks of a grid have. */
interface Subject {
  readonly grid: Grid;
  readonly data: PreflightData;
  readonly evaluated: ReturnType<typeof createEvaluated>;
  readonly shares: ClassShares;
  readonly report: Report;
}

/** One thing that candles may be too short for. */
interface Check {
  /** All that it looks at. */
  readonly axes: readonly ListedAxis[];
  /** Reports what is wrong. */
  readonly of: (subject: Subject, cell: Configuration, end: SymbolEnd) => void;
}

const UNKNOWN = 0;
const PASSES = 1;
const FAILS = 2;

/** Whether the cell at a position passes a check: found out once for all cells that the check can't tell apart. */
function onceFor(subject: Subject, { axes, of }: Check): (index: number, end: SymbolEnd) => boolean {
  const { grid } = subject;
  const counts = axes.map((axis) => grid.axes[axis].length);
  const known = new Uint8Array(counts.reduce((product, count) => product * count, 1));
  let at = 0;
  const noting: Subject = {
    ...subject,
    report(path, message) {
      known[at] = FAILS;
      subject.report(path, message);
    },
  };
  return (index, end) => {
    at = 0;
    for (let a = 0; a < axes.length; a++) at = at * counts[a]! + grid.placeOf(axes[a]!, index);
    if (known[at] === UNKNOWN) {
      known[at] = PASSES;
      of(noting, grid.cell(index), end);
    }
    return known[at] === PASSES;
  };
}

interface Evaluated {
  readonly candles: Candles;
  readonly trainingRows: RowRange;
  /** ms UTC */
  readonly start: number;
  readonly selection: RowRange;
  readonly holdout: RowRange;
}

/** The windows of a cell, and their rows. They are asked for of one series and number of days after the other. */
function createEvaluated(data: PreflightData): (cell: Configuration, asOf: number) => Evaluated {
  let last: { readonly of: Candles; readonly asOf: number; readonly days: number } | undefined;
  let evaluated: Evaluated;
  return ({ symbol, timeframe, daysHistory: days }, asOf) => {
    const candles = data.load(symbol, timeframe)!;
    if (last?.of === candles && last.asOf === asOf && last.days === days) return evaluated;
    const { training, evaluation } = windowsBefore(asOf, data.windows, data.trainingDays(days));
    const [selection, holdout] = evaluation.windows.map((window) => rowsWithin(candles, window)) as [
      RowRange,
      RowRange,
    ];
    last = { of: candles, asOf, days };
    evaluated = {
      candles,
      trainingRows: rowsWithin(candles, training),
      start: evaluation.start,
      selection,
      holdout,
    };
    return evaluated;
  };
}

const seriesOf = ({ symbol, timeframe }: Configuration) => `${symbol} ${timeframe}`;

function checkSeries(
  { grid, data, evaluated, report }: Subject,
  cell: Configuration,
  clock: SymbolEnd,
): void {
  const { symbol, timeframe } = cell;
  const { asOf, newest, newestSeries } = clock;
  const { candles, start, selection, holdout } = evaluated(cell, asOf);
  const series = seriesOf(cell);
  const end = candles.time[candles.length - 1]! + timeframeMs(timeframe);
  if (end <= start) {
    report(
      `timeframes[${grid.axes.timeframe.indexOf(timeframe)}]`,
      () =>
        `${series} ends on ${dayText(end)}, before its selection window begins on ${dayText(start)}: windows count back from ${dayText(asOf)} on all timeframes of ${symbol}, whose newest candle (${newestSeries}) is of ${dayText(newest)}. Import newer ${timeframe} candles.`,
    );
    return;
  }
  const { holdoutDays, selectionDays } = data.windows;
  if (selection.from === 0 || holdout.to === holdout.from || selection.to === selection.from) {
    report(
      `symbols[${grid.axes.symbol.indexOf(symbol)}]`,
      () =>
        `${series} has ${span(candles)} of candles; ${holdoutDays} days of holdout up to ${dayText(asOf)} and ${selectionDays} of selection before them come first, and training needs more before ${dayText(start)}.`,
    );
    return;
  }
  data.look?.(candles, asOf);
}

function checkDays({ grid, data, evaluated, report }: Subject, cell: Configuration, end: SymbolEnd): void {
  const { daysHistory } = cell;
  const { candles, start, trainingRows } = evaluated(cell, end.asOf);
  const { earliest, warmup, timeframe: slowest } = slowestWarmup(cell, data);
  if (earliest <= candles.time[trainingRows.from]!) return;
  const begin = candles.time[0]!;
  const { holdoutDays, selectionDays } = data.windows;
  const possible = Math.floor((start - earliest) / DAY_MS);
  report(
    `days_history[${grid.axes.daysHistory.indexOf(daysHistory)}]`,
    () =>
      `${seriesOf(cell)} can't give ${data.trainingDays(daysHistory)} days of training: of its ${span(candles)}, ${holdoutDays} days up to ${dayText(end.asOf)} are holdout, ` +
      `${selectionDays} before them selection, and ${warmup} ${slowest} bars warm the indicators up. ` +
      (possible >= 5 && data.trainingDays(daysHistory) === daysHistory
        ? `Use at most ${possible} days, or import candles from before ${dayText(begin)}.`
        : `Import candles from before ${dayText(begin)}.`),
  );
}

const horizonField = ({ grid }: Subject, { horizon }: Configuration) =>
  `horizons[${grid.axes.horizon.indexOf(horizon)}]`;

function checkSelection(subject: Subject, cell: Configuration, { asOf }: SymbolEnd): void {
  const { horizon } = cell;
  const { selection } = subject.evaluated(cell, asOf);
  const bars = selection.to - selection.from;
  if (horizon + 2 <= bars) return;
  subject.report(
    horizonField(subject, cell),
    () =>
      `${horizon} bars do not fit into the selection window of ${seriesOf(cell)}, which has ${bars} bars.`,
  );
}

function checkMembers(subject: Subject, cell: Configuration, { asOf }: SymbolEnd): void {
  const { daysHistory, horizon } = cell;
  const { members } = subject.data;
  const rows = settledRows(subject.evaluated(cell, asOf).trainingRows, horizon);
  if (canSplit(rows, members, horizon)) return;
  subject.report(horizonField(subject, cell), () => {
    try {
      memberSplits(rows, members, horizon);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return `${seriesOf(cell)} with ${daysHistory} days: ${error.message}`;
    }
    throw new EngineError('internal', `Expected ${rows.to - rows.from} rows to be too few.`);
  });
}

function checkClasses({ grid, shares, report }: Subject, cell: Configuration, { asOf }: SymbolEnd): void {
  const tooFew = shares.of(cell, asOf);
  if (tooFew === undefined) return;
  const field = `targets[${grid.axes.target.indexOf(cell.target)}]`;
  report(field, () => tooFewText(cell, tooFew));
}

/** In the order in which they are made of each cell: one that fails is not looked at further. */
const CHECKS: readonly Check[] = [
  { axes: ['symbol', 'timeframe'], of: checkSeries },
  { axes: ['symbol', 'timeframe', 'encoder', 'daysHistory'], of: checkDays },
  { axes: ['symbol', 'timeframe', 'horizon'], of: checkSelection },
  { axes: ['symbol', 'timeframe', 'daysHistory', 'horizon'], of: checkMembers },
];

const OF_CLASSES: Check = {
  axes: ['symbol', 'timeframe', 'daysHistory', 'horizon', 'target'],
  of: checkClasses,
};

function checksOf({ axes }: Grid): readonly Check[] {
  return axes.target.some(hasClasses) ? [...CHECKS, OF_CLASSES] : CHECKS;
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
