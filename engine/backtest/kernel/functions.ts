import { instantiate } from '../../wasm/instance.ts';
import type { BarSums, ResultSums } from '../measure.ts';
import { KERNEL_WASM } from './wasm.ts';

/** Bytes of a trade: entry, exit and direction. */
export const TRADE_BYTES = 12;

/** Of what `sumPieces` writes before its pieces, and of each piece. */
export const POWER_BYTES = 32;
export const PIECE_BYTES = 16;

/** Sums over held bars, as `sumBars` writes them. */
export const BAR_SUMS = [
  'held',
  'sum',
  'squares',
  'lossSquares',
  'drawdown',
] as const satisfies readonly (keyof BarSums)[];

/** Sums over trades, as `sumTrades` writes them. */
export const TRADE_SUMS = [
  'trades',
  'wins',
  'gains',
  'losses',
  'result',
  'resultSquares',
  'perStake',
  'perStakeSquares',
  'runUp',
  'drawdown',
  'staked',
  'losingStreak',
] as const satisfies readonly (keyof ResultSums)[];

/**
 * Functions of kernel.as. Every argument that names data is a byte address in their memory, aligned to its element. Signals
 * are those of signal-lists.ts, 32 bits each.
 */
export interface BacktestFunctions {
  /**
   * Writes the signals of threshold 0 of the lanes of a window, their confidences (float64) and lists (32 bits): 1 + regime,
   * or 1 + `regimes` where it has none. All have room for as many as there are lanes. Returns their number.
   */
  gather(
    forecast: number,
    confidence: number,
    cost: number,
    regimeAtOpen: number,
    from: number,
    to: number,
    regimes: number,
    signals: number,
    confidences: number,
    lists: number,
  ): number;

  /**
   * Copies those of at least a confidence to list 0 and to their own. Lists are `stride` bytes apart, 2 + `regimes` of them;
   * `counts` takes a number of 32 bits for each. Adds the signals to the mask.
   */
  select(
    signals: number,
    confidences: number,
    lists: number,
    candidates: number,
    threshold: number,
    regimes: number,
    out: number,
    stride: number,
    counts: number,
    mask: number,
  ): void;

  /** Writes the trades of a list, in a window that ends at lane `to`, and returns their number. */
  listTrades(signals: number, count: number, horizon: number, to: number, trades: number): number;

  /** Writes the net result of each trade (float64) and BAR_SUMS. */
  sumBars(
    trades: number,
    count: number,
    long: number,
    short: number,
    costPerSide: number,
    net: number,
    out: number,
  ): void;

  /** Writes TRADE_SUMS. */
  sumTrades(trades: number, count: number, net: number, stake: number, out: number): void;

  /**
   * Writes what `NetSums` holds: squares, cubes, fourth powers, eight bytes more, and each piece's sum and squares. `pieceOf`
   * has 16 bits a lane.
   */
  sumPieces(
    trades: number,
    count: number,
    long: number,
    short: number,
    costPerSide: number,
    pieceOf: number,
    pieces: number,
    out: number,
  ): void;
}

/** The functions and a memory of their own that does not move; undefined where WebAssembly SIMD is not supported. */
export function createFunctions(
  bytes: number,
): { readonly functions: BacktestFunctions; readonly memory: ArrayBuffer } | undefined {
  const instance = instantiate(KERNEL_WASM);
  if (instance === undefined) return undefined;
  return {
    functions: instance.exports as unknown as BacktestFunctions,
    memory: instance.reserve(bytes),
  };
}
