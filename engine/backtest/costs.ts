import type { Candles } from '../market/candles.ts';
import { pipSize } from '../market/instruments/pip-size.ts';
import { closingHour, type SpreadByHour } from '../market/instruments/spread-by-hour.ts';
import { type MarketCalendar, rolloverNights } from '../market/time/calendar.ts';
import type { RowRange } from '../models/model.ts';

/** What trading one symbol costs: amounts in pips, `pip` or else `pipSize(symbol)` in price units, or in `unit`. */
export interface CostModel {
  /** Ask minus bid; used for bars whose data has no spread (NaN or 0) and no hour's. */
  readonly spreadPips: number;
  /** How much worse than quoted a fill is, per side. */
  readonly slippagePips: number;
  /** Fraction of the traded value, per side: 0.00003 is 3 units of currency per 100,000. */
  readonly commissionPerSide: number;
  /** Cost of holding a long position over one rollover; negative where the broker pays. */
  readonly swapLongPips: number;
  /** The same for a short position. */
  readonly swapShortPips: number;
  /** What amounts are in where it is not pips: price units, or a fraction of the price. */
  readonly unit?: 'price' | 'fraction';
  /** Price units of a pip, where the data's prices have too few decimals for that of the convention. */
  readonly pip?: number;
  /** What a bar has whose own spread is not known, where others of the market have one. */
  readonly spreadByHour?: SpreadByHour;
  /** Of a market that trades through the weekend: when it charges swaps, and that none of its bars is skipped. */
  readonly calendar?: MarketCalendar;
}

/** Costs of a span of bars, one value per lane, in log return (a price difference divided by the price: exact to first order). */
export interface Frictions {
  /** Of one fill at the open of the bar. */
  readonly costPerSide: Float64Array;
  /** Of being long from the open of the bar to the open of the next. */
  readonly swapLong: Float64Array;
  /** Of being short from the open of the bar to the open of the next. */
  readonly swapShort: Float64Array;
  /** Of entering and leaving, as far as it is known at the close of the bar: for the decision, never for the result. */
  readonly roundTripCost: Float64Array;
}

/** What one fill at the open of a bar costs, in price units. */
export interface FillCosts {
  readonly spread: number;
  readonly slippage: number;
  readonly commission: number;
}

/** Price units of one of the units that a symbol's amounts are in, at a price. */
export function unitSize(
  symbol: string,
  { unit, pip }: Pick<CostModel, 'unit' | 'pip'>,
): (price: number) => number {
  if (unit === 'fraction') return (price) => price;
  const size = unit === 'price' ? 1 : (pip ?? pipSize(symbol));
  return () => size;
}

/**
 * A bar carries the spread of its close, so the spread at an open lies between two known ones: that of the bar before and
 * its own. The wider counts.
 */
export function fillCosts(candles: Candles, costs: CostModel, row: number): FillCosts {
  const sizeAt = unitSize(candles.symbol, costs);
  const price = candles.open[row];
  const widest = Math.max(
    spreadAt(candles, costs, sizeAt(price), row),
    spreadAt(candles, costs, sizeAt(price), Math.max(0, row - 1)),
  );
  return {
    spread: widest / 2,
    slippage: costs.slippagePips * sizeAt(price),
    commission: costs.commissionPerSide * price,
  };
}

/** Spread of the bar, price units: its own, else the usual one of its hour, else the configured one. */
function spreadAt(candles: Candles, costs: CostModel, size: number, row: number): number {
  const { spread, close } = candles;
  if (spread[row] > 0) return spread[row];
  const { spreadByHour: hours } = costs;
  return hours === undefined
    ? costs.spreadPips * size
    : hours.shares[closingHour(candles, row, hours.day)] * close[row];
}

/** Frictions of the rows of a span; for the spread at an open see `fillCosts`. */
export function marketFrictions(candles: Candles, costs: CostModel, span: RowRange): Frictions {
  const { time, open, close } = candles;
  const sizeAt = unitSize(candles.symbol, costs);
  const count = span.to - span.from;
  const costPerSide = new Float64Array(count);
  const swapLong = new Float64Array(count);
  const swapShort = new Float64Array(count);
  const roundTripCost = new Float64Array(count);
  for (let lane = 0; lane < count; lane++) {
    const row = span.from + lane;
    const { spread, slippage } = fillCosts(candles, costs, row);
    const size = sizeAt(open[row]);
    costPerSide[lane] = (spread + slippage) / open[row] + costs.commissionPerSide;
    roundTripCost[lane] =
      (spreadAt(candles, costs, sizeAt(close[row]), row) + 2 * slippage) / close[row] +
      2 * costs.commissionPerSide;
    const nights = row + 1 < candles.length ? rolloverNights(time[row], time[row + 1], costs.calendar) : 0;
    swapLong[lane] = (nights * costs.swapLongPips * size) / open[row];
    swapShort[lane] = (nights * costs.swapShortPips * size) / open[row];
  }
  return { costPerSide, swapLong, swapShort, roundTripCost };
}
