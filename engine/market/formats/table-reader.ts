import type { BarCollector } from './bar-collector.ts';
import type { BarReader, TableLayout } from './format.ts';
import { LineSplitter, type LineTaker, lineText } from './line-splitter.ts';
import { NumberCell, roundTo } from './number-cell.ts';
import { RowCells } from './row-cells.ts';
import { RowFilter, type WantedRows } from './row-marks.ts';
import { RowStamp } from './row-stamp.ts';
import { StrayLines } from './stray-lines.ts';

const DASH = 0x2d;
/** Instead of a reason why a row is bad: it is none of the bars asked for. */
const NOT_WANTED = '';
const NO_PRICE = 'no price';
const PRICE_NAMES = ['open', 'high', 'low', 'close'];
const NO_VALUE = /^(|-|null|nan|n\/a|na|none|<na>|#n\/a)$/i;

/**
 * Reads the bars of a delimited text, UTF-8 bytes in pieces of any size. Works on bytes throughout: no string or object
 * is made for a line that is in order. Line numbers count every line of the file from 1.
 */
export class TableReader implements BarReader, LineTaker {
  readonly lines = new LineSplitter(this);
  readonly strays: StrayLines;
  readonly stamp: RowStamp;
  readonly filter: RowFilter;
  private readonly layout: TableLayout;
  private readonly collector: BarCollector;
  private readonly hidden: number;
  private readonly cells: RowCells;
  private readonly number: NumberCell;
  private digits = 0;

  constructor(
    layout: TableLayout,
    collector: BarCollector,
    toUtc: (localMs: number) => number,
    wanted: WantedRows = {},
  ) {
    this.layout = layout;
    this.collector = collector;
    this.hidden = layout.hiddenLines ?? 0;
    this.strays = new StrayLines(collector);
    this.cells = new RowCells(layout.delimiter, layout.columns);
    this.filter = new RowFilter(layout.marks, wanted, this.cells);
    this.number = new NumberCell((layout.decimalComma ? ',' : '.').charCodeAt(0));
    this.stamp = new RowStamp(layout, this.cells, toUtc);
  }

  get lineNumber(): number {
    return this.lines.lineNumber;
  }

  feed(bytes: Uint8Array): void {
    this.lines.feed(bytes);
  }

  finish(): void {
    this.lines.finish();
  }

  longLine(line: number, text: string, most: number): void {
    if (line > this.layout.headerLines) {
      this.collector.reject(line - this.hidden, text, `the line is longer than ${most} bytes`);
    }
  }

  line(line: number, bytes: Uint8Array, from: number, to: number): void {
    if (line <= this.layout.headerLines) {
      this.strays.above(lineText(bytes, from, to));
      return;
    }
    if (this.cells.isBlank(bytes, from, to)) return;
    const shown = line - this.hidden;
    const reason = this.bar(shown, bytes, from, to);
    if (reason === undefined) {
      this.strays.settle();
      this.collector.countDecimals(this.digits);
    } else if (reason === NO_PRICE) this.strays.empty++;
    else if (reason !== NOT_WANTED) this.strays.take(shown, lineText(bytes, from, to), reason);
  }

  /** Reads one bar, or returns what is wrong with its line. */
  private bar(line: number, bytes: Uint8Array, from: number, to: number): string | undefined {
    const { layout, collector } = this;
    const cells = this.cells.split(bytes, from, to);
    if (cells !== layout.columns) return `${cells} columns instead of ${layout.columns}`;
    if (!this.filter.isWanted(bytes)) return NOT_WANTED;
    const time = this.stamp.read(bytes, line);
    if (Number.isNaN(time)) return this.stamp.fault(bytes);
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
    if (Number.isNaN(open + high + low + close)) return this.priceFault(bytes);
    const volume = layout.volume === undefined ? 0 : this.amount(bytes, layout.volume);
    if (Number.isNaN(volume)) return 'the volume can not be read';
    return collector.add(time, open, high, low, close, volume, spread);
  }

  private price(bytes: Uint8Array, column: number): number {
    const value = this.number.readQuote(bytes, this.cells.starts[column]!, this.cells.ends[column]!);
    if (this.number.decimals > this.digits) this.digits = this.number.decimals;
    return value;
  }

  /** A cell that may be empty. */
  private optional(bytes: Uint8Array, column: number, whenEmpty: number): number {
    const from = this.cells.starts[column]!;
    const to = this.cells.ends[column]!;
    return from === to ? whenEmpty : this.number.readQuote(bytes, from, to);
  }

  /** A volume, 0 where the cell is empty or a dash. */
  private amount(bytes: Uint8Array, column: number): number {
    const from = this.cells.starts[column]!;
    const to = this.cells.ends[column]!;
    if (from === to || (to === from + 1 && bytes[from] === DASH)) return 0;
    const value = this.number.readAmount(bytes, from, to);
    return Number.isNaN(value) && NO_VALUE.test(this.cells.text(bytes, column)) ? 0 : value;
  }

  /** Which price of a row can't be read; or that it has none at all, which says that nothing was traded. */
  private priceFault(bytes: Uint8Array): string {
    const { prices, ask = [] } = this.layout;
    const columns = [...prices, ...ask];
    if (columns.every((column) => NO_VALUE.test(this.cells.text(bytes, column)))) return NO_PRICE;
    const at = columns.findIndex((column) => Number.isNaN(this.price(bytes, column)));
    return `the ${at < 4 ? '' : 'ask '}${PRICE_NAMES[at % 4]} can not be read`;
  }
}
