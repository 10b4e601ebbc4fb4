import { rolloverNights } from '../market/calendar.ts';
import type { Candles } from '../market/candles.ts';
import { pipSize } from '../market/pip-size.ts';
import type { RowRange } from '../models/model.ts';

/** What trading one symbol costs. A pip is `pipSize(symbol)` in price units. */
export interface CostModel {
  /** Ask minus bid, pips; used for bars whose data has no spread (NaN or 0). */
  readonly spreadPips: number;
  /** How much worse than quoted a fill is, pips per side. */
  readonly slippagePips: number;
  /** Fraction of the traded value, per side: 0.00003 is 3 units of currency per 100,000. */
  readonly commissionPerSide: number;
  /** Cost of holding a long position over one rollover, pips; negative where the broker pays. */
  readonly swapLongPips: number;
  /** The same for a short position. */
  readonly swapShortPips: number;
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

/**
 * A bar carries the spread of its close, so the spread at an open lies between two known ones: that of the bar before and
 * its own. The wider counts.
 */
export function fillCosts(candles: Candles, costs: CostModel, row: number): FillCosts {
  const pip = pipSize(candles.symbol);
  const widest = Math.max(
    spreadAt(candles, costs, pip, row),
    spreadAt(candles, costs, pip, Math.max(0, row - 1)),
  );
  return {
    spread: widest / 2,
    slippage: costs.slippagePips * pip,
    commission: costs.commissionPerSide * candles.open[row],
  };
}

/** Spread of the bar, price units: its own, else the configured one. */
function spreadAt({ spread }: Candles, costs: CostModel, pip: number, row: number): number {
  return spread[row] > 0 ? spread[row] : costs.spreadPips * pip;
}

/** Frictions of the rows of a span; for the spread at an open see `fillCosts`. */
export function marketFrictions(candles: Candles, costs: CostModel, span: RowRange): Frictions {
  const { time, open, close } = candles;
  const pip = pipSize(candles.symbol);
  const count = span.to - span.from;
  const costPerSide = new Float64Array(count);
  const swapLong = new Float64Array(count);
  const swapShort = new Float64Array(count);
  const roundTripCost = new Float64Array(count);
  for (let lane = 0; lane < count; lane++) {
    const row = span.from + lane;
    const { spread, slippage } = fillCosts(candles, costs, row);
    costPerSide[lane] = (spread + slippage) / open[row] + costs.commissionPerSide;
    roundTripCost[lane] =
      (spreadAt(candles, costs, pip, row) + 2 * slippage) / close[row] + 2 * costs.commissionPerSide;
    const nights = row + 1 < candles.length ? rolloverNights(time[row], time[row + 1]) : 0;
    swapLong[lane] = (nights * costs.swapLongPips * pip) / open[row];
    swapShort[lane] = (nights * costs.swapShortPips * pip) / open[row];
  }
  return { costPerSide, swapLong, swapShort, roundTripCost };
}
