import { describe, expect, it } from 'vitest';
import { type Candles, pickCandles, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { formerBars } from './former-bars.ts';
import { mergeCandles } from './merge.ts';

const HOUR = 3_600_000;
const all = randomCandles(3000);

/** The same bars, stamped as another clock would have. */
function moved(candles: Candles, by: (time: number) => number): Candles {
  return { ...candles, time: candles.time.map((time) => time + by(time)) };
}

describe('formerBars', () => {
  it('finds bars that were imported with another time zone, and takes the import for them', () => {
    const winter = Date.UTC(2020, 2, 29);
    const stored = moved(all, (time) => (time < winter ? 2 * HOUR : 3 * HOUR));
    const { candles, replaced, notes } = formerBars(stored, all);
    expect(replaced).toBe(3000);
    expect(notes[0]).toMatch(/3,000 bars that were stored \d hours later and \d hours later are the same/);
    expect(mergeCandles(candles, all).candles.time).toEqual(all.time);
  });

  it('takes bars of a market that stands still for no others', () => {
    // A pegged rate: every second bar is the same, and none is flat.
    const pegged = (from: number, to: number): Candles => {
      const candles = sliceCandles(all, from, to);
      const same = (value: number) => candles.open.map(() => value);
      const close = candles.time.map((time) => ((time / HOUR) % 2 === 0 ? 7.8 : 7.8001));
      return { ...candles, open: same(7.8), high: same(7.8001), low: same(7.7999), close };
    };
    const further = formerBars(pegged(0, 1000), pegged(1000, 1030));
    expect(further).toMatchObject({ replaced: 0, notes: [] });
    expect(further.candles.length).toBe(1000);
  });

  it('keeps what the import has not', () => {
    const stored = moved(all, () => -HOUR);
    const { candles, replaced } = formerBars(stored, sliceCandles(all, 1000, 2000));
    expect(replaced).toBe(1000);
    expect(candles.length).toBe(2000);
  });

  it('leaves bars alone that are further ones, the same, or corrected', () => {
    const later = sliceCandles(all, 1500, 3000);
    expect(formerBars(sliceCandles(all, 0, 1600), later)).toMatchObject({ replaced: 0, notes: [] });
    expect(formerBars(all, all)).toMatchObject({ replaced: 0, notes: [] });
    const corrected = { ...all, close: all.close.map((close) => close + 0.00001) };
    expect(formerBars(all, corrected)).toMatchObject({ replaced: 0, notes: [] });
  });

  it('finds bars of another scale', () => {
    const scaled = {
      ...all,
      close: all.close.map((price) => price * 1000),
      open: all.open.map((p) => p * 1000),
    };
    const { candles, notes } = formerBars(scaled, sliceCandles(all, 0, 500));
    expect(candles.length).toBe(2500);
    expect(notes[0]).toContain('stored 1000 times as high');
  });

  it('refuses another market, unless it lies far from what is stored', () => {
    const yen = (candles: Candles) => ({
      ...candles,
      close: candles.close.map((price) => price * 100 + (price % 0.001)),
    });
    const odd = pickCandles(
      all,
      Array.from({ length: 1500 }, (_, i) => 2 * i + 1),
    );
    const even = pickCandles(
      all,
      Array.from({ length: 1500 }, (_, i) => 2 * i),
    );
    expect(() => formerBars(even, yen(odd))).toThrow(/around 11\d.*another market, or another scale/);
    const years = moved(yen(odd), () => 1000 * 24 * HOUR);
    expect(formerBars(even, years)).toMatchObject({ replaced: 0 });
  });
});

it('a source without spreads or volume wipes none that are stored', () => {
  const bare = { ...all, spread: all.spread.map(() => Number.NaN), volume: all.volume.map(() => 0) };
  const { candles, same } = mergeCandles(all, bare);
  expect(candles.spread).toEqual(all.spread);
  expect(candles.volume).toEqual(all.volume);
  expect(same).toBe(3000);
});
