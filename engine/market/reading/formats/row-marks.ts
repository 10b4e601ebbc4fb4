import { columnFor } from './column-names.ts';
import type { RowCells } from './row-cells.ts';

/** Columns in which each row says of which series it is, and whether its bar is closed. */
export interface MarkColumns {
  readonly symbol?: number | undefined;
  readonly timeframe?: number | undefined;
  readonly complete?: number | undefined;
}

/** Rows that are taken, by the very text of their marks; undefined: all of them. */
export interface WantedRows {
  readonly symbol?: string | undefined;
  readonly timeframe?: string | undefined;
}

/** The mark columns of a header. */
export function markColumns(header: readonly string[]): MarkColumns {
  return {
    symbol: columnFor('symbol', header),
    timeframe: columnFor('timeframe', header),
    complete: columnFor('complete', header),
  };
}

const NOT_COMPLETE = /^(false|no|n|0)$/i;

/** Reads one mark column: which texts it has and how often. The text of the row before is compared first: neighbors share it. */
export class MarkColumn {
  /** Rows by text, in the order seen. */
  readonly counts = new Map<string, number>();
  private last = new Uint8Array(0);
  private lastText = '';

  /** The text of the cell in bytes[from, to). */
  read(bytes: Uint8Array, from: number, to: number): string {
    if (!this.isLast(bytes, from, to)) {
      this.last = bytes.slice(from, to);
      this.lastText = new TextDecoder().decode(this.last);
    }
    this.counts.set(this.lastText, (this.counts.get(this.lastText) ?? 0) + 1);
    return this.lastText;
  }

  private isLast(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== this.last.length || this.counts.size === 0) return false;
    for (let i = 0; i < this.last.length; i++) if (bytes[from + i] !== this.last[i]) return false;
    return true;
  }
}

/** Whether a cell says that its bar is not closed yet. */
function isUnfinished(text: string): boolean {
  return NOT_COMPLETE.test(text);
}

/** Which rows of a table are taken: those of the series that is asked for, their bar being closed. */
export class RowFilter {
  /** What the rows say that they are of. */
  readonly symbols = new MarkColumn();
  readonly timeframes = new MarkColumn();
  /** Rows left out because their bar was not closed yet. */
  unfinished = 0;
  private readonly completions = new MarkColumn();
  private readonly marks: MarkColumns | undefined;
  private readonly wanted: WantedRows;
  private readonly cells: RowCells;

  constructor(marks: MarkColumns | undefined, wanted: WantedRows, cells: RowCells) {
    this.marks = marks;
    this.wanted = wanted;
    this.cells = cells;
  }

  /** Of the row that was split last. */
  isWanted(bytes: Uint8Array): boolean {
    if (this.marks === undefined) return true;
    const { symbol, timeframe, complete } = this.marks;
    const { wanted } = this;
    const { starts, ends } = this.cells;
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
}
