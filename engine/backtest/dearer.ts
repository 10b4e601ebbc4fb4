import type { Frictions } from './costs.ts';
import { dearerExits } from './lane-exits.ts';
import type { SimulationMarket } from './simulator.ts';

/**
 * A market where each fill costs so many times as much, and each night held, too; what a broker pays for a night stays as it is. The
 * prices, and with them what a strategy expects, are the same.
 *
 * @param swaps those that are in the market's returns
 * @param factor 1 or more
 */
export function dearerMarket(
  market: SimulationMarket,
  swaps: Pick<Frictions, 'swapLong' | 'swapShort'>,
  factor: number,
): SimulationMarket {
  const more = factor - 1;
  const { exits } = market;
  const less = (returns: Float64Array, swap: Float64Array) =>
    returns.map((r, lane) => r - more * Math.max(0, swap[lane]));
  return {
    ...market,
    long: less(market.long, swaps.swapLong),
    short: less(market.short, swaps.swapShort),
    ...(exits && { exits: dearerExits(exits, swaps, more) }),
    costPerSide: market.costPerSide.map((cost) => factor * cost),
  };
}
