import type { ExitMultiples } from '../contract/target-names.ts';
import { INDICATOR_CATALOG } from '../features/indicators/index.ts';
import type { Candles } from '../market/candles.ts';
import { INSIDE, type TradeExits, tradeExits } from './trade-exits.ts';

/** What trading costs, one value per row, log return. */
export interface TradeCosts {
  /** Of one fill at the open of the bar. */
  readonly costPerSide: Float64Array;
  /** Of being long, and short, from the open of the bar to the open of the next; negative where the broker pays. */
  readonly swapLong: Float64Array;
  readonly swapShort: Float64Array;
}

/** The trades in one direction. */
export interface SideOutcomes {
  readonly exits: TradeExits;
  /** Net log return of the trade that is entered at the open after a bar, per bar of the signal; NaN where it is not known. */
  readonly net: Float64Array;
}

/** The two trades that could be entered after each bar. */
export interface TradeOutcomes {
  /** Average true range (14) over close, per bar: what a multiple of 1 is in log return, to first order. */
  readonly unit: Float64Array;
  readonly long: SideOutcomes;
  readonly short: SideOutcomes;
}

/** What both trades of every bar come to, with the costs that the simulator has. */
export function tradeOutcomes(
  candles: Candles,
  costs: TradeCosts,
  exits: ExitMultiples,
  horizon: number,
): TradeOutcomes {
  const [range] = INDICATOR_CATALOG.atr.compute(candles).outputs;
  const side = (direction: 1 | -1, swap: Float64Array): SideOutcomes => {
    const left = tradeExits(candles, range!, exits, horizon, direction);
    return { exits: left, net: netResults(candles, left, costs.costPerSide, swap, direction) };
  };
  return {
    unit: range!.map((r, row) => r / candles.close[row]!),
    long: side(1, costs.swapLong),
    short: side(-1, costs.swapShort),
  };
}

/** The row whose cost a trade pays for being left. */
export function exitCostRow(exit: number, how: number): number {
  return how >= INSIDE ? exit - 1 : exit;
}

/**
 * Swap of the bar that a trade is left within: nobody knows whether before or after the rollover, so that it is paid, and
 * not received.
 */
export function lastSwap(swap: number): number {
  return Math.max(0, swap);
}

function netResults(
  { open, length }: Candles,
  { exit, price, how }: TradeExits,
  costPerSide: Float64Array,
  swap: Float64Array,
  direction: 1 | -1,
): Float64Array {
  const net = new Float64Array(length).fill(Number.NaN);
  const swaps = new Float64Array(length + 1);
  for (let row = 0; row < length; row++) swaps[row + 1] = swaps[row]! + swap[row]!;
  for (let entry = 1; entry < length; entry++) {
    const left = exit[entry]!;
    if (left < 0) continue;
    const inside = how[entry]! >= INSIDE;
    const paid = inside
      ? swaps[left - 1]! - swaps[entry]! + lastSwap(swap[left - 1]!)
      : swaps[left]! - swaps[entry]!;
    const costs = costPerSide[entry]! + costPerSide[exitCostRow(left, how[entry]!)]!;
    net[entry - 1] = direction * Math.log(price[entry]! / open[entry]!) - costs - paid;
  }
  return net;
}

/** A net result in multiples of a bar's unit. A market that has not moved for weeks has none: its trades are nothing to learn from. */
export function inUnits(result: number, unit: number): number {
  if (Number.isNaN(result)) return result;
  return unit > 0 ? result / unit : 0;
}
