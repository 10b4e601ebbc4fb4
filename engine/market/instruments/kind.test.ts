import { expect, test } from 'vitest';
import type { MarketKind } from '../../contract/market-kind.ts';
import { knownPip, marketKind } from './kind.ts';

const KINDS: Readonly<Record<MarketKind, readonly string[]>> = {
  pair: [
    'EURUSD',
    'DEMO_EURUSD',
    'EURUSD.PRO',
    'EUR_USD',
    'mEURUSD',
    'USDJPY',
    'EURUSDC',
    'USDCNH',
    'EURUSD_I',
  ],
  metal: ['XAUUSD', 'XAGEUR', 'GOLD', 'Gold.m', 'SILVER', 'XPTUSD', 'XAUUSD.raw', 'EURXAU'],
  crypto: ['BTCUSDT', 'BTCUSD', 'BTC-USD', 'ETHBTC', 'XBTUSD', 'DOGEUSD', 'PEPEUSDT', 'EURUSDT', 'SOL_USDC'],
  index: [
    'US30',
    '#US30',
    'US500',
    'NAS100',
    'USTEC',
    'GER40',
    'DE40',
    'UK100',
    'JP225',
    'SPX500',
    'DAX',
    'US30.cash',
  ],
  energy: ['USOIL', 'XTIUSD', 'BRENT', 'WTI', 'XNGUSD', 'NATGAS', 'UKOIL', 'CrudeOIL'],
  other: ['AAPL', 'TSLA.NAS', 'WHEAT', 'ZN', 'X', 'DOWNLOAD', 'GOLDMAN', 'OILDATA', 'DAXDATA'],
};

test.each(Object.entries(KINDS))('%s', (kind, symbols) => {
  for (const symbol of symbols) expect(`${symbol} ${marketKind(symbol)}`).toBe(`${symbol} ${kind}`);
});

test('a pip is known of currency pairs, gold and silver', () => {
  expect(knownPip('EURUSD')).toBe(0.0001);
  expect(knownPip('USDJPY')).toBe(0.01);
  expect(knownPip('XAUUSD')).toBe(0.1);
  for (const symbol of ['GOLD', 'BTCUSDT', 'US30', 'XPTUSD', 'AAPL', 'USOIL']) {
    expect(knownPip(symbol), symbol).toBeUndefined();
  }
});
