import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { CANDLE_COLUMNS, type Candles, sliceCandles } from './candles.ts';
import { randomCandles } from './fixtures.ts';
import { resample } from './resample.ts';

/** The same by grouping objects; every bin is kept. */
function grouped(candles: Candles, timeframe: Timeframe) {
  const bin = timeframeMs(timeframe);
  const bins = new Map<number, number[]>();
  for (let i = 0; i < candles.length; i++) {
    const start = candles.time[i]! - (candles.time[i]! % bin);
    bins.set(start, [...(bins.get(start) ?? []), i]);
  }
  return [...bins].map(([time, bars]) => ({
    time,
    open: candles.open[bars[0]!],
    high: Math.max(...bars.map((i) => candles.high[i]!)),
    low: Math.min(...bars.map((i) => candles.low[i]!)),
    close: candles.close[bars[bars.length - 1]!],
    volume: bars.reduce((sum, i) => sum + candles.volume[i]!, 0),
    spread: bars.map((i) => candles.spread[i]).findLast((s) => !Number.isNaN(s)) ?? Number.NaN,
  }));
}

describe('resample', () => {
  it.each([
    ['M5', 'M15'],
    ['M15', 'H1'],
    ['H1', 'H4'],
    ['H1', 'D1'],
    ['H4', 'D1'],
  ] as const)('%s to %s agrees with grouping bar by bar', (from, to) => {
    const candles = randomCandles(1999, from);
    const result = resample(candles, to);
    const expected = grouped(candles, to);
    expect(expected.length - result.length).toBeLessThanOrEqual(1);
    for (const name of CANDLE_COLUMNS) {
      expect([...result[name]]).toEqual(expected.slice(0, result.length).map((bar) => bar[name]));
    }
    expect(result).toMatchObject({ symbol: 'EURUSD', timeframe: to });
  });

  it('leaves out a last bin whose close is not known yet', () => {
    const candles = randomCandles(24);
    expect(resample(sliceCandles(candles, 0, 8), 'H4').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 9), 'H4').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 11), 'H4').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 3), 'H4').length).toBe(0);
    expect(resample(sliceCandles(candles, 0, 0), 'H4').length).toBe(0);
  });

  it('keeps the last bin of the week when its last bar is there', () => {
    // Friday, 2020-01-10: the market closes at 22:00 UTC.
    const candles = randomCandles(200);
    const lastHour = candles.time.indexOf(Date.UTC(2020, 0, 10, 21));
    const daily = resample(sliceCandles(candles, 0, lastHour + 1), 'D1');
    expect(daily.time.at(-1)).toBe(Date.UTC(2020, 0, 10));
    expect(resample(sliceCandles(candles, 0, lastHour), 'D1').time.at(-1)).toBe(Date.UTC(2020, 0, 9));
  });

  it.each(['H1', 'M15'] as const)('refuses to go from H1 to %s', (timeframe) => {
    expect(() => resample(randomCandles(10), timeframe)).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});
