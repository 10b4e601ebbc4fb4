import type { RowRange } from '../models/model.ts';

/**
 * A signal as a number: twice its lane, plus 1 to buy. Lanes of a list of signals ascend, and so do these.
 */
export const LANE_SHIFT = 1;
export const BUY = 1;

/** Words of a mask that holds the signals of so many lanes, two bits each: 1 to buy, 2 to sell. */
export function maskWords(lanes: number): number {
  return Math.ceil(lanes / 16);
}

/** What signals are made of, one value per lane; see `signals`. */
export interface SignalSource {
  /** Combined forecast, log return over the horizon. */
  readonly forecast: Float64Array;
  /** 0..1, NaN where there is none. */
  readonly confidence: Float64Array;
  /** Log return. */
  readonly roundTripCost: Float64Array;
  /** Regime of the bar before; what has no list counts in list 0 only. */
  readonly regimeAtOpen: Uint8Array;
}

/**
 * Signals of one window, sorted by what they count for: list 0 holds all, list 1 + r those given on a bar of regime r. To
 * trade a list is to trade with the signals flat on every other bar. Strategies that differ in their threshold only choose
 * from the same candidates, which are gathered once. Made once; every call overwrites what the one before left.
 */
export class SignalLists {
  /** Per list, its signals in order; the first `counts[list]` are valid. */
  readonly signals: readonly Int32Array[];
  readonly counts: Int32Array;
  readonly #window: RowRange;
  #candidates = 0;
  readonly #signal: Int32Array;
  readonly #confidence: Float64Array;
  /** The candidate's list beside list 0; 0 where it has none. */
  readonly #list: Uint8Array;

  /** A signal is filled at the next open inside the window: the one of the window's last bar comes too late. */
  constructor(window: RowRange, regimes: number) {
    const lanes = window.to - window.from;
    this.#window = window;
    this.signals = Array.from({ length: 1 + regimes }, () => new Int32Array(lanes));
    this.counts = new Int32Array(1 + regimes);
    this.#signal = new Int32Array(lanes);
    this.#confidence = new Float64Array(lanes);
    this.#list = new Uint8Array(lanes);
  }

  /** Takes the signals of threshold 0, which the others are chosen from. */
  gather({ forecast, confidence, roundTripCost, regimeAtOpen }: SignalSource): void {
    const { from, to } = this.#window;
    const regimes = this.signals.length - 1;
    let count = 0;
    for (let lane = from; lane + 1 < to; lane++) {
      const p = forecast[lane];
      const cost = roundTripCost[lane];
      // NaN, of forecast or confidence, is flat.
      if (!(p > cost || p < -cost) || !(confidence[lane] >= 0)) continue;
      const regime = regimeAtOpen[lane + 1];
      this.#signal[count] = (lane << LANE_SHIFT) + (p > cost ? BUY : 0);
      this.#confidence[count] = confidence[lane];
      this.#list[count] = regime < regimes ? 1 + regime : 0;
      count++;
    }
    this.#candidates = count;
  }

  /** Fills the lists with the candidates of at least this confidence, and adds them to the mask. */
  select(threshold: number, mask: Int32Array): void {
    const { signals, counts } = this;
    const all = signals[0];
    counts.fill(0);
    let count = 0;
    for (let k = 0; k < this.#candidates; k++) {
      if (this.#confidence[k] < threshold) continue;
      const signal = this.#signal[k];
      const list = this.#list[k];
      all[count++] = signal;
      // Sixteen lanes a word.
      mask[signal >> 5] |= (2 - (signal & BUY)) << (signal & 30);
      if (list > 0) signals[list][counts[list]++] = signal;
    }
    counts[0] = count;
  }
}
