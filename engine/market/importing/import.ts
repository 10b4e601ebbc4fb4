import { basename } from 'node:path';
import type { CountedIn, FileInspection } from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import type { SpreadUnit } from '../../contract/spread-unit.ts';
import { readTimeframe, type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import type { WeekendRule } from '../../contract/weekend-days.ts';
import type { Candles } from '../candles.ts';
import { parseSymbol } from '../instruments/symbol.ts';
import { apartNote, fileNamingNote, marketInFileName } from '../instruments/symbol-names.ts';
import { tradingFigures } from '../instruments/trading-figures.ts';
import type { BadLine } from '../reading/formats/bar-collector.ts';
import { guessPriceScale, type PriceScale, unscale } from '../reading/price-scale.ts';
import {
  type AppliedTimeZone,
  type FileSeries,
  type ReadOptions,
  readSeries,
} from '../reading/read-series.ts';
import { type SettledZone, settleZone } from '../reading/settle-zone.ts';
import type { BarColumns } from '../reading/sort-bars.ts';
import { type AppliedSpreadUnit, settleSpreads } from '../reading/spread-unit.ts';
import { isTradingBar } from '../time/calendar.ts';
import { describeSpacing, spacingRefusal, timeframeOfSpacing, typicalSpacing } from '../time/spacing.ts';
import { refuseGridChange } from './one-grid.ts';
import { refuseGuess, type Unattended } from './unattended.ts';
import { finishedBars } from './unfinished-bar.ts';
import { settleWeekend, weekendStubNotes } from './weekend-days.ts';

export interface ImportOptions extends ReadOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** File prices are this many times the real ones; guessed from the symbol where it is not given. */
  readonly priceScale?: number | undefined;
  /** What spreads are written in; told from the format or the numbers where it is not given. */
  readonly spreadUnit?: SpreadUnit | undefined;
  /** What becomes of daily bars that hold the few hours of a weekend; kept, and said, where it is not given. */
  readonly weekend?: WeekendRule | undefined;
  readonly unattended?: Unattended | undefined;
}

export interface ImportResult {
  readonly candles: Candles;
  readonly format: string;
  readonly timezone: AppliedTimeZone;
  readonly priceScale: number;
  /** What the file's spreads were read as; undefined where it has none. */
  readonly spreadUnit: SpreadUnit | undefined;
  /** Rows of data in the file, good and bad. */
  readonly rows: number;
  readonly badRows: number;
  /** The first bad lines. */
  readonly badLines: readonly BadLine[];
  readonly countedIn: CountedIn;
  /** Rows that a later row with the same stamp replaced. */
  readonly duplicates: number;
  /** What the user should be told. */
  readonly notes: readonly string[];
}

/**
 * Reads a market data file of any known format into candles. Throws `invalid-input` for a bad symbol, zone or price scale,
 * or a timeframe that contradicts the data; otherwise as `readSeries`.
 */
export async function importFile(path: string, options: ImportOptions): Promise<ImportResult> {
  const symbol = parseSymbol(options.symbol);
  checkPriceScale(options.priceScale);
  const series = await readSeries(path, { ...options, series: { symbol, timeframe: options.timeframe } });
  const { hints } = series;
  if (!series.isTicks) checkTimeframe(path, options.timeframe, series.bars);
  const { timezone, notes: zoneNotes } = settledZone(path, series, symbol);
  if (options.unattended !== undefined) refuseGuess(path, timezone, series.bars, options.unattended);
  const { timeframe, weekend } = options;
  const finished = finishedBars(path, series.bars, { symbol, timeframe });
  const bars = timeframe === 'D1' ? settleWeekend(finished.bars, weekend ?? 'keep') : finished.bars;
  refuseGridChange(path, finished.bars.time, timeframe);
  const notes = [...series.notes, ...zoneNotes, ...finished.notes];
  if (hints.symbol !== undefined && !symbol.startsWith(hints.symbol.toUpperCase())) {
    notes.push(`The file names its symbol ${hints.symbol}; it was imported as ${symbol}.`);
  }
  const apart = apartNote(symbol);
  if (apart !== undefined) notes.push(apart);
  const { scale, note, isOther = false } = decidePriceScale(symbol, bars, options.priceScale);
  if (isOther) throw otherMarket(path, note);
  if (note !== undefined) notes.push(note);
  const spreads = settleSpreadsOf(path, { ...series, bars }, symbol, scale, options.spreadUnit);
  notes.push(...spreads.notes);
  if (scale !== 1) {
    for (const column of ['open', 'high', 'low', 'close'] as const) unscale(bars[column], scale);
  }
  if (timeframe === 'D1') notes.push(...weekendStubNotes(finished.bars, weekend));
  notes.push(...weekendNotes({ bars, timezone }, timeframe), ...volumeNotes(bars));
  return {
    candles: { symbol, timeframe, ...bars, synthetic: false },
    format: series.format,
    timezone,
    priceScale: scale,
    spreadUnit: spreads.unit,
    rows: series.rows,
    badRows: series.badRows,
    badLines: series.badLines,
    countedIn: series.countedIn,
    duplicates: series.duplicates,
    notes,
  };
}

