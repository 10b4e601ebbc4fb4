import type { RoundTripDto } from '../contract/dto/index.ts';
import type { TradingFigures } from '../contract/quality.ts';
import { knownPip } from '../market/instruments/kind.ts';
import { type CostModel, unitSize } from './costs.ts';

/**
 * What buying and selling again costs, as the simulator charges it: the spread once, slippage and commission twice. The spread is the
 * median of those in the data, else the configured one; swaps are not in it. A pip is that of the costs, else of the data, else the
 * convention's. Null where that is nothing.
 */
export function roundTrip(symbol: string, figures: TradingFigures, costs: CostModel): RoundTripDto | null {
  const { price, spread } = figures;
  if (!(price > 0)) return null;
  const own = costs.pip ?? figures.pip;
  const size = unitSize(symbol, own === undefined ? costs : { ...costs, pip: own })(price);
  const configured = costs.spreadPips * size;
  const rest = 2 * costs.slippagePips * size + 2 * costs.commissionPerSide * price;
  const inPrice = (spread?.median ?? configured) + rest;
  const share = (spread?.share ?? configured / price) + rest / price;
  if (!(share > 0)) return null;
  const pip = own ?? knownPip(symbol);
  const amount = pip === undefined ? `${short(inPrice)} in price` : `${short(inPrice / pip)} pips`;
  return {
    price: inPrice,
    pips: pip === undefined ? null : inPrice / pip,
    share,
    from: spread === null ? 'configuration' : 'data',
    text: `A round trip costs ${amount}, ${percent(share)} (${spread === null ? 'spread as configured' : 'median spread of the data'})`,
  };
}

/** Three digits at most, and never fewer than a price has before its point. */
function short(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** `0.012 %` */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
