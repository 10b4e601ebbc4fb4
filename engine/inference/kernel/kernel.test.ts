import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { moduleText } from '../../wasm/testing/compile.ts';
import { ConfidenceScorer } from '../confidence.ts';
import { CompiledScorer } from './compiled-scorer.ts';

test('wasm.ts is what kernel.as compiles to', async () => {
  const text = await moduleText(
    new URL('kernel.as', import.meta.url),
    'engine/inference/kernel',
    'KERNEL_WASM',
  );
  await expect(text).toMatchFileSnapshot('./wasm.ts');
});

test('the compiled scorer gives bit for bit what the plain one gives', () => {
  let scored = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const prng = createPrng(seed);
    const lanes = 1 + prng.int(seed % 4 === 0 ? 5000 : 300);
    // Coarse values are often equal, and then often 0; heavy tails share the last bucket.
    const draw = [
      () => prng.normal(),
      () => Math.round(2 * prng.normal()),
      () => prng.normal() ** 7,
      () => 0,
      () => (prng.float() < 0.5 ? 0 : 1e-305),
    ][seed % 5];
    const column = () => Float64Array.from({ length: lanes }, () => 1e-3 * draw());
    const members = [column(), column(), column()];
    const p = column().fill(Number.NaN, 0, prng.int(seed % 3 === 0 ? lanes + 1 : 2));
    const calm = Float64Array.from({ length: lanes }, () => prng.float());
    const [plain, compiled] = [new ConfidenceScorer(lanes), CompiledScorer.create(lanes)!];
    for (const lookback of [19, 20, 31, 32, 33, 50, 200, 4999]) {
      const [wanted, found] = [plain, compiled].map((scorer) => {
        const out = new Float64Array(lanes).fill(7);
        scorer.load(members);
        scorer.score(p, calm, lookback, out);
        return out;
      });
      expect(found).toEqual(wanted);
      scored += wanted.filter(Number.isFinite).length;
    }
  }
  expect(scored).toBeGreaterThan(50_000);
});
