import { type MeasuredWindow, writeMetrics, writeNoTrades } from '../measure.ts';
import { METRICS } from '../metrics.ts';
import type { NetSums } from '../net-sums.ts';
import { maskWords } from '../signal-lists.ts';
import { measuredWindow, PlainTester, type SignalTester, type TestedSpan } from '../tester.ts';
import {
  BAR_SUMS,
  type BacktestFunctions,
  createFunctions,
  PIECE_BYTES,
  POWER_BYTES,
  TRADE_BYTES,
  TRADE_SUMS,
} from './functions.ts';

/** Not a whole number, so that all that are written later are stored in place. */
const NONE = Number.NaN;
const NO_BAR_SUMS = { held: NONE, sum: NONE, squares: NONE, lossSquares: NONE, drawdown: NONE };
const NO_TRADE_SUMS = {
  trades: NONE,
  wins: NONE,
  gains: NONE,
  losses: NONE,
  result: NONE,
  resultSquares: NONE,
  perStake: NONE,
  perStakeSquares: NONE,
  runUp: NONE,
  drawdown: NONE,
  staked: NONE,
  losingStreak: NONE,
};

function readBarSums(from: Float64Array, at: number, to: typeof NO_BAR_SUMS): void {
  to.held = from[at];
  to.sum = from[at + 1];
  to.squares = from[at + 2];
  to.lossSquares = from[at + 3];
  to.drawdown = from[at + 4];
}

function readTradeSums(from: Float64Array, at: number, to: typeof NO_TRADE_SUMS): void {
  to.trades = from[at];
  to.wins = from[at + 1];
  to.gains = from[at + 2];
  to.losses = from[at + 3];
  to.result = from[at + 4];
  to.resultSquares = from[at + 5];
  to.perStake = from[at + 6];
  to.perStakeSquares = from[at + 7];
  to.runUp = from[at + 8];
  to.drawdown = from[at + 9];
  to.staked = from[at + 10];
  to.losingStreak = from[at + 11];
}

/** Addresses of what belongs to one window. */
interface WindowMemory {
  readonly signals: number;
  readonly confidences: number;
  readonly lists: number;
  /** Chosen signals, list after list. */
  readonly chosen: number;
  readonly stride: number;
  /** Per list. */
  readonly counts: number;
}

interface Layout {
  readonly forecast: number;
  readonly confidence: number;
  readonly cost: number;
  readonly regimeAtOpen: number;
  readonly long: number;
  readonly short: number;
  readonly costPerSide: number;
  readonly stake: number;
  readonly windows: readonly WindowMemory[];
  readonly mask: number;
  readonly trades: number;
  readonly net: number;
  readonly barSums: number;
  readonly tradeSums: number;
  readonly pieceOf: number;
  readonly pieceSums: number;
  readonly end: number;
}

function layOut({ lanes, windows, regimes }: TestedSpan): Layout {
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  };
  const floats = (count: number) => place(8 * count);
  const words = (count: number) => place(4 * count);
  const most = Math.max(0, ...windows.map(({ from, to }) => to - from));
  const layout = {
    forecast: floats(lanes),
    confidence: floats(lanes),
    cost: floats(lanes),
    regimeAtOpen: place(lanes + 1),
    long: floats(lanes),
    short: floats(lanes),
    costPerSide: floats(lanes),
    stake: floats(lanes),
    windows: windows.map(({ from, to }) => {
      // One more than there are signals: what is none is written, too, and overwritten by the next.
      const room = to - from + 1;
      return {
        signals: words(room),
        confidences: floats(room),
        lists: words(room),
        chosen: words(room * (regimes + 2)),
        stride: 4 * room,
        counts: words(regimes + 2),
      };
    }),
    mask: words(maskWords(lanes) + 1),
    trades: place(TRADE_BYTES * (most + 1)),
    net: floats(most + 1),
    barSums: floats(BAR_SUMS.length),
    tradeSums: floats(TRADE_SUMS.length),
    pieceOf: place(2 * lanes),
    pieceSums: place(POWER_BYTES + PIECE_BYTES * (lanes + 1)),
  };
  return { ...layout, end };
}

/** Does what `PlainTester` does, in WebAssembly. */
export class CompiledTester implements SignalTester {
  readonly #span: TestedSpan;
  readonly #layout: Layout;
  readonly #functions: BacktestFunctions;
  readonly #floats: Float64Array;
  readonly #words: Int32Array;
  readonly #mask: Int32Array;
  readonly #measured: readonly MeasuredWindow[];
  /** Per window, of candidates. */
  readonly #candidates: Int32Array;
  readonly #barSums = { ...NO_BAR_SUMS };
  readonly #tradeSums = { ...NO_TRADE_SUMS };
  /** Those that the kernel knows. */
  #pieceOf: Uint16Array | undefined;

