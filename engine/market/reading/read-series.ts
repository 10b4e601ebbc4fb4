import { counted, grouped } from '../../contract/counted.ts';
import type { DateOrder } from '../../contract/date-order.ts';
import type { CountedIn } from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import type { StampMeaning } from '../../contract/table-words.ts';
import type { TextEncodingName } from '../../contract/text-encoding.ts';
import { findTimeZone, formatOffset, type TimeZone, UTC } from '../../contract/time-zone.ts';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { createLocalClock } from '../time/local-clock.ts';
import { typicalSpacing } from '../time/spacing.ts';
import { settleWeekDates, WEEK } from '../time/week-stamps.ts';
import { judgeDateOrder } from './date-order.ts';
import { type BadLine, BarCollector } from './formats/bar-collector.ts';
import type { BarReader, SeriesHints, TableLayout } from './formats/format.ts';
import type { Recognized } from './formats/index.ts';
import type { WantedRows } from './formats/row-marks.ts';
import type { TableOverrules } from './formats/sample.ts';
import { notesOnStrayLines } from './formats/stray-lines.ts';
import { TableReader } from './formats/table-reader.ts';
import { TickReader } from './formats/tick-reader.ts';
import { recognizeSource } from './recognize-source.ts';
import { refuseBadData, refuseMixedDates, refuseTooMany } from './refuse-rows.ts';
import { type FileMarks, hintsOfRows, notesOnMarks, wantedRows } from './series-of-file.ts';
import { type BarColumns, sortBars } from './sort-bars.ts';
import { type MarketSource, openMarketSource } from './source.ts';
import type { WrittenSpreads } from './spread-unit.ts';
import { toUtf8 } from './text-encoding.ts';
import { notesOnTicks, tickTimeframe } from './tick-series.ts';
import { writtenDates } from './written-dates.ts';

/** The zone a file's stamps were read in, and who said so. */
export interface AppliedTimeZone {
  readonly name: string;
  readonly source: 'format' | 'stamp' | 'given' | 'inferred' | 'default';
}

