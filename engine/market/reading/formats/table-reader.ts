import { roundTo } from './number-cell.ts';
import { NO_PRICE, NOT_WANTED, RowReader } from './row-reader.ts';

const DASH = 0x2d;
const PRICE_NAMES = ['open', 'high', 'low', 'close'];
const NO_VALUE = /^(|-|null|nan|n\/a|na|none|<na>|#n\/a)$/i;

/** Reads the bars of a delimited text. */
export class TableReader extends RowReader {
  /** Decimals of the price of a row that has the fewest. */
  private fewest = 0;

  /** Reads one bar, or returns what is wrong with its line. */
  protected row(line: number, bytes: Uint8Array, from: number, to: number): string | undefined {
    const { layout, collector } = this;
    const cells = this.cells.split(bytes, from, to);
    if (cells !== layout.columns) return `${cells} columns instead of ${layout.columns}`;
    if (!this.filter.isWanted(bytes)) return NOT_WANTED;
    const time = this.stamp.read(bytes, line);
    if (Number.isNaN(time)) return this.stamp.fault(bytes);
    this.digits = 0;
    this.fewest = Number.POSITIVE_INFINITY;
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
    if (this.fewest < this.digits) collector.countUneven(this.digits);
    return collector.add(time, open, high, low, close, volume, spread);
  }

  private price(bytes: Uint8Array, column: number): number {
    const value = this.number.readQuote(bytes, this.cells.starts[column]!, this.cells.ends[column]!);
    if (this.number.decimals > this.digits) this.digits = this.number.decimals;
    if (this.number.decimals < this.fewest) this.fewest = this.number.decimals;
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
