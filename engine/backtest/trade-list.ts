import type { RowRange } from '../models/model.ts';
import { REVERSAL, TIME } from '../targets/trade-exits.ts';
import { type LaneExits, leavesAlone } from './lane-exits.ts';
import { BUY, LANE_SHIFT } from './signal-lists.ts';

/** Trades of one simulation, oldest first. Made once; every run overwrites it. */
export class TradeList {
  count = 0;
  /** Lane at whose open the trade is entered. */
  readonly entry: Int32Array;
  /** Lane at whose open it is left. */
  readonly exit: Int32Array;
  readonly direction: Int8Array;
  /** Why it ended, as `Simulation.how`; a position held for a fixed time is left at an open. */
  readonly how: Uint8Array;
  /** Net log return, all costs included; written by `measureTrades`. */
  readonly net: Float64Array;

  constructor(lanes: number) {
    this.entry = new Int32Array(lanes);
    this.exit = new Int32Array(lanes);
    this.direction = new Int8Array(lanes);
    this.how = new Uint8Array(lanes);
    this.net = new Float64Array(lanes);
  }
}

/**
 * The trades that `simulate` makes of the same signals, found by going from signal to signal.
 *
 * @param signals as SignalLists has them, none on the window's last lane; the first `count`
 * @param exits of the market, where it has some
 */
export function listTrades(
  signals: Int32Array,
  count: number,
  horizon: number,
  window: RowRange,
  out: TradeList,
  exits?: LaneExits,
): void {
  const { entry, exit, direction, how } = out;
  const lastEntry = window.to - 1 - horizon;
  let trades = 0;
  let position = 0;
  let exitAt = 0;
  let left = TIME;
  for (let k = 0; k < count; k++) {
    const fill = (signals[k] >> LANE_SHIFT) + 1;
    const wanted = (signals[k] & BUY) === BUY ? 1 : -1;
    if (position !== 0) {
      if (fill < exitAt && (wanted === position || leavesAlone(exits, entry[trades], fill))) continue;
      how[trades] = fill < exitAt ? REVERSAL : left;
      exit[trades++] = fill < exitAt ? fill : exitAt;
      position = 0;
    }
    if (fill > lastEntry) continue;
    position = wanted;
    const own = exits && (wanted > 0 ? exits.long : exits.short);
    exitAt = own === undefined ? fill + horizon : own.exit[fill];
    if (own !== undefined) left = own.how[fill];
    entry[trades] = fill;
    direction[trades] = wanted;
  }
  if (position !== 0) {
    how[trades] = left;
    exit[trades++] = exitAt;
  }
  out.count = trades;
}
