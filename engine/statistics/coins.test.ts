import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../identity/digest.ts';
import { type CoinTosses, coinAt, plainSum, signedSums, signTable, tossCoins } from './coins.ts';

const DAYS = Array.from({ length: 1200 }, (_, i) => 19_000 + i);

function coinsOf(tosses: CoinTosses, day: number): number[] {
  return Array.from({ length: tosses.coins }, (_, coin) => coinAt(tosses, day, coin));
}

describe('tossCoins', () => {
  it('is one bit of one digest: any other way to draw them would make stored maxima wrong', () => {
    const tosses = tossCoins('EURUSD', [19_000, 20_000]);
    const digest = BigInt(`0x${Buffer.from(sha256('20000 1 EURUSD'), 'hex').reverse().toString('hex')}`);
    for (let coin = 256; coin < 500; coin++) {
      expect(coinAt(tosses, 1, coin)).toBe((digest >> BigInt(coin - 256)) & 1n ? 1 : -1);
    }
    const first = coinsOf(tosses, 0).slice(0, 16);
    expect(first.map((coin) => (coin > 0 ? '+' : '-')).join('')).toBe('-+-+-+++--+-+++-');
  });

  it('belongs to symbol, day and number: neither window nor count of coins matter', () => {
    const all = tossCoins('EURUSD', DAYS.slice(0, 40));
    const late = tossCoins('EURUSD', DAYS.slice(13, 40), 300);
    for (let day = 13; day < 40; day++)
      expect(coinsOf(late, day - 13)).toEqual(coinsOf(all, day).slice(0, 300));
    expect(coinsOf(tossCoins('GBPUSD', DAYS.slice(0, 1)), 0)).not.toEqual(coinsOf(all, 0));
  });

  it('is fair and independent over days, coins and symbols', () => {
    const a = tossCoins('EURUSD', DAYS);
    const b = tossCoins('USDJPY', DAYS);
    const rows = DAYS.map((_, day) => coinsOf(a, day));
    const mean = (of: (day: number, coin: number) => number) => {
      let sum = 0;
      for (let day = 1; day < DAYS.length; day++) for (let coin = 1; coin < 500; coin++) sum += of(day, coin);
      return sum / ((DAYS.length - 1) * 499);
    };
    // Four standard errors of 598,301 coins.
    const bound = 4 / Math.sqrt(1199 * 499);
    expect(Math.abs(mean((day, coin) => rows[day]![coin]!))).toBeLessThan(bound);
    expect(Math.abs(mean((day, coin) => rows[day]![coin]! * rows[day - 1]![coin]!))).toBeLessThan(bound);
    expect(Math.abs(mean((day, coin) => rows[day]![coin]! * rows[day]![coin - 1]!))).toBeLessThan(bound);
    expect(Math.abs(mean((day, coin) => rows[day]![coin]! * coinAt(b, day, coin)))).toBeLessThan(bound);
    const byCoin = Array.from({ length: 500 }, (_, coin) => rows.reduce((sum, row) => sum + row[coin]!, 0));
    expect(byCoin.reduce((sum, x) => sum + (x * x) / DAYS.length, 0) / 500).toBeCloseTo(1, 0);
  });
});

describe('signedSums', () => {
  it('is the plain sum with the coins as signs, for any number of days', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 45 }), (values) => {
        const tosses = tossCoins('EURUSD', DAYS.slice(0, values.length), 40);
        const sums = new Float64Array(40);
        const plain = signedSums(tosses, Float64Array.from([9, ...values, 9]), 1, sums, signTable());
        expect(plain).toBeCloseTo(
          values.reduce((a, b) => a + b, 0),
          12,
        );
        expect(plainSum(Float64Array.from(values))).toBe(plain);
        for (let coin = 0; coin < 40; coin++) {
          const expected = values.reduce((sum, x, day) => sum + x * coinAt(tosses, day, coin), 0);
          expect(sums[coin]).toBeCloseTo(expected, 12);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the very bits of the plain sum to a coin that agrees on all days that count', () => {
    const tosses = tossCoins('EURUSD', DAYS.slice(0, 60));
    let agreed = 0;
    for (let first = 0; first + 5 < 60; first += 3) {
      const values = new Float64Array(60);
      for (let i = 0; i < 5; i++) values[first + i] = 0.1 * (i + 1) + 1e-3 * first;
      const sums = new Float64Array(500);
      const plain = signedSums(tosses, values, 0, sums, signTable());
      expect(plain).toBeCloseTo(1.5 + 5e-3 * first, 12);
      for (let coin = 0; coin < 500; coin++) {
        if ([0, 1, 2, 3, 4].some((i) => coinAt(tosses, first + i, coin) < 0)) continue;
        agreed++;
        expect(sums[coin]).toBe(plain);
      }
    }
    expect(agreed).toBeGreaterThan(100);
  });
});