  private constructor(span: TestedSpan, layout: Layout, functions: BacktestFunctions, memory: ArrayBuffer) {
    this.#span = span;
    this.#layout = layout;
    this.#functions = functions;
    this.#floats = new Float64Array(memory);
    this.#words = new Int32Array(memory);
    this.#mask = this.#words.subarray(layout.mask >> 2, (layout.mask >> 2) + maskWords(span.lanes));
    this.#measured = span.windows.map((_, w) => measuredWindow(span, w));
    this.#candidates = new Int32Array(span.windows.length);
    const { market, roundTripCost } = span;
    new Uint8Array(memory).set(market.regimeAtOpen, layout.regimeAtOpen);
    this.#floats.set(roundTripCost, layout.cost >> 3);
    for (const name of ['long', 'short', 'costPerSide', 'stake'] as const) {
      this.#floats.set(market[name], layout[name] >> 3);
    }
  }

  /** Undefined where WebAssembly SIMD is not supported. */
  static create(span: TestedSpan): CompiledTester | undefined {
    const layout = layOut(span);
    const made = createFunctions(layout.end);
    return made && new CompiledTester(span, layout, made.functions, made.memory);
  }

  gather(forecast: Float64Array, confidence: Float64Array): void {
    const { windows, regimes } = this.#span;
    const layout = this.#layout;
    this.#floats.set(forecast, layout.forecast >> 3);
    this.#floats.set(confidence, layout.confidence >> 3);
    for (let w = 0; w < windows.length; w++) {
      const own = layout.windows[w];
      this.#candidates[w] = this.#functions.gather(
        layout.forecast,
        layout.confidence,
        layout.cost,
        layout.regimeAtOpen,
        windows[w].from,
        windows[w].to,
        regimes,
        own.signals,
        own.confidences,
        own.lists,
      );
    }
  }

  select(threshold: number): Int32Array {
    const layout = this.#layout;
    this.#mask.fill(0);
    for (let w = 0; w < layout.windows.length; w++) {
      const own = layout.windows[w];
      this.#functions.select(
        own.signals,
        own.confidences,
        own.lists,
        this.#candidates[w],
        threshold,
        this.#span.regimes,
        own.chosen,
        own.stride,
        own.counts,
        layout.mask,
      );
    }
    return this.#mask;
  }

  measure(
    window: number,
    horizon: number,
    out: Float64Array,
    offset: number,
    sums?: readonly NetSums[],
  ): void {
    const own = this.#layout.windows[window];
    for (let list = 0; list <= this.#span.regimes; list++) {
      const signals = own.chosen + list * own.stride;
      const count = this.#words[(own.counts >> 2) + list];
      const row = offset + list * METRICS.length;
      this.#measureList(signals, count, window, horizon, out, row, sums?.[list]);
    }
  }

  #measureList(
    signals: number,
    count: number,
    window: number,
    horizon: number,
    out: Float64Array,
    row: number,
    sums: NetSums | undefined,
  ): void {
    const { long, short, costPerSide, stake, trades, net, barSums, tradeSums } = this.#layout;
    const functions = this.#functions;
    const made = functions.listTrades(signals, count, horizon, this.#span.windows[window].to, trades);
    if (made === 0) {
      writeNoTrades(out, row);
      return;
    }
    functions.sumBars(trades, made, long, short, costPerSide, net, barSums);
    functions.sumTrades(trades, made, net, stake, tradeSums);
    if (sums !== undefined) this.#recordPieces(made, sums);
    readBarSums(this.#floats, barSums >> 3, this.#barSums);
    readTradeSums(this.#floats, tradeSums >> 3, this.#tradeSums);
    writeMetrics(this.#barSums, this.#tradeSums, this.#measured[window], out, row);
  }

  /** Writes the held bars of the trades that were listed last; `sums` were cleared. */
  #recordPieces(made: number, sums: NetSums): void {
    const { long, short, costPerSide, trades, pieceOf, pieceSums } = this.#layout;
    if (this.#pieceOf !== sums.pieceOf) {
      this.#pieceOf = sums.pieceOf;
      new Uint16Array(this.#floats.buffer, pieceOf, sums.pieceOf.length).set(sums.pieceOf);
    }
    const count = sums.pieces.length;
    this.#functions.sumPieces(trades, made, long, short, costPerSide, pieceOf, count, pieceSums);
    const floats = this.#floats;
    let at = pieceSums >> 3;
    sums.squares = floats[at];
    sums.cubes = floats[at + 1];
    sums.fourths = floats[at + 2];
    at += POWER_BYTES >> 3;
    for (let piece = 0; piece < count; piece++, at += PIECE_BYTES >> 3) {
      sums.pieces[piece] = floats[at];
      sums.pieceSquares[piece] = floats[at + 1];
    }
  }
}

/** The faster one, where this machine has it; the compiled one knows no exits. */
export function createTester(span: TestedSpan): SignalTester {
  if (span.market.exits !== undefined) return new PlainTester(span);
  return CompiledTester.create(span) ?? new PlainTester(span);
}
