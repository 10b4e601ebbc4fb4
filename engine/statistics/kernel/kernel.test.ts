import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { moduleText } from '../../wasm/testing/compile.ts';
import { PlainCoinMaxima, raiseCoinMaxima } from '../coin-maxima.ts';
import { tossCoins } from '../coins.ts';
import { CompiledCoinMaxima } from './compiled-coins.ts';

test('wasm.ts is what kernel.as compiles to', async () => {
  const file = new URL('kernel.as', import.meta.url);
  const text = await moduleText(file, 'engine/statistics/kernel', 'KERNEL_WASM');
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

test('the compiled maxima are bit for bit the plain ones, over any number of days, idle ones among them', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const prng = createPrng(seed);
    const days = 1 + prng.int(70);
    const coins = [500, 7, 64][seed % 3]!;
    const tosses = tossCoins(
      'EURUSD',
      Int32Array.from({ length: days }, (_, d) => 20_000 + 2 * d),
      coins,
    );
    const plain = new PlainCoinMaxima(tosses, 3);
    const compiled = CompiledCoinMaxima.create(tosses, 3);
    if (compiled === undefined) throw new Error('expected WebAssembly SIMD');
    const series: Float64Array[] = [];
    const denominators: number[] = [];
    for (let strategy = 0; strategy < 12; strategy++) {
      const share = prng.float();
      const sums = Float64Array.from({ length: days }, () =>
        prng.float() < share ? 0.01 * prng.normal() : 0,
      );
      const denominator = 0.001 + prng.float();
      const set = strategy % 2;
      expect(compiled.raise(set, sums, denominator)).toBe(plain.raise(set, sums, denominator));
      if (set === 1) continue;
      series.push(sums);
      denominators.push(denominator);
    }
    for (const set of [0, 1, 2]) expect(compiled.maxima(set)).toEqual(plain.maxima(set));
    expect(compiled.maxima(2)).toEqual(new Float64Array(coins).fill(-Infinity));

    const maxima = new Float64Array(coins).fill(-Infinity);
    const daySums = Float64Array.from(series.flatMap((sums) => [...sums]));
    raiseCoinMaxima(
      tosses,
      daySums,
      Float64Array.from(denominators),
      maxima,
      new Float64Array(series.length),
    );
    expect(compiled.maxima(0)).toEqual(maxima);
    compiled.clear();
    expect(compiled.maxima(0)).toEqual(compiled.maxima(2));
  }
});
