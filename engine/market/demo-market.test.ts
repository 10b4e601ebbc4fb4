import { describe, expect, it } from 'vitest';
import { demoMarket } from './demo-market.ts';
import { qualityReport } from './quality/quality.ts';
import { candleDigest } from './series/candle-file.ts';

const market = demoMarket();

describe('demoMarket', () => {
  it('has three symbols that nobody takes for real, three years of H1', () => {
    expect(market.map((c) => c.symbol)).toEqual(['DEMO_EURUSD', 'DEMO_GBPUSD', 'DEMO_USDJPY']);
    for (const candles of market) {
      expect(candles).toMatchObject({ timeframe: 'H1', synthetic: true });
      const years = (candles.time[candles.length - 1]! - candles.time[0]!) / (365.25 * 86_400_000);
      expect(years).toBeCloseTo(3, 1);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(demoMarket().map(candleDigest)).toEqual(market.map(candleDigest));
    expect(candleDigest(demoMarket(2)[0]!)).not.toBe(candleDigest(market[0]!));
  });

  it('has no defects, and a spread on every bar', () => {
    for (const candles of market) {
      const { coverage, ...report } = qualityReport(candles);
      expect(coverage).toBe(1);
      for (const finding of [report.bodyOutsideRange, report.offGrid, report.weekendBars, report.dailyLeak]) {
        expect(finding.count).toBe(0);
      }
      expect(candles.spread.every((s) => s > 0)).toBe(true);
      expect(candles.volume.every((v) => v > 0)).toBe(true);
    }
  });

  it('moves like a major pair: 5 to 12 % a year, livelier in London than at night, volume with range', () => {
    for (const { time, open, high, low, close, volume, length } of market) {
      let squares = 0;
      let london = 0;
      let night = 0;
      let rangeVolume = 0;
      let ranges = 0;
      let volumes = 0;
      for (let i = 0; i < length; i++) {
        const move = Math.log(close[i]! / open[i]!) ** 2;
        const hour = new Date(time[i]!).getUTCHours();
        squares += move;
        if (hour === 13 || hour === 14) london += move;
        if (hour === 2 || hour === 3) night += move;
        const range = high[i]! / low[i]! - 1;
        rangeVolume += range * volume[i]!;
        ranges += range;
        volumes += volume[i]!;
      }
      const annual = Math.sqrt((squares / length) * 24 * 260);
      expect(annual).toBeGreaterThan(0.05);
      expect(annual).toBeLessThan(0.12);
      expect(london).toBeGreaterThan(3 * night);
      expect((rangeVolume * length) / (ranges * volumes)).toBeGreaterThan(1.2);
    }
  });

  it('shares a dollar factor between its symbols', () => {
    const returns = market.map((c) => c.close.map((price, i) => Math.log(price / c.open[i]!)));
    const correlation = (a: Float64Array, b: Float64Array) => {
      let ab = 0;
      let aa = 0;
      let bb = 0;
      for (let i = 0; i < a.length; i++) {
        ab += a[i]! * b[i]!;
        aa += a[i]! ** 2;
        bb += b[i]! ** 2;
      }
      return ab / Math.sqrt(aa * bb);
    };
    expect(correlation(returns[0]!, returns[1]!)).toBeGreaterThan(0.2);
    expect(correlation(returns[0]!, returns[2]!)).toBeLessThan(-0.2);
  });
});