/** How a file that is looked at is read. */
export interface InspectOptions extends ReadOptions, Pick<ImportOptions, 'spreadUnit' | 'weekend'> {
  /** What it is taken for, where neither its content nor its name says so; of a file of several series, which one. */
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
}

/** Reads a whole file and tells what it is, without importing it. Throws as `readSeries`. */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<FileInspection> {
  const series = await readSeries(path, {
    ...options,
    series: { symbol: options.symbol, timeframe: options.timeframe },
  });
  const { bars, hints } = series;
  const name = basename(path);
  const spacing = series.isTicks ? undefined : typicalSpacing(bars.time);
  const oddSpacing =
    spacing === undefined || timeframeOfSpacing(spacing) !== undefined ? undefined : spacingRefusal(spacing);
  const whichBars = series.isTicks && options.timeframe === undefined ? WHICH_BARS : undefined;
  const told = {
    symbol: hints.symbol?.toUpperCase(),
    timeframe: series.isTicks ? undefined : (timeframeOfSpacing(spacing) ?? hints.timeframe),
  };
  const named = {
    symbol: marketInFileName(name),
    timeframe: timeframeInName(name),
    note: fileNamingNote(name),
  };
  const symbol = options.symbol ?? told.symbol ?? named.symbol;
  const timeframe = told.timeframe ?? (series.isTicks ? options.timeframe : undefined) ?? named.timeframe;
  const { timezone, notes: zoneNotes } = unlessRefused(
    () => settledZone(path, series, symbol),
    (note) => ({
      timezone: series.timezone,
      notes: [note],
    }),
  );
  const { scale, note } = symbol === undefined ? { scale: 1 } : decidePriceScale(symbol, bars, undefined);
  const spreads = unlessRefused(
    () => settleSpreadsOf(path, series, symbol, scale, options.spreadUnit),
    (note) => ({
      unit: undefined,
      notes: [note],
    }),
  );
  return {
    format: series.format,
    title: series.title,
    timezone,
    priceScale: scale,
    spreadUnit: spreads.unit,
    symbol,
    timeframe,
    trading: tradingFigures(bars, symbol),
    oddSpacing: oddSpacing ?? whichBars,
    columns: series.columns,
    firstLines: series.firstLines,
    bars: bars.length,
    first: new Date(bars.time[0]!).toISOString(),
    last: new Date(bars.time[bars.length - 1]!).toISOString(),
    badRows: series.badRows,
    problems: series.badLines,
    countedIn: series.countedIn,
    duplicates: series.duplicates,
    notes: [
      ...(whichBars === undefined ? [] : [whichBars]),
      ...series.notes,
      ...(hints.symbol === undefined && named.note !== undefined ? [named.note] : []),
      ...zoneNotes,
      ...unlessRefused(
        () => gridNotes(path, bars.time, timeframe),
        (note) => [note],
      ),
      ...(note === undefined ? [] : [note]),
      ...spreads.notes,
      ...(timeframe === undefined && oddSpacing !== undefined ? [oddSpacing] : []),
      ...(timeframe === 'D1' ? weekendStubNotes(bars, options.weekend) : []),
      ...(timeframe === undefined ? [] : weekendNotes({ bars, timezone }, timeframe)),
      ...volumeNotes(bars),
    ],
    told,
    named,
    held: series.marks,
  };
}

/** None; throws as `refuseGridChange`. */
function gridNotes(path: string, time: Float64Array, timeframe: Timeframe | undefined): string[] {
  if (timeframe !== undefined) refuseGridChange(path, time, timeframe);
  return [];
}

