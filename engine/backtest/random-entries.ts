import type { RowRange } from '../models/model.ts';
import type { Prng } from '../random/prng.ts';
import type { TradeList } from './trade-list.ts';

/** Moves tried from one set to the next, per trade: half to another entry, half against another trade. */
const MOVES = 8;

/** So many times as many before the first set. */
const BURN_IN = 10;

/**
 * Random sets of trades with the number, sides and holding times of a strategy's own, entered at lanes where it could have been:
 * one position at a time, held to its end inside the window. Each set comes from the one before by moves of single trades to a
 * lane drawn from all that are allowed, and of pairs of trades to each other's place, wherever they fit: a Markov chain whose
 * stationary distribution is the uniform one over all sets that can be reached (Metropolis et al. 1953). It begins with the own
 * trades, so that there is a set however little room they leave.
 */
export class RandomEntries {
  readonly #prng: Prng;
  /** Lanes that may be entered at. */
  readonly #entries: Int32Array;
  readonly #isEntry: Uint8Array;
  readonly #lastOpen: number;
  /** 1 while a position is held, from the open of the lane to the next. */
  readonly #held: Uint8Array;
  readonly #entry: Int32Array;
  readonly #bars: Int32Array;
  readonly #direction: Int8Array;
  readonly #order: Float64Array;
  #isBurntIn = false;

  /**
   * @param trades the strategy's own, in the window
   * @param allowed per lane, 1 where it could have entered: all entries of `trades` are among them
   */
  constructor(trades: TradeList, allowed: Uint8Array, window: RowRange, prng: Prng) {
    const { count } = trades;
    this.#prng = prng;
    this.#lastOpen = window.to - 1;
    this.#isEntry = allowed;
    const lanes: number[] = [];
    for (let lane = window.from; lane < this.#lastOpen; lane++) if (allowed[lane] === 1) lanes.push(lane);
    this.#entries = Int32Array.from(lanes);
    this.#held = new Uint8Array(window.to);
    this.#entry = trades.entry.slice(0, count);
    this.#bars = Int32Array.from(this.#entry, (entry, k) => trades.exit[k] - entry);
    this.#direction = trades.direction.slice(0, count);
    this.#order = new Float64Array(count);
    for (let k = 0; k < count; k++) this.#mark(k, 1);
  }

  /** Writes the next set, oldest first, and all of a trade but its result. */
  draw(out: TradeList): void {
    const trades = this.#entry.length;
    const rounds = (this.#isBurntIn ? 1 : 1 + BURN_IN) * (MOVES / 2) * trades;
    this.#isBurntIn = true;
    for (let round = 0; round < rounds; round++) {
      this.#move(this.#prng.int(trades));
      this.#exchange(this.#prng.int(trades), this.#prng.int(trades));
    }
    const order = this.#order;
    for (let k = 0; k < trades; k++) order[k] = this.#entry[k] * trades + k;
    order.sort();
    for (let place = 0; place < trades; place++) {
      const k = order[place] % trades;
      out.entry[place] = this.#entry[k];
      out.exit[place] = this.#entry[k] + this.#bars[k];
      out.direction[place] = this.#direction[k];
    }
    out.count = trades;
  }

  #move(trade: number): void {
    const wanted = this.#entries[this.#prng.int(this.#entries.length)];
    this.#mark(trade, 0);
    if (this.#fits(wanted, this.#bars[trade])) this.#entry[trade] = wanted;
    this.#mark(trade, 1);
  }

  #exchange(a: number, b: number): void {
    const first = this.#entry[a];
    const second = this.#entry[b];
    if (this.#bars[a] === this.#bars[b]) {
      this.#entry[a] = second;
      this.#entry[b] = first;
      return;
    }
    this.#mark(a, 0);
    this.#mark(b, 0);
    if (this.#fits(second, this.#bars[a])) {
      this.#entry[a] = second;
      this.#mark(a, 1);
      const isBoth = this.#fits(first, this.#bars[b]);
      this.#mark(a, 0);
      if (isBoth) this.#entry[b] = first;
      else this.#entry[a] = first;
    }
    this.#mark(a, 1);
    this.#mark(b, 1);
  }

  #fits(entry: number, bars: number): boolean {
    const exit = entry + bars;
    if (this.#isEntry[entry] !== 1 || exit > this.#lastOpen) return false;
    for (let lane = entry; lane < exit; lane++) if (this.#held[lane] === 1) return false;
    return true;
  }

  #mark(trade: number, value: 0 | 1): void {
    const from = this.#entry[trade];
    this.#held.fill(value, from, from + this.#bars[trade]);
  }
}
