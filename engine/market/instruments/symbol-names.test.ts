import { describe, expect, it, test } from 'vitest';
import { apartNote, marketInFileName, marketOfName, namingNote } from './symbol-names.ts';

describe('the market that a name stands for', () => {
  test.each([
    ['EURUSD', 'EURUSD'],
    ['EURUSD.m', 'EURUSD'],
    ['EURUSD_i', 'EURUSD'],
    ['m.EURUSD', 'EURUSD'],
    ['EURUSDm', 'EURUSD'],
    ['EUR/USD', 'EURUSD'],
    ['C:EURUSD', 'EURUSD'],
    ['EURUSD=X', 'EURUSD'],
    ['EURUSDpro', 'EURUSD'],
    ['XAUUSD.raw', 'XAUUSD'],
    ['#US30', 'US30'],
    ['US30.cash', 'US30'],
    ['US30m', 'US30'],
    ['m.US30', 'US30'],
    ['GER40.i', 'GER40'],
    ['BTC/USDT', 'BTCUSDT'],
    ['BTC-USD', 'BTCUSD'],
    ['BTCUSD.m', 'BTCUSD'],
    ['BTCUSDm', 'BTCUSD'],
    ['BINANCE:BTCUSDT', 'BTCUSDT'],
    ['GOLDm', 'GOLD'],
    // Markets of their own, and what nobody knows.
    ['EURUSDT', 'EURUSDT'],
    ['BTCUSDT', 'BTCUSDT'],
    ['AAPL.US', 'AAPL.US'],
    ['TSLA', 'TSLA'],
    ['XCUUSD', 'XCUUSD'],
  ])('%s is %s', (written, market) => {
    expect(marketOfName(written)).toBe(market);
  });

  it('is said where it is not how it is written, but for the sign between two currencies', () => {
    expect(namingNote('EURUSD.m', 'EURUSD')).toContain('written EURUSD.m, which stands for EURUSD');
    for (const written of ['EURUSD', 'eurusd', 'EUR/USD', 'BTC-USD'])
      expect(namingNote(written, marketOfName(written))).toBeUndefined();
  });
});

test.each([
  ['BTCUSDT-1h.csv', 'BTCUSDT'],
  ['Binance_BTCUSDT_1h.csv', 'BTCUSDT'],
  ['BTC-USD.csv', 'BTCUSD'],
  ['US30.cash_M5.csv', 'US30'],
  ['#US30_M15.csv', 'US30'],
  ['XAUUSD.raw_H1.csv', 'XAUUSD'],
  ['EURUSDm_H1.csv', 'EURUSD'],
  ['DAT_ASCII_EURUSD_M1_2017.csv', 'EURUSD'],
  ['jforex_GBP-JPY 5 Mins.csv', 'GBPJPY'],
  ['yahoo_EURUSD=X.csv', 'EURUSD'],
  ['download.csv', undefined],
  ['history.csv', undefined],
  ['prices_2024_H1.csv', undefined],
])('in the file name %s it is %s', (name, market) => {
  expect(marketInFileName(name)).toBe(market);
});

test("a broker's name that is insisted on is kept, and said to stand apart", () => {
  expect(apartNote('EURUSD.M')).toContain('EURUSD.M is stored under that name, apart from EURUSD');
  for (const symbol of ['EURUSD', 'BTCUSDT', 'US30', 'AAPL.US', 'DEMO_EURUSD']) {
    expect(apartNote(symbol)).toBeUndefined();
  }
});
