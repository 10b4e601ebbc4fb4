import type { ExitMultiples } from '../contract/target-names.ts';
import { INSIDE, TIME } from '../targets/trade-exits.ts';
import { lastSwap, type SideOutcomes, type TradeOutcomes } from '../targets/trade-outcomes.ts';
import type { Frictions } from './costs.ts';
import type { SimulationMarket } from './simulator.ts';

/** Where positions in one direction are left of their own accord, by the lane at whose open they are entered. */
export interface SideLanes {
  /** Lane from whose open on nothing is held; beyond the span where it is not known. */
  readonly exit: Int32Array;
  /** Return of the last bar held of a position that is left within it, log return after swap. */
  readonly last: Float64Array;
  /** As quoted, where it is left of its own accord. */
  readonly price: Float64Array;
  /** See `TradeExits.how`. */
  readonly how: Uint8Array;
}

export interface LaneExits {
  readonly long: SideLanes;
  readonly short: SideLanes;
  /**
   * By the lane that is entered at, the agent whose signal that is, from 1; 0: no agent's. An agent's own signal does not turn its position
   * round: it leaves where its exits say. Absent: there is none.
   */
  readonly agent?: Uint8Array;
}

/** Whether a signal that is filled at a lane leaves a position alone, whichever way it points. */
export function leavesAlone(exits: LaneExits | undefined, entry: number, lane: number): boolean {
  const agent = exits?.agent;
  return agent !== undefined && agent[entry] !== 0 && agent[entry] === agent[lane];
}

/** What a span has of its candles: lane i is row `from + i`. */
interface Span {
  readonly from: number;
  readonly lanes: number;
}

/**
 * The market of strategies whose trades have exits: they are in it, and a position stakes the stop's distance.
 *
 * @param market of the span, without exits
 * @param swaps of its lanes
 */
export function marketWithExits(
  market: SimulationMarket,
  { open }: { readonly open: Float64Array },
  swaps: Pick<Frictions, 'swapLong' | 'swapShort'>,
  trades: TradeOutcomes,
  { stopLoss }: Pick<ExitMultiples, 'stopLoss'>,
  span: Span,
): SimulationMarket {
  const side = (of: SideOutcomes, swap: Float64Array, direction: 1 | -1) =>
    sideLanes(of, open, swap, direction, span);
  return {
    ...market,
    stake: market.stake.map((stake) => stopLoss * stake),
    exits: { long: side(trades.long, swaps.swapLong, 1), short: side(trades.short, swaps.swapShort, -1) },
  };
}

function sideLanes(
  { exits }: SideOutcomes,
  open: Float64Array,
  swap: Float64Array,
  direction: 1 | -1,
  { from, lanes }: Span,
): SideLanes {
  const exit = new Int32Array(lanes);
  const last = new Float64Array(lanes).fill(Number.NaN);
  const how = exits.how.slice(from, from + lanes);
  const price = exits.price.slice(from, from + lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const row = exits.exit[from + lane]!;
    exit[lane] = row < 0 ? lanes : Math.min(lanes, row - from);
    if (how[lane]! < INSIDE || exit[lane] === lanes) continue;
    const move = direction * Math.log(exits.price[from + lane]! / open[row - 1]!);
    last[lane] = move - lastSwap(swap[exit[lane]! - 1]!);
  }
  return { exit, last, price, how };
}

/** Exits where each night costs `more` times as much again. */
export function dearerExits(
  { long, short, agent }: LaneExits,
  { swapLong, swapShort }: Pick<Frictions, 'swapLong' | 'swapShort'>,
  more: number,
): LaneExits {
  const dearer = (side: SideLanes, swap: Float64Array): SideLanes => ({
    ...side,
    last: side.last.map((r, entry) => r - more * lastSwap(swap[side.exit[entry]! - 1]!)),
  });
  return { long: dearer(long, swapLong), short: dearer(short, swapShort), ...(agent && { agent }) };
}

/** Of positions that are held for a time, as a table: where they stand beside others that have exits. */
export function timedExits(lanes: number, horizon: number): LaneExits {
  const exit = Int32Array.from({ length: lanes }, (_, lane) => Math.min(lanes, lane + horizon));
  const none = new Float64Array(lanes).fill(Number.NaN);
  const side = { exit, last: none, price: none, how: new Uint8Array(lanes).fill(TIME) };
  return { long: side, short: side };
}
