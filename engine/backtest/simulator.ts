import type { RowRange } from '../models/model.ts';
import { INSIDE, REVERSAL, TIME } from '../targets/trade-exits.ts';
import { type LaneExits, leavesAlone } from './lane-exits.ts';

/** What a simulation needs to know of the market, one value per lane of the evaluation span. */
export interface SimulationMarket {
  /** Of being long from the open of the bar to the open of the next, log return after swap; a bar without a successor is never held. */
  readonly long: Float64Array;
  /** The same of being short. */
  readonly short: Float64Array;
  /** Of one fill at the open of the bar, log return. */
  readonly costPerSide: Float64Array;
  /** What a position entered at the open of the bar puts at risk, as known at the close before: a fraction of the price. */
  readonly stake: Float64Array;
  /** Index of the regime known when the bar opens: the label of the bar before. */
  readonly regimeAtOpen: Uint8Array;
  /** Where positions are left before their time is up; without it only a reversal does that. */
  readonly exits?: LaneExits;
}

/** One simulation's outcome, lane by lane and trade by trade. Made once; every run overwrites it. */
export class Simulation {
  /** Net log return of the interval open[i] -> open[i+1]. */
  readonly netReturn: Float64Array;
  /** 1 long, -1 short, 0 flat, during that interval. */
  readonly position: Int8Array;
  trades = 0;
  /** Per trade: lane at whose open it is entered. */
  readonly entry: Int32Array;
  /** Per trade: lane at whose open it is left. */
  readonly exit: Int32Array;
  readonly direction: Int8Array;
  /** Per trade: net log return, all costs included. */
  readonly tradeReturn: Float64Array;
  /** Per trade: why it ended, see `EXIT_REASONS`, and `INSIDE` where that was within the bar before `exit`. */
  readonly how: Uint8Array;

  constructor(lanes: number) {
    this.netReturn = new Float64Array(lanes);
    this.position = new Int8Array(lanes);
    this.entry = new Int32Array(lanes);
    this.exit = new Int32Array(lanes);
    this.direction = new Int8Array(lanes);
    this.tradeReturn = new Float64Array(lanes);
    this.how = new Uint8Array(lanes);
  }
}

/**
 * Trades signals inside one window, which starts and ends flat, one position at a time:
 * - the signal of bar t fills at open[t+1]; the position is left at open[t+1+horizon], or before that at the open after
 *   a bar whose signal points the other way, and is then turned round, paying both sides;
 * - a signal in the direction of the position neither extends it nor adds to it;
 * - where a position's time is up, the signal of the bar before may enter at the same open, in either direction.
 *   Both sides are paid then, too: a pessimistic reading, since a broker might leave the position alone;
 * - where the market has exits, a position that is still held then leaves at its stop or take-profit: at the open of a bar that
 *   opens beyond it, or within the bar that touches it, and a signal of that bar may enter at the next open;
 * - an agent's position is left where its exits say alone, whatever its own signals are (`policyMarket`);
 * - nothing is entered whose full life would reach beyond the window's last open (purge), though it is still left.
 *
 * Cost of entry falls on the first bar held, cost of exit on the last. A short earns minus the log return: what a long
 * position in the inverse pair earns. It differs from a short's cash result by the square of the return.
 *
 * Goes from bar to bar, for traces and as the measure that `listTrades` and `measureTrades` are held to, which go from
 * signal to signal.
 *
 * @param signal direction per lane: 1, 0, -1
 * @param window lanes; `out` is written for these only, its trades from index 0
 */
export function simulate(
  signal: Int8Array,
  market: SimulationMarket,
  horizon: number,
  window: RowRange,
  out: Simulation,
): void {
  simulateRelay(signal, new Uint16Array(signal.length).fill(horizon), market, window, out);
}

/**
 * `simulate` for signals that come from several, each of which has the word on some of the bars: a position keeps the horizon of
 * whoever opened it, and an opposite signal of whoever has the word turns it round.
 *
 * @param signal of whoever has the word on the bar
 * @param horizon per lane, bars that a position entered on its signal is held
 */
export function simulateRelay(
  signal: Int8Array,
  horizon: Uint16Array,
  market: SimulationMarket,
  window: RowRange,
  out: Simulation,
): void {
  const { long, short, costPerSide, exits } = market;
  const { netReturn } = out;
  let position = 0;
  let exitAt = -1;
  let how = TIME;
  let entry = 0;
  let tradeReturn = 0;
  let trades = 0;
  for (let i = window.from; i < window.to; i++) {
    const wanted = i > window.from ? signal[i - 1] : 0;
    const isTurned = position !== 0 && wanted === -position && !leavesAlone(exits, entry, i);
    if (position !== 0 && (i === exitAt || isTurned)) {
      const left = i === exitAt ? how : REVERSAL;
      const cost = costPerSide[left >= INSIDE ? i - 1 : i];
      netReturn[i - 1] -= cost;
      out.exit[trades] = i;
      out.tradeReturn[trades] = tradeReturn - cost;
      out.how[trades] = left;
      trades++;
      position = 0;
    }
    let net = 0;
    if (position === 0 && wanted !== 0 && i + horizon[i - 1] < window.to) {
      position = wanted;
      entry = i;
      const own = exits && (position > 0 ? exits.long : exits.short);
      exitAt = own === undefined ? i + horizon[i - 1] : own.exit[i];
      how = own === undefined ? TIME : own.how[i];
      out.entry[trades] = i;
      out.direction[trades] = position;
      tradeReturn = 0;
      net = -costPerSide[i];
    }
    if (position !== 0) {
      // Left within the bar, whatever comes to be wanted at its close.
      const isLast = how >= INSIDE && i === exitAt - 1;
      if (isLast) net += (position > 0 ? exits!.long : exits!.short).last[entry];
      else net += position > 0 ? long[i] : short[i];
      tradeReturn += net;
    }
    netReturn[i] = net;
    out.position[i] = position;
  }
  out.trades = trades;
}
