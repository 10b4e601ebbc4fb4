import { describe, expect, it } from 'vitest';
import { currencyPair, parseSymbol, plausiblePrices, symbolInName } from './symbol.ts';

describe('symbols', () => {
  it('are written in upper case', () => {
    expect(parseSymbol(' eurusd.pro ')).toBe('EURUSD.PRO');
  });

  it.each([
    ['EURUSD', 'EUR', 'USD'],
    ['EUR_USD', 'EUR', 'USD'],
    ['xauusd.a', 'XAU', 'USD'],
  ])('%s is a pair of %s and %s', (symbol, base, quote) => {
    expect(currencyPair(symbol)).toEqual({ base, quote });
  });

  it.each(['US500', 'USDUSD', 'BTCUSDT', 'GER40', ''])('%s is none', (symbol) => {
    expect(currencyPair(symbol)).toBeUndefined();
    expect(plausiblePrices(symbol)).toBeUndefined();
  });

  it('have ranges that hold what they have cost', () => {
    const extremes: [string, number, number][] = [
      ['EURUSD', 0.823, 1.604],
      ['GBPUSD', 1.035, 2.116],
      ['USDJPY', 75.5, 161.9],
      ['GBPJPY', 116.8, 251],
      ['EURCHF', 0.92, 1.68],
      ['AUDNZD', 1.0, 1.38],
      ['XAUUSD', 251, 4381],
      ['XAGUSD', 3.5, 54],
    ];
    for (const [symbol, low, high] of extremes) {
      const range = plausiblePrices(symbol);
      expect(range?.low).toBeLessThanOrEqual(low);
      expect(range?.high).toBeGreaterThanOrEqual(high);
    }
  });

  it.each([
    ['DAT_ASCII_EURUSD_M1_2017.csv', 'EURUSD'],
    ['jforex_GBP-JPY 5 Mins.csv', 'GBPJPY'],
    ['yahoo_EURUSD=X.csv', 'EURUSD'],
    ['history.csv', undefined],
  ])('are found in the file name %s', (name, symbol) => {
    expect(symbolInName(name)).toBe(symbol);
  });
});
