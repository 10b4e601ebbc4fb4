import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessPriceScale, unscale } from './price-scale.ts';

describe('guessPriceScale', () => {
  it.each([
    ['EURUSD', 1.1, 1],
    ['EURUSD', 110_234, 100_000],
    ['USDJPY', 81.1, 1],
    ['USDJPY', 81_121, 1000],
    ['GBPJPY', 185_000, 1000],
    ['GBPUSD.PRO', 158_611, 100_000],
    ['USDZAR', 18.5, 1],
    ['USDHUF', 350, 1],
    ['XAUUSD', 1950, 1],
    ['XAUUSD', 1_950_000, 1000],
    ['US500', 450_000, 1],
    ['BTCUSDT', 60_000, 1],
  ])('%s at %d: %d', (symbol, price, scale) => {
    const guess = guessPriceScale(symbol, price);
    expect(guess.scale).toBe(scale);
    expect(guess.note === undefined).toBe(scale === 1);
  });

  it('keeps prices that fit no scale, but says so', () => {
    expect(guessPriceScale('EURUSD', 37)).toMatchObject({
      scale: 1,
      note: expect.stringContaining('unusual'),
    });
  });
});

describe('unscale', () => {
  it('gives the exact decimal behind whole points, with or without binary noise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom(1000, 100_000), (points, scale) => {
        const digits = Math.log10(scale);
        const noisy = Float64Array.of(points, points * (1 + 1e-14), Number.NaN);
        unscale(noisy, scale);
        const exact = Number(`${points}e-${digits}`);
        expect([...noisy]).toEqual([exact, exact, Number.NaN]);
      }),
    );
  });

  it('does not round prices finer than points', () => {
    const values = Float64Array.of(110_234.5678);
    unscale(values, 100_000);
    expect(values[0]).toBe(110_234.5678 / 100_000);
  });
});
