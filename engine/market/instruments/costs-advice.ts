import type { MarketKind } from '../../contract/market-kind.ts';
import { marketKind } from './kind.ts';

const KIND_TEXT: Readonly<Record<MarketKind, string>> = {
  pair: 'a currency pair',
  metal: 'a metal',
  crypto: 'a crypto market',
  index: 'an index',
  energy: 'a market of energy',
  other: 'no currency pair',
};

/** A spread that a market at this price might have: 0.02 % of it, in one digit. */
export function exampleSpread(price: number): number {
  return price > 0 ? Number((price * 0.0002).toPrecision(1)) : 12;
}

/** `BTCUSDT`, or in quotes where YAML would take it for something else. */
function keyOf(symbol: string): string {
  return /^[A-Z][A-Z0-9_]*$/.test(symbol) ? symbol : `"${symbol}"`;
}

/** That nothing is known of what a market costs, and what to do. */
export function costsAdvice(symbol: string, price: number): string {
  const spread = exampleSpread(price);
  return (
    `${symbol} is ${KIND_TEXT[marketKind(symbol)]}: its candles have no spreads and nothing says what trading it costs, so a trade would be free. ` +
    `Set it in config.yaml, as costs: { symbols: { ${keyOf(symbol)}: { spread: ${spread}, unit: price } } } ` +
    `(your broker's ask minus bid; unit: price, fraction, pips or points), or for all of its kind in costs.kinds; or import candles with spreads.`
  );
}
