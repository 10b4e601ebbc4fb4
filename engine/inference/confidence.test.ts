import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candles } from '../market/candles.ts';
import { ConfidenceScorer, calmSeries, volatilitySeries } from './confidence.ts';

const LANES = 70;
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -1, max: 1, noNaN: true }).filter((x) => x !== 0),
);
const series = (low = LANES) =>
  fc.array(value, { minLength: low, maxLength: low }).map((list) => Float64Array.from(list));
const share = (list: number[], test: (x: number) => boolean) => list.filter(test).length / list.length;
const percentile = (list: number[], x: number) => share(list, (v) => v < x) + share(list, (v) => v === x) / 2;

describe('confidence', () => {
  const arbitrary = fc.record({
    p: series(),
    members: fc.array(series(), { minLength: 1, maxLength: 5 }),
    calm: series(),
    lookback: fc.integer({ min: 20, max: 60 }),
    start: fc.nat(40),
  });

  function score(p: Float64Array, members: Float64Array[], calm: Float64Array, lookback: number) {
    const scorer = new ConfidenceScorer(LANES);
    const out = new Float64Array(LANES);
    scorer.load(members);
    scorer.score(p, calm, lookback, out);
    return out;
  }

  test('is the weighted sum of magnitude, consistency and calm', () => {
    fc.assert(
      fc.property(arbitrary, ({ p, members, calm, lookback, start }) => {
        p.fill(NaN, 0, start);
        const confidence = score(p, members, calm, lookback);
        for (let t = 0; t < LANES; t++) {
          if (t < start + 19) {
            expect(confidence[t]).toBeNaN();
            continue;
          }
          const last = (count: number) => [...p.slice(Math.max(start, t - count + 1), t + 1)];
          const magnitude = percentile(last(lookback).map(Math.abs), Math.abs(p[t]));
          const agrees = (x: number) => Math.sign(x) === Math.sign(p[t]);
          const ofMembers = share(
            members.map((m) => m[t]),
            agrees,
          );
          const consistency = (share(last(10), agrees) + ofMembers) / 2;
          expect(confidence[t]).toBeCloseTo(0.4 * magnitude + 0.4 * consistency + 0.2 * calm[t], 12);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is never there with a lookback of fewer than 20 values', () => {
    const ones = new Float64Array(LANES).fill(1);
    expect([...score(ones, [ones], ones, 19)]).toEqual(Array(LANES).fill(NaN));
    expect(score(ones, [ones], ones, 20)[19]).toBeCloseTo(0.4 * 0.5 + 0.4 + 0.2, 12);
  });

  test('of one model does not depend on those that were scored before it', () => {
    const scorer = new ConfidenceScorer(LANES);
    const [up, down] = [new Float64Array(LANES).fill(1), new Float64Array(LANES).fill(-1)];
    const of = (members: Float64Array[]) => {
      const out = new Float64Array(LANES);
      scorer.load(members);
      scorer.score(up, up, 20, out);
      return out;
    };
    const first = of([up, up, down]);
    of([down, down, down, up]);
    expect(of([up, up, down])).toEqual(first);
  });

  test('up to t does not change with any forecast after t', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, fc.nat(LANES - 1), (a, b, t) => {
        const splice = (x: Float64Array, y: Float64Array) => x.map((v, lane) => (lane <= t ? v : y[lane]));
        const members = a.members.map((m, k) => splice(m, b.members[k % b.members.length]));
        expect(score(splice(a.p, b.p), members, splice(a.calm, b.calm), a.lookback).slice(0, t + 1)).toEqual(
          score(a.p, a.members, a.calm, a.lookback).slice(0, t + 1),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('calm', () => {
  const ROWS = 110;
  const SPAN = { from: 24, to: ROWS };
  const closes = fc
    .array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: ROWS, maxLength: ROWS })
    .map((list) => Float64Array.from(list));
  const candlesOf = (close: Float64Array): Candles => ({
    symbol: 'EURUSD',
    timeframe: 'H1',
    length: close.length,
    time: close.map((_, i) => i * 3_600_000),
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
    spread: close,
    synthetic: true,
  });

  test('falls as 20-bar volatility rises against its own past in the span', () => {
    fc.assert(
      fc.property(closes, fc.integer({ min: 1, max: 60 }), (close, lookback) => {
        const volatility = Array.from({ length: ROWS - SPAN.from }, (_, lane) => {
          const row = SPAN.from + lane;
          const returns = Array.from({ length: 20 }, (_, i) => Math.log(close[row - i] / close[row - i - 1]));
          const mean = returns.reduce((a, b) => a + b) / 20;
          return Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 20);
        });
        // Rounding may order volatilities that are almost the same either way.
        const sorted = volatility.toSorted((a, b) => a - b);
        fc.pre(sorted.every((v, i) => i === 0 || v - sorted[i - 1] > 1e-9));
        const calm = calmSeries(volatilitySeries(candlesOf(close), SPAN), lookback);
        expect(calm).toHaveLength(ROWS - SPAN.from);
        volatility.forEach((v, lane) => {
          const seen = volatility.slice(Math.max(0, lane - lookback + 1), lane + 1);
          expect(calm[lane]).toBeCloseTo(1 - percentile(seen, v), 12);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('up to t does not change with any candle after t', () => {
    fc.assert(
      fc.property(closes, closes, fc.integer({ min: SPAN.from, max: ROWS - 1 }), (a, b, t) => {
        const changed = a.map((v, row) => (row <= t ? v : b[row]));
        const upTo = (close: Float64Array) =>
          calmSeries(volatilitySeries(candlesOf(close), SPAN), 30).slice(0, t - SPAN.from + 1);
        expect(upTo(changed)).toEqual(upTo(a));
      }),
      { numRuns: 40 },
    );
  });

  test('needs 20 returns before the span', () => {
    const candles = candlesOf(new Float64Array(ROWS).fill(1));
    const calmFrom = (from: number) => calmSeries(volatilitySeries(candles, { from, to: ROWS }), 50);
    expect(() => calmFrom(19)).toThrow(
      expect.objectContaining({
        code: 'internal',
        message: expect.stringMatching(/at least 20 bars.*found 19/),
      }),
    );
    // Without any movement each bar is as calm as all others.
    expect([...calmFrom(20)]).toEqual(Array(ROWS - 20).fill(0.5));
  });
});
