import { describe, expect, it } from 'vitest';
import { createPrng } from './prng.ts';

/** sfc32 in 64-bit-integer arithmetic, as a second pair of eyes on the bit twiddling. */
function referenceSfc32(seed: bigint, count: number): number[] {
  const mask = 0xffff_ffffn;
  let a = seed & mask;
  let b = (seed >> 32n) & mask;
  let c = 0x9e37_79b9n;
  let counter = 1n;
  const out: number[] = [];
  for (let i = 0; i < count + 15; i++) {
    const sum = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((c << 21n) | (c >> 11n)) & mask;
    c = (c + sum) & mask;
    if (i >= 15) out.push(Number(sum));
  }
  return out;
}

describe('createPrng', () => {
  it.each([0, 1, 42, 2 ** 40 + 7])('follows sfc32 for seed %d', (seed) => {
    const prng = createPrng(seed);
    const drawn = Array.from({ length: 500 }, () => prng.uint32());
    expect(drawn).toEqual(referenceSfc32(BigInt(seed), 500));
  });

  it('gives neighboring seeds unrelated streams', () => {
    const a = createPrng(1);
    const b = createPrng(2);
    let sameBits = 0;
    for (let i = 0; i < 1000; i++) {
      let equal = ~(a.uint32() ^ b.uint32()) >>> 0;
      for (; equal !== 0; equal &= equal - 1) sameBits++;
    }
    expect(sameBits / 32_000).toBeCloseTo(0.5, 1);
  });

  it('draws floats in [0, 1) with the moments of a uniform', () => {
    const prng = createPrng(7);
    const n = 100_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const x = prng.float();
      expect(x >= 0 && x < 1).toBe(true);
      sum += x;
      squares += x * x;
    }
    expect(sum / n).toBeCloseTo(1 / 2, 2);
    expect(squares / n).toBeCloseTo(1 / 3, 2);
  });

  it('draws normals with mean 0, variance 1 and the tails of a normal', () => {
    const prng = createPrng(11);
    const n = 100_000;
    let sum = 0;
    let squares = 0;
    let beyondTwo = 0;
    for (let i = 0; i < n; i++) {
      const x = prng.normal();
      sum += x;
      squares += x * x;
      if (Math.abs(x) > 2) beyondTwo++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.01);
    expect(Math.abs(squares / n - 1)).toBeLessThan(0.02);
    expect(Math.abs(beyondTwo / n - 0.0455)).toBeLessThan(0.003);
  });

  it('draws many floats as it draws single ones, and goes on behind them', () => {
    const many = createPrng(12);
    const single = createPrng(12);
    const out = new Float64Array(20);
    many.floats(out, 17);
    expect([...out.subarray(0, 17)]).toEqual(Array.from({ length: 17 }, () => single.float()));
    expect(out[17]).toBe(0);
    expect(many.uint32()).toBe(single.uint32());
  });

  it('draws integers evenly over [0, n)', () => {
    const prng = createPrng(3);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[prng.int(6)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it.each([
    [7, 0],
    [40, 1],
    // A quarter of all values is beyond the last whole multiple, and drawn again.
    [3 * 2 ** 30, 2 ** 22],
  ])('draws many integers below %i as it draws single ones, and goes on behind them', (n, fewer) => {
    const many = createPrng(12);
    const single = createPrng(12);
    const out = new Uint32Array(40);
    many.ints(out, 37, n, fewer);
    expect([...out.subarray(0, 37)]).toEqual(Array.from({ length: 37 }, (_, i) => single.int(n - i * fewer)));
    expect(out[37]).toBe(0);
    expect(many.uint32()).toBe(single.uint32());
  });

  it('refuses a seed that is not a number', () => {
    expect(() => createPrng(Number.NaN)).toThrow(RangeError);
  });
});
