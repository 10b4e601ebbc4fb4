import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import {
  currencyExposures,
  type DailyResults,
  dailyCorrelation,
  dailyDrawdown,
  dailyResults,
  equalShares,
  type HeldPair,
} from './portfolio.ts';

const random = createPrng(9);
const results = (from: number, days: number): DailyResults => ({
  day: Array.from({ length: days }, (_, i) => from + i),
  net: Array.from({ length: days }, () => 0.01 * random.normal()),
});

describe('results by day', () => {
  it('are the sums of the bars that open on it', () => {
    expect(dailyResults([1, 2, 4, 8, 16], [5, 5, 6, 9, 9])).toEqual({ day: [5, 6, 9], net: [3, 4, 24] });
  });

  it('correlate over the days that both have', () => {
    const a = results(0, 60);
    const b = results(15, 60);
    const x = a.net.slice(15);
    const y = b.net.slice(0, 45);
    const n = 45;
    const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, v, i) => sum + v * q[i]!, 0);
    const one = Array<number>(n).fill(1);
    const cov = (p: readonly number[], q: readonly number[]) =>
      dot(p, q) / n - (dot(p, one) / n) * (dot(q, one) / n);
    expect(dailyCorrelation(a, b)).toBeCloseTo(cov(x, y) / Math.sqrt(cov(x, x) * cov(y, y)), 12);
    expect(dailyCorrelation(a, a)).toBeCloseTo(1, 12);
    expect(dailyCorrelation(a, { ...a, net: a.net.map((r) => -r) })).toBeCloseTo(-1, 12);
    expect(dailyCorrelation(a, results(41, 60))).toBeNull();
    expect(dailyCorrelation(a, { ...a, net: a.net.map(() => 0) })).toBeNull();
  });

  it('of several with equal shares are the mean of what each day brings, flat where one has no such day', () => {
    const a = { day: [1, 2], net: [Math.log(1.1), Math.log(0.9)] };
    const b = { day: [2, 3], net: [Math.log(1.3), Math.log(1.04)] };
    const { day, net } = equalShares([a, b]);
    expect(day).toEqual([1, 2, 3]);
    expect(net.map((r) => Math.exp(r))).toEqual([1.05, 1.1, 1.02].map((x) => expect.closeTo(x, 12)));
  });

  it('fall from the highest point so far, the start included', () => {
    const net = [0.9, 1.2, 0.8, 0.95, 1.5].map(Math.log);
    const equity = [0.9, 1.08, 0.864, 0.8208, 1.2312];
    const found = dailyDrawdown({ day: [1, 2, 3, 4, 5], net });
    const deepest = Math.max(...equity.map((e, i) => 1 - e / Math.max(1, ...equity.slice(0, i + 1))));
    expect(found).toBeCloseTo(deepest, 12);
    expect(dailyDrawdown({ day: [1], net: [0.1] })).toBe(0);
  });
});

describe('exposure to currencies', () => {
  it('is what a clock that looks every hour finds', () => {
    const pairs = [
      ['EUR', 'USD'],
      ['GBP', 'USD'],
      ['EUR', 'GBP'],
    ] as const;
    const held: HeldPair[] = Array.from({ length: 30 }, () => {
      const [base, quote] = pairs[random.int(3)]!;
      const from = random.int(400);
      return { base, quote, direction: random.float() < 0.5 ? -1 : 1, from, to: from + 1 + random.int(80) };
    });
    const span = { from: 0, to: 500 };
    const found = currencyExposures(held, 2, span);
    expect(found.map(({ currency }) => currency).sort()).toEqual(['EUR', 'GBP', 'USD']);
    for (const { currency, mean, meanSize, most, mostAt, overCap } of found) {
      const at = (hour: number) =>
        held
          .filter(({ from, to }) => hour >= from && hour < to)
          .reduce(
            (sum, { base, quote, direction }) =>
              sum + (base === currency ? direction : 0) - (quote === currency ? direction : 0),
            0,
          );
      const hours = Array.from({ length: 500 }, (_, hour) => at(hour));
      expect(mean).toBeCloseTo(hours.reduce((a, b) => a + b) / 500, 12);
      expect(meanSize).toBeCloseTo(hours.reduce((a, b) => a + Math.abs(b), 0) / 500, 12);
      expect(Math.abs(most)).toBe(Math.max(...hours.map(Math.abs)));
      expect(at(mostAt)).toBe(most);
      expect(overCap).toBeCloseTo(hours.filter((x) => Math.abs(x) > 2).length / 500, 12);
    }
    // The longest first.
    expect(found.map(({ most }) => Math.abs(most))).toEqual(
      found.map(({ most }) => Math.abs(most)).sort((a, b) => b - a),
    );
  });
});
