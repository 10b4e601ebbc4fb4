import { describe, expect, it } from 'vitest';
import { readDefaults } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { createMarketCosts } from './costs.ts';

const HOUR = 3_600_000;

/** Bars of a market; a row without a spread where there is none for it. */
function market(symbol: string, timeframe: Timeframe, spreadOf: (row: number) => number): Candles {
  const candles = randomCandles(600, timeframe, 3);
  candles.spread.forEach((_, row) => {
    candles.spread[row] = spreadOf(row);
  });
  return { ...candles, symbol };
}

function costsIn(text: string, ...stored: readonly Candles[]) {
  const config = loadConfig(readDefaults(), { file: 'config.yaml', text });
  const of = (timeframe: Timeframe) => stored.find((series) => series.timeframe === timeframe);
  const library = {
    find: (_: string, timeframe: Timeframe) => of(timeframe),
    load: (_: string, timeframe: Timeframe) => ({ candles: of(timeframe) }),
    dayStart: () => 'utc',
    session: (symbol: string) => (symbol.startsWith('BTC') ? 'continuous' : 'currency-week'),
  } as unknown as CandleLibrary;
  return createMarketCosts(library, config);
}

const wholeOf = ({ time, length }: Candles) => ({ from: time[0]!, to: time[length - 1]! + HOUR });
const EURUSD = {
  spreadPips: 1,
  slippagePips: 0.2,
  commissionPerSide: 0,
  swapLongPips: 0.8,
  swapShortPips: 0.2,
};

describe('costs of a view', () => {
  it('are as configured where all bars have a spread, and where none has', () => {
    for (const spread of [0.0002, Number.NaN]) {
      const candles = market('EURUSD', 'H1', () => spread);
      const costs = costsIn('', candles).ofView(candles, wholeOf(candles));
      expect(JSON.stringify(costs)).toBe(JSON.stringify(EURUSD));
    }
  });

  it('say of a market that never closes that it does not, and of no other', () => {
    const candles = market('BTCUSDT', 'H1', () => 2);
    expect(costsIn('', candles).ofView(candles, wholeOf(candles)).calendar).toBe('continuous');
    const pair = market('EURUSD', 'H1', () => 0.0002);
    expect(costsIn('', pair).ofView(pair, wholeOf(pair))).not.toHaveProperty('calendar');
  });

  it('count in the pip of the prices in view, where that is not the pip of the convention', () => {
    const candles = market('USDCZK', 'H1', () => 0.02);
    candles.close.forEach((price, row) => {
      candles.close[row] = Number((price * 20).toFixed(row < 300 ? 3 : 5));
    });
    const seen = { from: candles.time[0]!, to: candles.time[299]! + HOUR };
    expect(costsIn('', candles).ofView(candles, seen)).toMatchObject({ spreadPips: 2, pip: 0.01 });
    expect(costsIn('', candles).ofView(candles, wholeOf(candles))).not.toHaveProperty('pip');
    const inPrice = costsIn('costs: { symbols: { USDCZK: { spread: 0.02, unit: price } } }', candles);
    expect(inPrice.ofView(candles, seen)).not.toHaveProperty('pip');
  });

  it('have the usual spread of an hour where some bars have one, of the bars in view', () => {
    const candles = market('EURUSD', 'H1', (row) => (row < 300 ? Number.NaN : row < 500 ? 0.0002 : 0.9));
    const seen = { from: candles.time[100]!, to: candles.time[499]! + HOUR };
    const { spreadByHour, ...rest } = costsIn('', candles).ofView(candles, seen);
    expect(rest).toEqual(EURUSD);
    expect(spreadByHour!.day).toBe('utc');
    const [low, high] = [Math.min(...spreadByHour!.shares), Math.max(...spreadByHour!.shares)];
    const closes = candles.close.subarray(300, 500);
    expect(low).toBeGreaterThanOrEqual(0.0002 / Math.max(...closes));
    expect(high).toBeLessThanOrEqual(0.0002 / Math.min(...closes));
    const early = { from: candles.time[0]!, to: candles.time[299]! + HOUR };
    expect(costsIn('', candles).ofView(candles, early)).toEqual(EURUSD);
  });

  it('have that of another timeframe of the symbol where their own bars have none', () => {
    const candles = market('BTCUSDT', 'H1', () => Number.NaN);
    const minutes = { ...market('BTCUSDT', 'M5', () => 0.0003), time: candles.time };
    const costs = costsIn('', candles, minutes).ofView(candles, wholeOf(candles));
    expect(costs.spreadByHour!.shares).toHaveLength(24);
    expect(costs.spreadPips).toBe(0);
  });

  it('are refused where nothing says what they are, with the key to set', () => {
    const candles = market('BTCUSDT', 'H1', () => Number.NaN);
    candles.close[599] = 61_000;
    const refused = () => costsIn('', candles).ofView(candles, wholeOf(candles));
    expect(refused).toThrow(
      /BTCUSDT is a crypto market: .* costs: \{ symbols: \{ BTCUSDT: \{ spread: 10, unit: price \} \} \}/,
    );
    expect(refused).toThrow(expect.objectContaining({ code: 'conflict', details: { remedy: 'set-costs' } }));
    for (const text of [
      'costs: { symbols: { BTCUSDT: { spread: 12, unit: price } } }',
      'costs: { kinds: { crypto: { spread: 0.0002, unit: fraction } } }',
    ]) {
      const costs = costsIn(text, candles);
      expect(costs.obstacle(candles)).toBeUndefined();
      expect(costs.ofView(candles, wholeOf(candles)).spreadPips).toBeGreaterThan(0);
    }
  });
});