export interface ReadOptions extends TableOverrules {
  /** Of a file of several series, the one that is asked for. */
  readonly series?:
    | { readonly symbol?: string | undefined; readonly timeframe?: Timeframe | undefined }
    | undefined;
  /** Zone of stamps that carry no offset; overrules what the format says. */
  readonly timezone?: string | undefined;
  /** Of dates that are three short numbers; judged from the whole file where it is not given. */
  readonly dateOrder?: DateOrder | undefined;
  /** Whether stamps tell when a bar opened or when it closed; overrules what the format says. */
  readonly stamp?: StampMeaning | undefined;
  /** Told the share of the file that has been read, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** The bars of a file as they stand there, before symbol, timeframe and price scale are considered. */
export interface FileSeries {
  readonly format: string;
  readonly title: string;
  /** Their spreads are not in price units yet: see `settleSpreads`. */
  readonly bars: BarColumns;
  readonly spreadUnit: WrittenSpreads['unit'];
  /** Its rows are ticks: how long the bars are was asked for, and is M1 where it was not. */
  readonly isTicks: boolean;
  /** Decimals of the prices. */
  readonly digits: number;
  readonly timezone: AppliedTimeZone;
  /** Rows of data, good and bad. */
  readonly rows: number;
  readonly badRows: number;
  readonly badLines: readonly BadLine[];
  readonly countedIn: CountedIn;
  readonly duplicates: number;
  /** Names of the header; none where the file has no header. */
  readonly columns: readonly string[];
  /** The first lines of the file; none of a binary one. */
  readonly firstLines: readonly string[];
  readonly hints: SeriesHints;
  readonly notes: readonly string[];
  /** The series that its rows say they are of. */
  readonly marks: FileMarks;
}

const EMPTY: ReturnType<typeof sortBars> = {
  columns: sortBars(new BarCollector(0), '').columns,
  duplicates: 0,
};

const FIRST_LINES = 5;

/**
 * Recognizes a market data file by its content and reads all its bars, sorted and without duplicates.
 * Throws `file-unreadable`; `format-unknown`; `data-invalid` if the file is empty, truncated, holds no usable row or more than
 * 1 % bad ones; `invalid-input` for an unknown time zone.
 */
export async function readSeries(path: string, options: ReadOptions = {}): Promise<FileSeries> {
  const first = await readRows(path, options, {});
  const wanted = wantedRows(path, first.marks, options);
  return wanted === undefined ? first : await readRows(path, options, wanted);
}

/** All rows of a file, or those that are wanted. */
async function readRows(path: string, options: ReadOptions, wanted: WantedRows): Promise<FileSeries> {
  const given = options.timezone === undefined ? undefined : findTimeZone(options.timezone);
  const source = await openMarketSource(path);
  try {
    const { recognized, encoding, text } = recognizeSource(source, options, wanted.symbol);
    const { hints } = recognized.layout;
    const zone = given ?? (hints.timezone === undefined ? UTC : zoneOfFormat(hints.timezone, source.file));
    const ticks = recognized.kind === 'text' ? recognized.layout.ticks : undefined;
    const collector = new BarCollector(ticks === undefined ? expectedBars(source, recognized) : 0);
    const toUtc = createLocalClock(zone);
    const dateNotes: string[] = [];
    const markNotes: string[] = [];
    let marks: FileMarks = { symbols: [], timeframes: [] };
    let offsets: ReadonlySet<number> = new Set();
    if (recognized.kind === 'text') {
      const layout = await settledLayout(source, text, recognized.layout, encoding, options, dateNotes);
      const length = timeframeMs(tickTimeframe(source.file, ticks, options.series?.timeframe));
      const isWide = recognized.instruments.length > 0;
      const rows = isWide ? { ...wanted, symbol: undefined } : wanted;
      const reader =
        ticks === undefined
          ? new TableReader(layout, collector, toUtc, rows)
          : new TickReader(layout, ticks, length, collector, toUtc, rows);
      await feed(reader, collector, toUtf8(source.pieces(), encoding), source, options.onProgress);
      offsets = reader.stamp.offsets;
      refuseMixedDates(source.file, reader.stamp.shapes);
      marks = {
        symbols: isWide ? recognized.instruments : [...reader.filter.symbols.counts.keys()],
        timeframes: [...reader.filter.timeframes.counts.keys()],
        isWide,
      };
      markNotes.push(...notesOnMarks(reader.filter, wanted, marks), ...notesOnStrayLines(reader.strays));
      if (ticks !== undefined && reader instanceof TickReader) {
        markNotes.push(...notesOnTicks(source.file, ticks, collector, reader.leftOut));
      }
    } else {
      const reader = recognized.layout.reader(source.file, collector, toUtc);
      await feed(reader, collector, source.pieces(), source, options.onProgress);
    }
    refuseBadData(source, collector);
    // Rows of several series are told apart before any two of them are compared.
    const isMixed =
      Object.keys(wanted).length === 0 && (marks.symbols.length > 1 || marks.timeframes.length > 1);
    const { columns: bars, duplicates } = isMixed ? EMPTY : sortBars(collector, source.file);
    const notes = [...hints.notes, ...dateNotes, ...markNotes];
    if (collector.crossed > 0) {
      notes.push(
        `${grouped(collector.crossed)} of its rows have an ask below the bid, or a negative spread: their spread is left out.`,
      );
    }
    if (collector.zerosLost > 0) {
      notes.push(
        `${counted(collector.zerosLost, 'row')} ${collector.zerosLost === 1 ? 'has' : 'have'} prices without the zeros at their end (1.1 for 1.10000), as spreadsheets and some sites write them: no price is another by that, and a pip is taken from the decimals of most.`,
      );
    }
    const stamp = options.stamp ?? hints.stamp;
    const weeks = typicalSpacing(bars.time) === WEEK ? settleWeekDates(bars.time, zone, stamp) : undefined;
    const isSure = recognized.format.name.startsWith('metatrader');
    if (!isSure) notes.push(...(weeks?.notes ?? []));
    if (stamp === 'close' && weeks?.moved !== true) openInstead(source.file, bars.time);
    const timezone = appliedTimeZone(zone, given, hints, offsets, notes);
    return {
      format: recognized.format.name,
      title: recognized.format.title,
      bars,
      spreadUnit: recognized.kind === 'text' ? recognized.layout.spreadUnit : 'price',
      digits: collector.digits,
      timezone,
      isTicks: ticks !== undefined,
      rows: collector.rows,
      badRows: collector.badRows,
      badLines: collector.badLines,
      countedIn: recognized.kind === 'text' ? 'line' : 'row',
      duplicates,
      columns: recognized.kind === 'text' ? recognized.columns : [],
      firstLines: text === '' ? [] : text.split(/\r\n|\n|\r/).slice(0, FIRST_LINES),
      hints: hintsOfRows(hints, marks, wanted),
      notes,
      marks,
    };
  } finally {
    await source.close();
  }
}

/** The layout, with what the user or the whole file says about its dates. */
async function settledLayout(
  source: MarketSource,
  head: string,
  layout: TableLayout,
  encoding: TextEncodingName,
  { dateOrder: given }: ReadOptions,
  notes: string[],
): Promise<TableLayout> {
  const { dates, isSlashed } = await writtenDates(head, () => source.pieces(), encoding, layout);
  if (dates.length === 0) return layout;
  const { order, note } = judgeDateOrder(source.file, dates, { order: layout.dateOrder, isSlashed }, given);
  if (note !== undefined) notes.push(note);
  return { ...layout, dateOrder: order };
}

function zoneOfFormat(name: string, file: string): TimeZone {
  try {
    return findTimeZone(name);
  } catch (error) {
    throw new EngineError(
      'data-invalid',
      `${file} names the time zone "${name}", which is not known. Set the file's time zone.`,
      { file, remedy: 'set-time-zone' },
      error,
    );
  }
}

/** Stamps of closing times become those of opening times, in place: a bar opens one typical spacing before it closes. */
function openInstead(file: string, time: Float64Array): void {
  const spacing = typicalSpacing(time);
  if (spacing === undefined) {
    throw new EngineError(
      'data-invalid',
      `${file} has a single bar, stamped with its close: when it opened can not be told.`,
      { file },
    );
  }
  for (let i = 0; i < time.length; i++) time[i]! -= spacing;
}

function expectedBars(source: MarketSource, recognized: Recognized): number {
  if (recognized.kind === 'binary') return source.size / recognized.layout.bytesPerBar;
  let lines = 0;
  let before = 0x0a;
  for (const byte of source.head) {
    // Of lines that are empty there may be any number.
    if (isLineEnd(byte) && !isLineEnd(before)) lines++;
    before = byte;
  }
  // One in fifty more than the first rows promise: later prices and volumes may be shorter.
  return (source.size / source.head.length) * lines * 1.02;
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

async function feed(
  reader: BarReader,
  collector: BarCollector,
  pieces: AsyncIterable<Uint8Array>,
  source: MarketSource,
  onProgress: ReadOptions['onProgress'],
): Promise<void> {
  let done = 0;
  for await (const piece of pieces) {
    reader.feed(piece);
    refuseTooMany(source.file, Math.max(collector.rows, (reader.lineNumber ?? 0) / 2));
    done += piece.length;
    onProgress?.(Math.min(1, done / source.size));
  }
  reader.finish();
}

function appliedTimeZone(
  zone: TimeZone,
  given: TimeZone | undefined,
  hints: SeriesHints,
  offsets: ReadonlySet<number>,
  notes: string[],
): AppliedTimeZone {
  if (offsets.size > 0) {
    if (given !== undefined)
      notes.push(`Stamps carry their own offset from UTC; ${given.name} was not needed.`);
    const name = [...offsets].map((offset) => (offset === 0 ? 'UTC' : formatOffset(offset))).join(', ');
    return { name, source: hints.timezone === undefined ? 'stamp' : 'format' };
  }
  if (given !== undefined) {
    const expected = hints.timezone;
    if (expected !== undefined && findTimeZone(expected) !== given) {
      notes.push(`The format says ${expected}; stamps were read as ${given.name}, as asked.`);
    }
    return { name: given.name, source: 'given' };
  }
  if (hints.timezone !== undefined) return { name: zone.name, source: 'format' };
  return { name: 'UTC', source: 'default' };
}
