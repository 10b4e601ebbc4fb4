import type { RowRange } from '../models/model.ts';
import { type MeasuredWindow, measureTrades } from './measure.ts';
import { METRICS } from './metrics.ts';
import type { NetSums } from './net-sums.ts';
import { maskWords, SignalLists, type SignalSource } from './signal-lists.ts';
import type { SimulationMarket } from './simulator.ts';
import { listTrades, TradeList } from './trade-list.ts';

/** What strategies are tested on: a span in lanes. */
export interface TestedSpan {
  readonly lanes: number;
  readonly market: SimulationMarket;
  /** Per lane, log return, as known at the close of the bar. */
  readonly roundTripCost: Float64Array;
  /** In order, without overlap. */
  readonly windows: readonly RowRange[];
  /** Per window. */
  readonly barsPerYear: readonly number[];
  /** Number of regimes that strategies are tested alone in: the first of those in `market.regimeAtOpen`. */
  readonly regimes: number;
}

/** Trades signals in the windows of one span. Buffers are made once; every call overwrites what the one before left. */
export interface SignalTester {
  /** Takes forecast and confidence of every lane, which the signals of any threshold are chosen from. */
  gather(forecast: Float64Array, confidence: Float64Array): void;

  /** Chooses the signals of at least this confidence. Returns the mask of all windows (see `maskWords`), valid until the next. */
  select(threshold: number): Int32Array;

  /**
   * Writes METRICS of what was chosen in one window from out[offset] on: on all bars, then alone in each regime. `sums`, one
   * for each of these, are given every held bar.
   */
  measure(
    window: number,
    horizon: number,
    out: Float64Array,
    offset: number,
    sums?: readonly NetSums[],
  ): void;
}

export function measuredWindow({ windows, barsPerYear }: TestedSpan, window: number): MeasuredWindow {
  const { from, to } = windows[window];
  return { bars: to - from, barsPerYear: barsPerYear[window] };
}

/** In plain TypeScript: what the compiled one is held to, and what there is where WebAssembly is not supported. */
export class PlainTester implements SignalTester {
  readonly #span: TestedSpan;
  readonly #source: Omit<SignalSource, 'forecast' | 'confidence'>;
  readonly #lists: readonly SignalLists[];
  readonly #measured: readonly MeasuredWindow[];
  readonly #mask: Int32Array;
  readonly #trades: TradeList;

  constructor(span: TestedSpan) {
    this.#span = span;
    this.#source = { roundTripCost: span.roundTripCost, regimeAtOpen: span.market.regimeAtOpen };
    this.#lists = span.windows.map((window) => new SignalLists(window, span.regimes));
    this.#measured = span.windows.map((_, w) => measuredWindow(span, w));
    this.#mask = new Int32Array(maskWords(span.lanes));
    this.#trades = new TradeList(span.lanes);
  }

  gather(forecast: Float64Array, confidence: Float64Array): void {
    for (const lists of this.#lists) lists.gather({ ...this.#source, forecast, confidence });
  }

  select(threshold: number): Int32Array {
    this.#mask.fill(0);
    for (const lists of this.#lists) lists.select(threshold, this.#mask);
    return this.#mask;
  }

  measure(
    window: number,
    horizon: number,
    out: Float64Array,
    offset: number,
    sums?: readonly NetSums[],
  ): void {
    const { windows, market } = this.#span;
    const { signals, counts } = this.#lists[window];
    for (let list = 0; list < signals.length; list++) {
      listTrades(signals[list], counts[list], horizon, windows[window], this.#trades, market.exits);
      const row = offset + list * METRICS.length;
      measureTrades(this.#trades, market, this.#measured[window], out, row, sums?.[list]);
    }
  }
}
