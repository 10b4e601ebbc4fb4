import type { TableLayout } from './format.ts';
import type { RowCells } from './row-cells.ts';
import { type DateShape, StampCell } from './stamp-cell.ts';
import { stampFault } from './stamp-fault.ts';

/** The line on which a date is first written in a way. */
export type ShapeLines = ReadonlyMap<DateShape, { readonly line: number; readonly text: string }>;

/** Reads the stamp of a row, be it in one cell or two, and remembers how stamps are written. */
export class RowStamp {
  /** Distinct offsets from UTC in ms that stamps carried, in the order seen. */
  readonly offsets = new Set<number>();
  readonly shapes = new Map<DateShape, { line: number; text: string }>();
  private readonly columns: TableLayout['stamp'];
  private readonly isOffsetFalse: boolean;
  private readonly cell: StampCell;
  private readonly cells: RowCells;
  private readonly toUtc: (localMs: number) => number;
  private lastOffset = Number.NaN;
  private lastShape: DateShape | undefined;

  constructor(layout: TableLayout, cells: RowCells, toUtc: (localMs: number) => number) {
    this.columns = layout.stamp;
    this.isOffsetFalse = layout.isOffsetFalse === true;
    this.cell = new StampCell(layout.dateOrder, layout.epochUnit, layout.clockDigits);
    this.cells = cells;
    this.toUtc = toUtc;
  }

  /** ms UTC, from the stamp's own offset or else by the file's zone; NaN where it can't be read. `line`: where it stands. */
  read(bytes: Uint8Array, line: number): number {
    const { starts, ends } = this.cells;
    const { columns, cell } = this;
    const date = columns[0];
    const local =
      columns.length === 1
        ? cell.read(bytes, starts[date]!, ends[date]!)
        : cell.readPair(bytes, starts[date]!, ends[date]!, starts[columns[1]]!, ends[columns[1]]!);
    if (Number.isNaN(local)) return local;
    if (cell.shape !== this.lastShape) this.remember(cell.shape, bytes, line);
    const { offset } = cell;
    if (this.isOffsetFalse || Number.isNaN(offset)) return this.toUtc(local);
    if (offset !== this.lastOffset) {
      this.lastOffset = offset;
      this.offsets.add(offset);
    }
    return local - offset;
  }

  /** Why the stamp of this row could not be read. */
  fault(bytes: Uint8Array): string {
    return stampFault(this.cells.text(bytes, this.columns[0])) ?? 'the time stamp can not be read';
  }

  private remember(shape: DateShape, bytes: Uint8Array, line: number): void {
    this.lastShape = shape;
    if (!this.shapes.has(shape)) {
      this.shapes.set(shape, { line, text: this.cells.text(bytes, this.columns[0]) });
    }
  }
}
