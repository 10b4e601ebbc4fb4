import { marketFrictions } from '../backtest/costs.ts';
import { lastSwap } from '../targets/trade-outcomes.ts';
import type { BatchContext } from './context.ts';
import type { Trade } from './strategy-trace.ts';

/** What a trade paid in costs and swaps, log return. */
export function costsOf({
  spec,
  candles,
  span,
}: BatchContext): (trade: Pick<Trade, 'entry' | 'exit' | 'direction' | 'inside'>) => number {
  const { costPerSide, swapLong, swapShort } = marketFrictions(candles, spec.settings.costs, span);
  return ({ entry, exit, direction, inside }) => {
    const swaps = direction > 0 ? swapLong : swapShort;
    const last = exit - 1;
    let sum = costPerSide[entry - span.from]! + costPerSide[(inside ? last : exit) - span.from]!;
    for (let row = entry; row < last; row++) sum += swaps[row - span.from]!;
    const swap = swaps[last - span.from]!;
    return sum + (inside ? lastSwap(swap) : swap);
  };
}
