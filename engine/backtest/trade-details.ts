import type { Candles } from '../market/candles.ts';
import { knownPip } from '../market/instruments/kind.ts';
import { pipSize } from '../market/instruments/pip-size.ts';
import { rolloverNights } from '../market/time/calendar.ts';
import { lastSwap } from '../targets/trade-outcomes.ts';
import { type CostModel, fillCosts, unitSize } from './costs.ts';

/** A trade in rows of its candles: entered at an open, and left at one unless it says otherwise. */
export interface TradeRows {
  readonly entry: number;
  readonly exit: number;
  readonly direction: 1 | -1;
  /** Where it was left between two opens: within the bar before `exit`, at this price. */
  readonly price?: number | null;
}

/** What a trade's costs, result and excursions are counted in, price units: pips where the market has them, else the price itself. */
export function tradeUnit(symbol: string, costs: Pick<CostModel, 'pip'>): number {
  return costs.pip ?? knownPip(symbol) ?? 1;
}

/** What a trade came to in prices; costs, result and excursions in `tradeUnit`. */
export interface TradeDetails {
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly costs: {
    readonly spread: number;
    readonly slippage: number;
    readonly commission: number;
    /** Negative where the broker paid. */
    readonly swap: number;
  };
  /** What the price moved in the trade's favor, less all costs. */
  readonly netPips: number;
  /** Maximum favorable and adverse excursion: furthest that the price went either way from the entry, 0 or more. */
  readonly mfe: number;
  readonly mae: number;
}

/** Prices are those quoted; what a fill costs beyond them is among the costs. */
export function tradeDetails(candles: Candles, costs: CostModel, trade: TradeRows): TradeDetails {
  const { entry, exit, direction, price = null } = trade;
  const { open, high, low, time } = candles;
  const pip = tradeUnit(candles.symbol, costs);
  const entryPrice = open[entry];
  const exitPrice = price ?? open[exit];
  // Whole bars that it was held.
  const held = price === null ? exit : exit - 1;
  // The bar it is left at belongs to it by its open only, and one that it is left within by what it is left at.
  let highest = Math.max(entryPrice, exitPrice);
  let lowest = Math.min(entryPrice, exitPrice);
  for (let row = entry; row < held; row++) {
    highest = Math.max(highest, high[row]);
    lowest = Math.min(lowest, low[row]);
  }
  const up = (highest - entryPrice) / pip;
  const down = (entryPrice - lowest) / pip;
  const fills = [fillCosts(candles, costs, entry), fillCosts(candles, costs, held)];
  const paid = (part: keyof (typeof fills)[number]) => (fills[0][part] + fills[1][part]) / pip;
  const swap = direction > 0 ? costs.swapLongPips : costs.swapShortPips;
  const isInPips = costs.unit === undefined && pip === (costs.pip ?? pipSize(candles.symbol));
  const perNight = isInPips ? swap : (swap * unitSize(candles.symbol, costs)(entryPrice)) / pip;
  const split = {
    spread: paid('spread'),
    slippage: paid('slippage'),
    commission: paid('commission'),
    swap:
      rolloverNights(time[entry], time[held], costs.calendar) * perNight +
      lastSwap(rolloverNights(time[held], time[exit], costs.calendar) * perNight),
  };
  return {
    entryPrice,
    exitPrice,
    costs: split,
    netPips:
      (direction * (exitPrice - entryPrice)) / pip -
      split.spread -
      split.slippage -
      split.commission -
      split.swap,
    mfe: direction > 0 ? up : down,
    mae: direction > 0 ? down : up,
  };
}
