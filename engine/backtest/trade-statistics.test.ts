import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { type CountedTrade, monthlyReturns, tradeStatistics } from './trade-statistics.ts';

const random = createPrng(5);
const TRADES: readonly CountedTrade[] = Array.from({ length: 137 }, () => ({
  entryTime: Date.UTC(2025, 0, 1) + Math.floor(random.float() * 200 * 24) * 3_600_000,
  netReturn: 0.004 * random.normal() + 0.0005,
  mfe: 10 * random.float(),
  mae: 6 * random.float(),
}));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe('statistics of trades', () => {
  const found = tradeStatistics(TRADES);
  const percents = TRADES.map(({ netReturn }) => (Math.exp(netReturn) - 1) * 100);

  it('have mean, median, spread and extremes of the net results', () => {
    const mean = sum(percents) / percents.length;
    const squares = sum(percents.map((p) => (p - mean) ** 2));
    expect(found.trades).toBe(137);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.median).toBeCloseTo([...percents].sort((a, b) => a - b)[68]!, 12);
    expect(found.deviation).toBeCloseTo(Math.sqrt(squares / 136), 12);
    expect(found.skewness).toBeCloseTo(
      sum(percents.map((p) => (p - mean) ** 3)) / 137 / (squares / 137) ** 1.5,
      10,
    );
    expect([found.worst, found.best]).toEqual(
      [Math.min, Math.max].map((of) => expect.closeTo(of(...percents), 12)),
    );
  });

  it('count each trade once by its hour and once by its weekday, as a calendar has them', () => {
    for (const [hour, group] of found.hours.entries()) {
      const those = TRADES.filter(({ entryTime }) => new Date(entryTime).getUTCHours() === hour);
      expect(group).toEqual({
        trades: those.length,
        won: those.filter(({ netReturn }) => netReturn > 0).length,
        netReturn: expect.closeTo(sum(those.map(({ netReturn }) => netReturn)), 12),
      });
    }
    for (const [day, group] of found.weekdays.entries()) {
      // Sunday is 0 there.
      const those = TRADES.filter(({ entryTime }) => new Date(entryTime).getUTCDay() === (day + 1) % 7);
      expect(group.trades).toBe(those.length);
    }
    expect([found.hours.length, found.weekdays.length]).toEqual([24, 7]);
  });

  it('have bins of one width that hold each result once, with an edge at 0', () => {
    const { bins } = found;
    expect(sum(bins.map(({ count }) => count))).toBe(137);
    for (const { from, to, count } of bins) {
      expect(count).toBe(percents.filter((p) => p >= from && p < to).length);
      expect(to - from).toBeCloseTo(bins[0]!.to - bins[0]!.from, 12);
      expect(from < 0 && to > 0).toBe(false);
    }
    expect(bins.length).toBeGreaterThan(5);
    expect(bins.length).toBeLessThanOrEqual(40);
  });

  it('compare how far trades went either way, and say how deep winners went', () => {
    const of = (key: 'mfe' | 'mae') => sum(TRADES.map((trade) => trade[key]));
    expect(found.edgeRatio).toBeCloseTo(of('mfe') / of('mae'), 12);
    const winners = TRADES.filter(({ netReturn }) => netReturn > 0).map(({ mae }) => mae);
    const deeper = winners.filter((mae) => mae > found.winnersMae!).length / winners.length;
    expect(deeper).toBeGreaterThan(0.07);
    expect(deeper).toBeLessThanOrEqual(0.11);
  });

  it('have nothing to say of no trade, and no spread of one', () => {
    expect(tradeStatistics([])).toMatchObject({
      trades: 0,
      mean: null,
      median: null,
      best: null,
      bins: [],
      edgeRatio: null,
      winnersMae: null,
    });
    const one = tradeStatistics([{ entryTime: 0, netReturn: 0.01, mfe: 3, mae: 0 }]);
    expect(one).toMatchObject({ trades: 1, deviation: null, edgeRatio: null, winnersMae: 0 });
    expect(one.weekdays.findIndex(({ trades }) => trades === 1)).toBe(3);
    expect(one.bins).toHaveLength(1);
  });
});

describe('returns by month', () => {
  it('multiply to the whole, and each is what its own bars came to', () => {
    const time: number[] = [];
    const equity: number[] = [];
    const perBar: number[] = [];
    let value = 1;
    for (let t = Date.UTC(2024, 10, 14, 3); t < Date.UTC(2025, 2, 3); t += 4 * 3_600_000) {
      const r = 0.002 * random.normal();
      value *= 1 + r;
      time.push(t);
      perBar.push(r);
      equity.push(value);
    }
    const months = monthlyReturns(time, equity);
    expect(months.map(({ year, month }) => `${year}-${month}`)).toEqual([
      '2024-11',
      '2024-12',
      '2025-1',
      '2025-2',
      '2025-3',
    ]);
    for (const { year, month, return: found } of months) {
      const own = perBar.filter((_, i) => {
        const date = new Date(time[i]!);
        return date.getUTCFullYear() === year && date.getUTCMonth() + 1 === month;
      });
      expect(1 + found).toBeCloseTo(
        own.reduce((all, r) => all * (1 + r), 1),
        12,
      );
    }
    expect(months.reduce((all, { return: r }) => all * (1 + r), 1)).toBeCloseTo(value, 12);
    expect(monthlyReturns([], [])).toEqual([]);
  });

  it('tell the same month of two years apart', () => {
    const time = [Date.UTC(2024, 2, 1), Date.UTC(2025, 2, 1)];
    expect(monthlyReturns(time, [1.1, 1.21])).toEqual([
      { year: 2024, month: 3, return: expect.closeTo(0.1, 12) },
      { year: 2025, month: 3, return: expect.closeTo(0.1, 12) },
    ]);
  });
});
