import type { TradingFigures } from '../../contract/quality.ts';
import type { Candles } from '../candles.ts';
import { median } from './spread-by-hour.ts';

/** Spreads are many; the median of so many of them, evenly taken, is as good as that of all. */
const MOST = 100_000;

/** What the candles say of what trading them costs. */
export function tradingFigures({
  close,
  spread,
  length,
}: Pick<Candles, 'close' | 'spread' | 'length'>): TradingFigures {
  let bars = 0;
  for (let row = 0; row < length; row++) if (spread[row]! > 0) bars++;
  const price = close[length - 1] ?? 0;
  if (bars === 0) return { price, spread: null };
  const step = Math.ceil(bars / MOST);
  const spreads: number[] = [];
  const shares: number[] = [];
  let seen = 0;
  for (let row = 0; row < length; row++) {
    if (!(spread[row]! > 0) || seen++ % step !== 0) continue;
    spreads.push(spread[row]!);
    shares.push(spread[row]! / close[row]!);
  }
  return { price, spread: { bars, median: median(spreads), share: median(shares) } };
}
