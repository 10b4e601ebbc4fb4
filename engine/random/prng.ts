/** A seeded stream of random numbers: the same seed gives the same numbers on every machine, for ever. */
export interface Prng {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  float(): number;
  /** Fills the front of `out` with what `count` calls of `float` would give, in a fraction of their time. */
  floats(out: Float64Array, count: number): void;
  /** Standard normal deviate. */
  normal(): number;
  /** Uniform integer in [0, n) without modulo bias; n an integer in 1..2^32. */
  int(n: number): number;
  /**
   * Fills the front of `out` with what `int(n)`, `int(n - fewer)`, `int(n - 2 fewer)` and so on, `count` calls, would give, in a
   * fraction of their time; n less than 2^32, and the last n at least 1.
   */
  ints(out: Uint32Array, count: number, n: number, fewer: number): void;
  /** Writes its state to four words, for whoever draws `uint32` on from there. */
  save(state: Uint32Array): void;
  /** Goes on where those words say. */
  restore(state: Uint32Array): void;
}

const UINT32_RANGE = 0x1_0000_0000;

/**
 * Generator sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, period about 2^127, passes PractRand and BigCrush.
 * `seed` is any finite number; its integer part counts, modulo 2^64. Normal deviates come from Marsaglia's polar
 * method. Throws a RangeError for a seed that is not finite.
 */
export function createPrng(seed: number): Prng {
  if (!Number.isFinite(seed)) throw new RangeError(`A seed must be a finite number, not ${seed}.`);
  const whole = BigInt.asUintN(64, BigInt(Math.trunc(seed)));
  let a = Number(whole & 0xffff_ffffn) | 0;
  let b = Number(whole >> 32n) | 0;
  let c = 0x9e37_79b9 | 0;
  let counter = 1;
  let spareNormal = Number.NaN;

  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }

  function float(): number {
    const high = uint32() >>> 5;
    const low = uint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }

  function floats(out: Float64Array, count: number): void {
    // The state in variables of this call stays in registers.
    let x = a | 0;
    let y = b | 0;
    let z = c | 0;
    let n = counter | 0;
    for (let i = 0; i < count; i++) {
      const first = (((x + y) | 0) + n) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + first) | 0;
      const second = (((x + y) | 0) + ((n + 1) | 0)) | 0;
      n = (n + 2) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + second) | 0;
      out[i] = ((first >>> 5) * 0x400_0000 + (second >>> 6)) / 0x20_0000_0000_0000;
    }
    a = x;
    b = y;
    c = z;
    counter = n;
  }

  function normal(): number {
    if (!Number.isNaN(spareNormal)) {
      const spare = spareNormal;
      spareNormal = Number.NaN;
      return spare;
    }
    let x: number;
    let y: number;
    let squared: number;
    do {
      x = 2 * float() - 1;
      y = 2 * float() - 1;
      squared = x * x + y * y;
    } while (squared >= 1 || squared === 0);
    const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
    spareNormal = y * factor;
    return x * factor;
  }

  function int(n: number): number {
    // Remainders of 32-bit integers take a few cycles, those of numbers beyond up to fifty: 2^32 mod n is (2^32 - n) mod n.
    const divisor = n >>> 0;
    if (divisor !== n) return uint32();
    let value = uint32();
    // It is less than n, so that hardly any value asks for it.
    if (value >= UINT32_RANGE - divisor) {
      const beyond = ((-divisor >>> 0) % divisor) >>> 0;
      while (value >= UINT32_RANGE - beyond) value = uint32();
    }
    return (value % divisor) >>> 0;
  }

  function ints(out: Uint32Array, count: number, n: number, fewer: number): void {
    let x = a | 0;
    let y = b | 0;
    let z = c | 0;
    let calls = counter | 0;
    let divisor = n >>> 0;
    for (let i = 0; i < count; ) {
      const sum = (((x + y) | 0) + calls) | 0;
      calls = (calls + 1) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + sum) | 0;
      const value = sum >>> 0;
      if (value >= UINT32_RANGE - divisor && value >= UINT32_RANGE - (((-divisor >>> 0) % divisor) >>> 0))
        continue;
      out[i++] = value % divisor;
      divisor = (divisor - fewer) >>> 0;
    }
    a = x;
    b = y;
    c = z;
    counter = calls;
  }

  function save(state: Uint32Array): void {
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }

  function restore(state: Uint32Array): void {
    a = state[0]! | 0;
    b = state[1]! | 0;
    c = state[2]! | 0;
    counter = state[3]! | 0;
  }

  // Neighboring seeds differ in few bits; the first rounds spread them over the whole state.
  for (let i = 0; i < 15; i++) uint32();
  return { uint32, float, floats, normal, int, ints, save, restore };
}
