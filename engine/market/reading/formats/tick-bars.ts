import type { BarCollector } from './bar-collector.ts';
import { roundTo } from './number-cell.ts';

/** A bar while its ticks come. */
interface OpenBar {
  readonly start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Times of the ticks that made open and close. */
  firstTime: number;
  lastTime: number;
  volume: number;
  spreads: number;
  quotes: number;
}

/** A bar at the end of the file that begins or ends so far from its ticks, as a share of its length, may lack some. */
const EDGE = 0.1;

/**
 * Makes bars of ticks, in whichever order these come: what is held are the bars alone. Of ticks with one stamp the first in time opens and the
 * last closes: in a file that runs backwards that is the one further down.
 */
export class TickBars {
  private readonly length: number;
  private readonly bars = new Map<number, OpenBar>();
  private bar: OpenBar | undefined;
  private before = Number.NaN;
  private isDescending = false;

  /** `length` of a bar in ms. */
  constructor(length: number) {
    this.length = length;
  }

  /** `spread` NaN where it is not known. */
  add(time: number, price: number, volume: number, spread: number): void {
    if (time !== this.before) this.isDescending = time < this.before;
    this.before = time;
    const start = Math.floor(time / this.length) * this.length;
    if (this.bar?.start !== start) this.bar = this.bars.get(start) ?? this.begin(start, time, price);
    const { bar, isDescending } = this;
    if (price > bar.high) bar.high = price;
    if (price < bar.low) bar.low = price;
    if (time < bar.firstTime || (time === bar.firstTime && isDescending)) {
      bar.firstTime = time;
      bar.open = price;
    }
    if (time > bar.lastTime || (time === bar.lastTime && !isDescending)) {
      bar.lastTime = time;
      bar.close = price;
    }
    bar.volume += volume;
    if (Number.isNaN(spread)) return;
    bar.spreads += spread;
    bar.quotes++;
  }

  private begin(start: number, time: number, price: number): OpenBar {
    const bar = {
      start,
      open: price,
      high: price,
      low: price,
      close: price,
      firstTime: time,
      lastTime: time,
      volume: 0,
      spreads: 0,
      quotes: 0,
    };
    this.bars.set(start, bar);
    return bar;
  }

  /**
   * Hands the bars over, oldest first; those at the ends only where the ticks reach to their edges.
   *
   * @param digits of prices; a mean of spreads has three more
   * @returns opening times of bars that were left out
   */
  giveTo(collector: BarCollector, digits: number): number[] {
    const bars = [...this.bars.values()].sort((a, b) => a.start - b.start);
    const first = bars[0];
    const last = bars.at(-1);
    const edge = this.length * EDGE;
    const leftOut: number[] = [];
    for (const bar of bars) {
      const isCut =
        (bar === first && bar.firstTime - bar.start > edge) ||
        (bar === last && bar.start + this.length - bar.lastTime > edge);
      if (isCut) {
        leftOut.push(bar.start);
        continue;
      }
      const spread =
        bar.quotes === 0 ? Number.NaN : roundTo(bar.spreads / bar.quotes, Math.min(12, digits + 3));
      collector.add(bar.start, bar.open, bar.high, bar.low, bar.close, roundTo(bar.volume, 8), spread);
    }
    return leftOut;
  }
}