const WHICH_BARS =
  'The file holds ticks, not bars: it is shown as M1. Say which bars to make of them when importing, M1 to H1.';

function checkPriceScale(scale: number | undefined): void {
  if (scale === undefined || (Number.isFinite(scale) && scale > 0)) return;
  throw new EngineError('invalid-input', `The price scale must be a positive number, not ${scale}.`);
}

function decidePriceScale(symbol: string, bars: BarColumns, given: number | undefined): PriceScale {
  const guess = guessPriceScale(symbol, typicalPrice(bars.close));
  if (given === undefined) return guess;
  if (given === guess.scale || guess.scale === 1) return { scale: given };
  return { scale: given, note: `Prices look multiplied by ${guess.scale}, but ${given} was asked for.` };
}

function otherMarket(file: string, note = ''): EngineError {
  return new EngineError('invalid-input', `${file} was not imported. ${note}`, { file });
}

/** What an import would refuse for is told of a file that is only looked at. */
function unlessRefused<T>(settle: () => T, otherwise: (note: string) => T): T {
  try {
    return settle();
  } catch (error) {
    if (error instanceof EngineError) return otherwise(error.message);
    throw error;
  }
}

/** The zone that was given, or that the file or its weeks tell. */
function settledZone(file: string, { bars, timezone }: FileSeries, symbol: string | undefined): SettledZone {
  if (timezone.source !== 'default') return { timezone, notes: [] };
  return settleZone(file, symbol, bars.time, typicalSpacing(bars.time));
}

function settleSpreadsOf(
  file: string,
  { bars, spreadUnit: unit, digits }: FileSeries,
  symbol: string | undefined,
  scale: number,
  given: SpreadUnit | undefined,
): AppliedSpreadUnit {
  const price = typicalPrice(bars.close);
  return settleSpreads({ spread: bars.spread, unit, digits }, { file, symbol, price, scale, given });
}

/** Median of the first, middle and last close, which no single bad price can move far. */
function typicalPrice(close: Float64Array): number {
  const last = close.length - 1;
  return [close[0]!, close[last >> 1]!, close[last]!].sort((a, b) => a - b)[1]!;
}

function checkTimeframe(path: string, timeframe: Timeframe, bars: BarColumns): void {
  const spacing = typicalSpacing(bars.time);
  if (spacing === undefined || spacing === timeframeMs(timeframe)) return;
  const found = timeframeOfSpacing(spacing);
  const [first, second] = Array.from(bars.time.subarray(0, 2), (ms) =>
    new Date(ms).toISOString().slice(0, 16).replace('T', ' '),
  );
  const advice =
    found === undefined
      ? spacingRefusal(spacing)
      : `They are ${describeSpacing(spacing)} apart. If that is how the stamps are meant, the first two being ${first} and ${second}, it holds ${found}; if not, set the date order or say what the columns are.`;
  throw new EngineError('invalid-input', `${path} does not hold ${timeframe} bars. ${advice}`, {
    file: path,
    found,
  });
}

/** `EURUSD_H1.csv`, `USDJPYh1.csv` -> H1. */
function timeframeInName(name: string): Timeframe | undefined {
  for (const [word] of name.matchAll(/(?:[mhdw]\d{1,4}|\d{1,4}(?:min|wk|[mhdw]))(?![a-z0-9])/gi)) {
    const timeframe = readTimeframe(word);
    if (timeframe !== undefined) return timeframe;
  }
  return undefined;
}

function volumeNotes({ volume }: BarColumns): string[] {
  if (volume.some((value) => value > 0)) return [];
  return ['The file has no volume: rules of regimes that ask for it tell no bars apart there.'];
}

/** Some bars at the weekend, but fewer than a market that never closes has: most likely the time zone is wrong. */
function weekendNotes(
  { bars, timezone }: Pick<FileSeries, 'bars' | 'timezone'>,
  timeframe: Timeframe,
): string[] {
  if (timezone.source === 'stamp') return [];
  let outside = 0;
  for (let i = 0; i < bars.length; i++) if (!isTradingBar(bars.time[i]!, timeframe)) outside++;
  const share = outside / bars.length;
  if (share < 0.005 || share > 0.1) return [];
  return [
    `${outside} bars lie outside the trading week (Sunday to Friday 17:00 New York): ${timezone.name} may not be the zone of this file. Set the file's time zone.`,
  ];
}
