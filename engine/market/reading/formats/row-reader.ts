import type { BarCollector } from './bar-collector.ts';
import type { BarReader, TableLayout } from './format.ts';
import { LineSplitter, type LineTaker, lineText } from './line-splitter.ts';
import { NumberCell } from './number-cell.ts';
import { RowCells } from './row-cells.ts';
import { RowFilter, type WantedRows } from './row-marks.ts';
import { RowStamp } from './row-stamp.ts';
import { StrayLines } from './stray-lines.ts';

/** Instead of a reason why a row is bad: it is none of those asked for. */
export const NOT_WANTED = '';
/** The same: it is one of a table, without a price. */
export const NO_PRICE = 'no price';

/**
 * Cuts a delimited text, UTF-8 bytes in pieces of any size, into rows, and tells titles, footers and rows that are bad from them. Works on bytes
 * throughout: no string or object is made for a line that is in order. Line numbers count every line of the file from 1.
 */
export abstract class RowReader implements BarReader, LineTaker {
  readonly lines = new LineSplitter(this);
  readonly strays: StrayLines;
  readonly stamp: RowStamp;
  readonly filter: RowFilter;
  protected readonly layout: TableLayout;
  protected readonly collector: BarCollector;
  protected readonly cells: RowCells;
  protected readonly number: NumberCell;
  /** Decimals of the row's prices. */
  protected digits = 0;
  private readonly hidden: number;

  constructor(
    layout: TableLayout,
    collector: BarCollector,
    toUtc: (localMs: number) => number,
    wanted: WantedRows,
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
    const reason = this.row(shown, bytes, from, to);
    if (reason === undefined) {
      this.strays.settle();
      this.collector.countDecimals(this.digits);
    } else if (reason === NO_PRICE) this.strays.empty++;
    else if (reason !== NOT_WANTED) this.strays.take(shown, lineText(bytes, from, to), reason);
  }

  /** Reads one row, or returns what is wrong with its line. */
  protected abstract row(line: number, bytes: Uint8Array, from: number, to: number): string | undefined;
}
