/** A line (or record) that could not be used. */
export interface BadLine {
  /** 1-based. */
  readonly line: number;
  /** The line as it stands in the file, cut to a readable length. */
  readonly text: string;
  readonly reason: string;
}

const LINES_KEPT = 20;
/** Columns are never made for more bars than this before there are so many: a size may be a lie. 235 MB, and of memory only what is used. */
const MOST_EXPECTED = 4_194_304;
/** The years of stamps that are read, ms UTC. */
const EARLIEST = Date.UTC(1700, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** More decimals than any price is quoted with. */
const MOST_DECIMALS = 31;
/** Prices with more decimals than these are binary ones, whose decimals tell nothing. */
const MOST_WRITTEN = 8;
/** Of four prices that have kept their zeros, none has fewer decimals than another; of those that lost them, in one row of three. */
const UNEVEN_SHARE = 0.1;
/** Fewer prices than this share with a digit more are noise. */
const DIGITS_SHARE = 0.05;

/** What Interactive Brokers writes where a market has no volume. */
const NO_VOLUME = -1;

/** Bars as they stand in a file, in file order, in columns that grow; bad lines are counted and the first ones kept. */
export class BarCollector {
  length = 0;
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  spread: Float64Array;
  badRows = 0;
  /** Good rows that bars were made of; 0 where each is a bar. */
  ticks = 0;
  readonly badLines: BadLine[] = [];
  /** Rows whose ask lies below the bid, or whose spread is negative: their spread is not known. */
  crossed = 0;
  /** Rows by the decimals that their prices are written with. */
  private readonly decimals = new Uint32Array(MOST_DECIMALS + 1);

  /** `expected`: about how many bars will come. */
  constructor(expected: number) {
    const capacity = Math.max(64, Math.ceil(Math.min(expected, MOST_EXPECTED) || 0));
    this.time = new Float64Array(capacity);
    this.open = new Float64Array(capacity);
    this.high = new Float64Array(capacity);
    this.low = new Float64Array(capacity);
    this.close = new Float64Array(capacity);
    this.volume = new Float64Array(capacity);
    this.spread = new Float64Array(capacity);
  }

  /** Rows of data, good and bad. */
  get rows(): number {
    return (this.ticks === 0 ? this.length : this.ticks) + this.badRows;
  }

  /** Rows of prices with different decimals. */
  private uneven = 0;

  /** The prices of a row are not all written with this many decimals. */
  countUneven(most: number): void {
    if (most <= MOST_WRITTEN) this.uneven++;
  }

  /** Rows in which zeros at the end of prices were dropped; 0 where that is no habit of the file. */
  get zerosLost(): number {
    return this.uneven >= this.length * UNEVEN_SHARE ? this.uneven : 0;
  }

  /** Decimals that a row's prices are written with. */
  countDecimals(decimals: number): void {
    this.decimals[Math.min(decimals, MOST_DECIMALS)]!++;
  }

  /**
   * Decimals of the prices: the most that at least one row in twenty needs. A few with binary noise (1.1726400000000001) change nothing,
   * nor do the many whose last zeros were dropped.
   */
  get digits(): number {
    const rows = this.decimals.reduce((sum, count) => sum + count, 0);
    let most = MOST_DECIMALS;
    for (let rest = 0; most > 0; most--) {
      rest += this.decimals[most]!;
      if (rest > 0 && rest >= rows * DIGITS_SHARE) break;
    }
    return most;
  }

  /** Takes a bar, or returns why it can't be one. `time` in ms UTC; spread NaN where the file has none. */
  add(
    time: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    spread: number,
  ): string | undefined {
    if (!(time >= EARLIEST && time < LATEST)) return 'the time is not possible';
    if (!(open > 0 && high > 0 && low > 0 && close > 0)) return 'a price is not positive';
    if (high < low) return `high ${high} is below low ${low}`;
    if (!Number.isFinite(open + high + low + close)) return 'a price is not finite';
    const traded = volume === NO_VOLUME ? 0 : volume;
    if (!(traded >= 0 && traded < Number.POSITIVE_INFINITY)) return `volume ${volume} is not possible`;
    const i = this.length;
    if (i === this.time.length) this.grow();
    this.time[i] = time;
    this.open[i] = open;
    this.high[i] = high;
    this.low[i] = low;
    this.close[i] = close;
    this.volume[i] = traded;
    if (spread < 0) this.crossed++;
    this.spread[i] = spread < 0 ? Number.NaN : spread;
    this.length = i + 1;
    return undefined;
  }

  reject(line: number, text: string, reason: string): void {
    this.badRows++;
    if (this.badLines.length < LINES_KEPT) this.badLines.push({ line, text, reason });
  }

  private grow(): void {
    const capacity = Math.ceil(this.time.length * 1.5);
    this.time = enlarged(this.time, capacity);
    this.open = enlarged(this.open, capacity);
    this.high = enlarged(this.high, capacity);
    this.low = enlarged(this.low, capacity);
    this.close = enlarged(this.close, capacity);
    this.volume = enlarged(this.volume, capacity);
    this.spread = enlarged(this.spread, capacity);
  }
}

function enlarged(column: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
