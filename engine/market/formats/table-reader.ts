import type { BarCollector } from './bar-collector.ts';
import type { BarReader, TableLayout } from './format.ts';
import { NumberCell, roundTo } from './number-cell.ts';
import { isUnfinished, MarkColumn, type MarkColumns, type WantedRows } from './row-marks.ts';
import { StampCell } from './stamp-cell.ts';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x22;
const DASH = 0x2d;
const TEXT_KEPT = 200;
/** Instead of a reason why a row is bad: it is none of the bars asked for. */
const NOT_WANTED = '';
/** In bytes; a row of prices has a hundred. */
const LONGEST_LINE = 262_144;

/**
 * Reads the bars of a delimited text, UTF-8 bytes in pieces of any size. Works on bytes throughout: no string or object
 * is made for a line that is in order. Line numbers count every line of the file from 1.
 */
export class TableReader implements BarReader {
  /** Distinct offsets from UTC in ms that stamps carried, in the order seen. */
  readonly offsets = new Set<number>();
  /** Lines so far, blank ones included. */
  lineNumber = 0;
  /** What the rows say that they are of. */
  readonly symbols = new MarkColumn();
  readonly timeframes = new MarkColumn();
  /** Rows left out because their bar was not closed yet. */
  unfinished = 0;
  private readonly completions = new MarkColumn();
  private readonly wanted: WantedRows;
  private readonly layout: TableLayout;
  private readonly collector: BarCollector;
  private readonly toUtc: (localMs: number) => number;
  private readonly delimiter: number;
  private readonly number: NumberCell;
  private readonly stamp: StampCell;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private lastOffset = Number.NaN;
  private lineEnd = LINE_FEED;
  private digits = 0;
  /** The piece being read, and between pieces the first `held` bytes of a line that is not complete. */
  private buffer = new Uint8Array(0);
  private held = 0;
  private started = false;
  /** In the rest of a line that is too long. */
  private skipping = false;

  constructor(
    layout: TableLayout,
    collector: BarCollector,
    toUtc: (localMs: number) => number,
    wanted: WantedRows = {},
  ) {
    this.wanted = wanted;
    this.layout = layout;
    this.collector = collector;
    this.toUtc = toUtc;
    this.delimiter = layout.delimiter.charCodeAt(0);
    this.number = new NumberCell((layout.decimalComma ? ',' : '.').charCodeAt(0));
    this.stamp = new StampCell(layout.dateOrder);
    this.starts = new Int32Array(layout.columns);
    this.ends = new Int32Array(layout.columns);
  }

  feed(bytes: Uint8Array): void {
    if (!this.started) {
      this.started = true;
      if (!bytes.includes(LINE_FEED) && bytes.includes(RETURN)) this.lineEnd = RETURN;
    }
    this.hold(this.skipping ? this.afterLine(bytes) : bytes);
    const data = this.buffer.subarray(0, this.held);
    let from = 0;
    for (;;) {
      const end = data.indexOf(this.lineEnd, from);
      if (end < 0) break;
      this.line(data, from, end);
      from = end + 1;
    }
    this.buffer.copyWithin(0, from, this.held);
    this.held -= from;
    if (this.held > LONGEST_LINE) this.skipLine();
  }

  /** To hold it until it ends would take as much memory as it is long, and to look for its end each time far longer. */
  private skipLine(): void {
    this.lineNumber++;
    const text = new TextDecoder().decode(this.buffer.subarray(0, TEXT_KEPT));
    if (this.lineNumber > this.layout.headerLines) {
      this.collector.reject(this.lineNumber, text, `the line is longer than ${LONGEST_LINE} bytes`);
    }
    this.held = 0;
    this.skipping = true;
  }

  private afterLine(bytes: Uint8Array): Uint8Array {
    const end = bytes.indexOf(this.lineEnd);
    this.skipping = end < 0;
    return end < 0 ? bytes.subarray(0, 0) : bytes.subarray(end + 1);
  }

  finish(): void {
    if (this.held > 0) this.line(this.buffer, 0, this.held);
    this.held = 0;
  }

