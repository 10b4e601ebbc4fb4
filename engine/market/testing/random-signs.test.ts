import { describe, expect, it } from 'vitest';
import { randomCandles } from './random-candles.ts';
import { randomSigns } from './random-signs.ts';

const source = randomCandles(6000, 'H1', 3);
const market = (edge: number, length = source.length, seed = 1) =>
  randomSigns(source, { symbol: 'WALK', seed, length, edge });

/** Log moves from close to close. */
function moves({ close, length }: { close: Float64Array; length: number }): number[] {
  return Array.from({ length: length - 1 }, (_, i) => Math.log(close[i + 1]! / close[i]!));
}

describe('randomSigns', () => {
  it('keeps the size of every move, and tosses a fair coin for its sign', () => {
    const walk = market(0);
    const real = moves(source);
    const turned = moves(walk);
    let kept = 0;
    turned.forEach((move, i) => {
      expect(Math.abs(move)).toBeCloseTo(Math.abs(real[i]!), 12);
      if (Math.sign(move) === Math.sign(real[i]!)) kept++;
    });
    // Four standard errors of a fair coin.
    expect(Math.abs(kept / turned.length - 0.5)).toBeLessThan(2 / Math.sqrt(turned.length));
  });

  it('makes sound bars: the high is the highest, the low the lowest, and a bar turned over keeps its range', () => {
    const walk = market(0);
    for (let i = 0; i < walk.length; i++) {
      expect(walk.high[i]!).toBeGreaterThanOrEqual(Math.max(walk.open[i]!, walk.close[i]!));
      expect(walk.low[i]!).toBeLessThanOrEqual(Math.min(walk.open[i]!, walk.close[i]!));
      expect(Math.log(walk.high[i]! / walk.low[i]!)).toBeCloseTo(
        Math.log(source.high[i]! / source.low[i]!),
        12,
      );
    }
    expect(walk.time).toEqual(source.time);
  });

  it('goes on after the end of the source, later bar by later bar', () => {
    const walk = market(0, 9000);
    for (let i = 1; i < walk.length; i++) expect(walk.time[i]!).toBeGreaterThan(walk.time[i - 1]!);
    expect(Math.abs(moves(walk)[7000]!)).toBeCloseTo(Math.abs(moves(source)[1000]!), 12);
    expect(market(0, 6000).close).toEqual(walk.close.slice(0, 6000));
  });

  it('plants an edge where it is told to: moves turn more often than they go on', () => {
    const turns = (edge: number) => {
      const of = moves(market(edge, 6000, 2));
      let turned = 0;
      let all = 0;
      for (let i = 24; i < of.length; i++) {
        const way = of.slice(i - 24, i).reduce((a, b) => a + b);
        if (Math.sign(way) === -Math.sign(of[i]!)) turned++;
        all++;
      }
      return turned / all;
    };
    expect(Math.abs(turns(0) - 0.5)).toBeLessThan(0.026);
    expect(turns(0.2)).toBeGreaterThan(0.58);
    expect(() => market(0.6)).toThrow('An edge is from 0 to 0.5, not 0.6.');
  });
});
