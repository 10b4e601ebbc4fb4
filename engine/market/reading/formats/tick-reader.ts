import type { BarCollector } from './bar-collector.ts';
import type { TableLayout, TickColumns } from './format.ts';
import type { WantedRows } from './row-marks.ts';
import { NOT_WANTED, RowReader } from './row-reader.ts';
import { TickBars } from './tick-bars.ts';

/**
 * Reads the ticks of a delimited text, UTF-8 bytes in pieces of any size, and makes bars of them while they come. Of quotes the bid makes the
 * prices, their number the volume, and the mean of ask less bid the spread; of trades what was paid and the sum of amounts. A cell of a quote
 * that is empty means that this side has not changed.
 */
export class TickReader extends RowReader {
  /** Opening times of bars at the ends of the file that were not whole. */
  leftOut: readonly number[] = [];
  private readonly bars: TickBars;
  private readonly ticks: TickColumns;
  private bid = Number.NaN;
  private ask = Number.NaN;
  private mostDigits = 0;

  /** `barLength` in ms. */
  constructor(
    layout: TableLayout,
    ticks: TickColumns,
    barLength: number,
    collector: BarCollector,
    toUtc: (localMs: number) => number,
    wanted: WantedRows,
  ) {
    super(layout, collector, toUtc, wanted);
    this.ticks = ticks;
    this.bars = new TickBars(barLength);
  }

  override finish(): void {
    super.finish();
    this.leftOut = this.bars.giveTo(this.collector, this.mostDigits);
  }

  protected row(line: number, bytes: Uint8Array, from: number, to: number): string | undefined {
    const fault = this.tick(line, bytes, from, to);
    if (fault === undefined) {
      this.collector.ticks++;
      if (this.digits > this.mostDigits) this.mostDigits = this.digits;
    }
    return fault;
  }

  /** Reads one tick, or returns what is wrong with its line. */
  private tick(line: number, bytes: Uint8Array, from: number, to: number): string | undefined {
    const { columns } = this.layout;
    const cells = this.cells.split(bytes, from, to);
    // Empty cells at the end of a row are sometimes not written.
    if (cells > columns || cells < this.fewestCells()) return `${cells} columns instead of ${columns}`;
    for (let column = cells; column < columns; column++)
      this.cells.starts[column] = this.cells.ends[column] = to;
    if (!this.filter.isWanted(bytes)) return NOT_WANTED;
    const time = this.stamp.read(bytes, line);
    if (Number.isNaN(time)) return this.stamp.fault(bytes);
    this.digits = 0;
    return this.ticks.bid === undefined ? this.trade(bytes, time) : this.quote(bytes, time, this.ticks.bid);
  }

  private fewestCells(): number {
    const { bid = 0, ask = 0, price = 0 } = this.ticks;
    return Math.min(
      this.layout.columns,
      1 + Math.max(...this.layout.stamp, Math.min(bid, ask === 0 ? bid : ask), price),
    );
  }

  private trade(bytes: Uint8Array, time: number): string | undefined {
    const { price: column = 0, amount } = this.ticks;
    const price = this.price(bytes, column);
    if (Number.isNaN(price)) return 'the price can not be read';
    if (!(price > 0 && Number.isFinite(price))) return 'the price is not positive';
    const volume = amount === undefined || this.isEmpty(amount) ? 1 : this.amount(bytes, amount);
    if (!(Math.abs(volume) < Number.POSITIVE_INFINITY)) return 'the amount can not be read';
    // Some sources write sales below zero.
    this.bars.add(time, price, Math.abs(volume), Number.NaN);
    return undefined;
  }

  private quote(bytes: Uint8Array, time: number, bidColumn: number): string | undefined {
    const { ask: askColumn } = this.ticks;
    const bid = this.isEmpty(bidColumn) ? this.bid : this.price(bytes, bidColumn);
    if (!this.isEmpty(bidColumn) && Number.isNaN(bid)) return 'the bid can not be read';
    const hasAsk = askColumn !== undefined && !this.isEmpty(askColumn);
    const ask = hasAsk ? this.price(bytes, askColumn) : this.ask;
    if (hasAsk && Number.isNaN(ask)) return 'the ask can not be read';
    if (bid <= 0 || ask <= 0) return 'a price is not positive';
    this.bid = bid;
    this.ask = ask;
    // Before both sides were quoted once there is nothing to tell.
    if (Number.isNaN(bid)) return undefined;
    if (ask < bid) this.collector.crossed++;
    this.bars.add(time, bid, 1, ask < bid ? Number.NaN : ask - bid);
    return undefined;
  }

  private isEmpty(column: number): boolean {
    return this.cells.starts[column] === this.cells.ends[column];
  }

  private price(bytes: Uint8Array, column: number): number {
    const value = this.number.readQuote(bytes, this.cells.starts[column]!, this.cells.ends[column]!);
    if (this.number.decimals > this.digits) this.digits = this.number.decimals;
    return value;
  }

  private amount(bytes: Uint8Array, column: number): number {
    return this.number.readAmount(bytes, this.cells.starts[column]!, this.cells.ends[column]!);
  }
}