  /** Puts a piece behind what is left of the one before. */
  private hold(bytes: Uint8Array): void {
    const needed = this.held + bytes.length;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.buffer.subarray(0, this.held));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.held);
    this.held = needed;
  }

  private line(bytes: Uint8Array, from: number, lineEnd: number): void {
    this.lineNumber++;
    if (this.lineNumber <= this.layout.headerLines) return;
    const to = lineEnd > from && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    if (isBlank(bytes, from, to)) return;
    const reason = this.bar(bytes, from, to);
    if (reason === NOT_WANTED) return;
    if (reason === undefined) {
      this.collector.countDecimals(this.digits);
      return;
    }
    const text = new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + TEXT_KEPT)));
    this.collector.reject(this.lineNumber, text, reason);
  }

  /** Reads one bar, or returns what is wrong with its line. */
  private bar(bytes: Uint8Array, from: number, to: number): string | undefined {
    const { layout, collector } = this;
    const cells = this.split(bytes, from, to);
    if (cells !== layout.columns) return `${cells} columns instead of ${layout.columns}`;
    if (layout.marks !== undefined && !this.isWanted(bytes, layout.marks)) return NOT_WANTED;
    const time = this.time(bytes);
    if (Number.isNaN(time)) return 'the time stamp can not be read';
    this.digits = 0;
    const [o, h, l, c] = layout.prices;
    let open = this.price(bytes, o);
    let high = this.price(bytes, h);
    let low = this.price(bytes, l);
    let close = this.price(bytes, c);
    let spread = layout.spread === undefined ? Number.NaN : this.optional(bytes, layout.spread, Number.NaN);
    if (layout.ask !== undefined) {
      const [askOpen, askHigh, askLow, askClose] = layout.ask;
      const bidClose = close;
      // The middle of two prices needs one digit more than they have.
      open = (open + this.price(bytes, askOpen)) / 2;
      high = (high + this.price(bytes, askHigh)) / 2;
      low = (low + this.price(bytes, askLow)) / 2;
      const ask = this.price(bytes, askClose);
      const digits = this.digits + 1;
      open = roundTo(open, digits);
      high = roundTo(high, digits);
      low = roundTo(low, digits);
      close = roundTo((bidClose + ask) / 2, digits);
      spread = roundTo(ask - bidClose, digits);
    }
    if (Number.isNaN(open + high + low + close)) return 'a price can not be read';
    const volume = layout.volume === undefined ? 0 : this.amount(bytes, layout.volume);
    if (Number.isNaN(volume)) return 'the volume can not be read';
    return collector.add(time, open, high, low, close, volume, spread);
  }

  /** Whether a row is of the series that is asked for, and its bar closed. */
  private isWanted(bytes: Uint8Array, { symbol, timeframe, complete }: MarkColumns): boolean {
    const { starts, ends, wanted } = this;
    const read = (mark: MarkColumn, column: number) => mark.read(bytes, starts[column]!, ends[column]!);
    if (complete !== undefined && isUnfinished(read(this.completions, complete))) {
      this.unfinished++;
      return false;
    }
    const isOf = symbol === undefined ? undefined : read(this.symbols, symbol);
    const isLong = timeframe === undefined ? undefined : read(this.timeframes, timeframe);
    return (
      (wanted.symbol === undefined || wanted.symbol === isOf) &&
      (wanted.timeframe === undefined || wanted.timeframe === isLong)
    );
  }

  /** Opening time in ms UTC, from the stamp's own offset or else by the file's zone. */
  private time(bytes: Uint8Array): number {
    const { starts, ends, stamp } = this;
    const columns = this.layout.stamp;
    const date = columns[0];
    const clock = columns.length === 2 ? columns[1] : -1;
    const local =
      clock < 0
        ? stamp.read(bytes, starts[date]!, ends[date]!)
        : stamp.readPair(bytes, starts[date]!, ends[date]!, starts[clock]!, ends[clock]!);
    const offset = stamp.offset;
    if (Number.isNaN(local)) return local;
    if (Number.isNaN(offset)) return this.toUtc(local);
    if (offset !== this.lastOffset) {
      this.lastOffset = offset;
      this.offsets.add(offset);
    }
    return local - offset;
  }

  private price(bytes: Uint8Array, column: number): number {
    const value = this.number.readQuote(bytes, this.starts[column]!, this.ends[column]!);
    if (this.number.decimals > this.digits) this.digits = this.number.decimals;
    return value;
  }

  /** A cell that may be empty. */
  private optional(bytes: Uint8Array, column: number, whenEmpty: number): number {
    const from = this.starts[column]!;
    const to = this.ends[column]!;
    return from === to ? whenEmpty : this.number.readQuote(bytes, from, to);
  }

  /** A volume, 0 where the cell is empty or a dash. */
  private amount(bytes: Uint8Array, column: number): number {
    const from = this.starts[column]!;
    const to = this.ends[column]!;
    if (from === to || (to === from + 1 && bytes[from] === DASH)) return 0;
    return this.number.readAmount(bytes, from, to);
  }

  /** Finds the cells of a line, without blanks and quotes around them; returns how many there are. */
  private split(bytes: Uint8Array, from: number, to: number): number {
    const { delimiter, starts, ends } = this;
    const columns = this.layout.columns;
    let count = 0;
    let start = from;
    let quoted = false;
    let lastFilled = 0;
    for (let i = from; i <= to; i++) {
      const c = i < to ? bytes[i] : delimiter;
      if (c === QUOTE) quoted = !quoted;
      if (c !== delimiter || (quoted && i < to)) continue;
      let a = start;
      let b = i;
      while (a < b && (bytes[a] === BLANK || bytes[a] === QUOTE)) a++;
      while (b > a && (bytes[b - 1] === BLANK || bytes[b - 1] === QUOTE)) b--;
      if (count < columns) {
        starts[count] = a;
        ends[count] = b;
      }
      count++;
      if (b > a) lastFilled = count;
      start = i + 1;
    }
    // Delimiters at the end of the line open no columns.
    return count > columns ? Math.max(columns, lastFilled) : count;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== BLANK && bytes[i] !== 0x09) return false;
  return true;
}
