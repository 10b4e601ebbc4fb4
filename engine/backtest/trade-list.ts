import type { RowRange } from '../models/model.ts';
import { BUY, LANE_SHIFT } from './signal-lists.ts';

/** Trades of one simulation, oldest first. Made once; every run overwrites it. */
export class TradeList {
  count = 0;
  /** Lane at whose open the trade is entered. */
  readonly entry: Int32Array;
  /** Lane at whose open it is left. */
  readonly exit: Int32Array;
  readonly direction: Int8Array;
  /** Net log return, all costs included; written by `measureTrades`. */
  readonly net: Float64Array;

  constructor(lanes: number) {
    this.entry = new Int32Array(lanes);
    this.exit = new Int32Array(lanes);
    this.direction = new Int8Array(lanes);
    this.net = new Float64Array(lanes);
  }
}

/**
 * The trades that `simulate` makes of the same signals, found by going from signal to signal.
 *
 * @param signals as SignalLists has them, none on the window's last lane; the first `count`
 */
export function listTrades(
  signals: Int32Array,
  count: number,
  horizon: number,
  window: RowRange,
  out: TradeList,
): void {
  const { entry, exit, direction } = out;
  const lastEntry = window.to - 1 - horizon;
  let trades = 0;
  let position = 0;
  let exitAt = 0;
  for (let k = 0; k < count; k++) {
    const fill = (signals[k] >> LANE_SHIFT) + 1;
    const wanted = (signals[k] & BUY) === BUY ? 1 : -1;
    if (position !== 0) {
      if (fill < exitAt && wanted === position) continue;
      exit[trades++] = fill < exitAt ? fill : exitAt;
      position = 0;
    }
    if (fill > lastEntry) continue;
    position = wanted;
    exitAt = fill + horizon;
    entry[trades] = fill;
    direction[trades] = wanted;
  }
  if (position !== 0) exit[trades++] = exitAt;
  out.count = trades;
}
