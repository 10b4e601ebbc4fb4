import type { ExitMultiples } from '../contract/target-names.ts';
import type { Candles } from '../market/candles.ts';

/** Why a trade ended, as a number. */
export const TIME = 0;
export const STOP = 1;
export const TAKE_PROFIT = 2;
/** It was turned round: no table of exits knows of that. */
export const REVERSAL = 3;

/** An agent would no longer be in it. */
export const DECISION = 4;

/** Added to the reason where it was left between two opens. */
export const INSIDE = 8;

export const EXIT_REASONS = ['time', 'stop', 'target', 'reversal', 'decision'] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** Why, wherever it was left. */
export function wayOf(how: number): number {
  return how & (INSIDE - 1);
}

export function exitReason(how: number): ExitReason {
  return EXIT_REASONS[wayOf(how)]!;
}

/** Where the trades in one direction are left of their own accord, by the row at whose open they are entered. */
export interface TradeExits {
  /** First row at whose open nothing is held any more; -1 where that is not known: fewer than `horizon` bars follow, or there is no range. */
  readonly exit: Int32Array;
  /** As quoted. */
  readonly price: Float64Array;
  /** Reason, and whether it was left between two opens: within the bar before `exit`. */
  readonly how: Uint8Array;
}

/**
 * Exits of a position that is entered at the open of a row, `takeProfit` and `stopLoss` multiples of the range at the close
 * before away from the entry:
 * - a bar that opens beyond one of them is left at its open, whatever that is worth: a gap fills there;
 * - a bar that touches the stop leaves at the stop, one that touches the take-profit at that; one that touches both at the
 *   stop, since nobody knows which came first;
 * - what is held still leaves at the open of the bar that is `horizon` bars after the entry.
 *
 * @param range average true range per row, price units; NaN where there is none
 * @param horizon bars, at least 1
 * @param direction 1 long, -1 short
 */
export function tradeExits(
  { open, high, low, length }: Pick<Candles, 'open' | 'high' | 'low' | 'length'>,
  range: Float64Array,
  { takeProfit, stopLoss }: ExitMultiples,
  horizon: number,
  direction: 1 | -1,
): TradeExits {
  const exit = new Int32Array(length).fill(-1);
  const price = new Float64Array(length).fill(Number.NaN);
  const how = new Uint8Array(length);
  // Prices turned upside down make a short position a long one.
  const best = direction > 0 ? high : low;
  const worst = direction > 0 ? low : high;
  for (let entry = 1; entry + horizon < length; entry++) {
    const unit = range[entry - 1]!;
    if (Number.isNaN(unit)) continue;
    const target = open[entry]! + direction * takeProfit * unit;
    const stop = open[entry]! - direction * stopLoss * unit;
    const last = entry + horizon;
    let row = entry;
    let why = TIME;
    for (; row < last; row++) {
      if (row > entry) {
        if (direction * (open[row]! - stop) <= 0) why = STOP;
        else if (direction * (open[row]! - target) >= 0) why = TAKE_PROFIT;
        if (why !== TIME) break;
      }
      if (direction * (worst[row]! - stop) <= 0) why = STOP | INSIDE;
      else if (direction * (best[row]! - target) >= 0) why = TAKE_PROFIT | INSIDE;
      if (why !== TIME) break;
    }
    const inside = why >= INSIDE;
    exit[entry] = inside ? row + 1 : row;
    price[entry] = !inside ? open[row]! : why === (STOP | INSIDE) ? stop : target;
    how[entry] = why;
  }
  return { exit, price, how };
}
