import type { TradingFigures } from '../../contract/quality.ts';
import type { Candles } from '../candles.ts';
import { knownPip } from './kind.ts';
import { pipOfPrices } from './pip-size.ts';
import { median } from './spread-by-hour.ts';

/** Spreads are many; the median of so many of them, evenly taken, is as good as that of all. */
const MOST = 100_000;

/** What the candles say of what trading them costs; `symbol`: where it is known. */
export function tradingFigures(
  { close, spread, length }: Pick<Candles, 'close' | 'spread' | 'length'>,
  symbol: string | undefined,
): TradingFigures {
  let bars = 0;
  for (let row = 0; row < length; row++) if (spread[row]! > 0) bars++;
  const price = close[length - 1] ?? 0;
  const own = { price, ...ownPip(symbol, close) };
  if (bars === 0) return { ...own, spread: null };
  const step = Math.ceil(bars / MOST);
  const spreads: number[] = [];
  const shares: number[] = [];
  let seen = 0;
  for (let row = 0; row < length; row++) {
    if (!(spread[row]! > 0) || seen++ % step !== 0) continue;
    spreads.push(spread[row]!);
    shares.push(spread[row]! / close[row]!);
  }
  return { ...own, spread: { bars, median: median(spreads), share: median(shares) } };
}

/** The pip of a pair's prices, where it is not that of the convention. */
export function ownPip(symbol: string | undefined, close: Float64Array): { readonly pip?: number } {
  const usual = symbol === undefined ? undefined : knownPip(symbol);
  if (symbol === undefined || usual === undefined) return {};
  const pip = pipOfPrices(symbol, close);
  return pip === usual ? {} : { pip };
}
