import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { jointDensity } from './joint.ts';
import { createMarginal } from './marginal.ts';
import { kernelWeights } from './parzen.ts';
import type { Domain } from './space.ts';
import { observedValues } from './testing/observations.ts';

const DOMAINS: readonly Domain[] = [
  { type: 'float', low: 0, high: 1 },
  { type: 'categorical', choices: ['a', 'b', 'c'] },
  { type: 'int', low: 1, high: 300, log: true },
  { type: 'float', low: 1e-3, high: 1, log: true },
];

const OBSERVED = 60;
const prng = createPrng(7);
const drawn: readonly (() => number)[] = [
  () => prng.float(),
  () => prng.int(3),
  () => 1 + prng.int(300),
  () => 1e-3 + 0.999 * prng.float(),
];
const marginals = DOMAINS.map((domain, j) =>
  createMarginal(domain, observedValues(domain, Array.from({ length: OBSERVED }, drawn[j]!))),
);
const weights = kernelWeights(OBSERVED);

describe('the density of several parameters', () => {
  const densityAt = jointDensity(marginals, weights);

  it('is the sum over kernels of the products of what they say', () => {
    /** Marginal density of kernel k alone. */
    const alone = (k: number) => marginals.map((marginal) => marginal.mixture(onlyKernel(k)));
    const kernels = Array.from({ length: OBSERVED + 1 }, (_, k) => alone(k));
    for (let i = 0; i < 50; i++) {
      const values = drawn.map((draw) => draw());
      const expected = kernels.reduce(
        (sum, of, k) =>
          sum + weights[k]! * of.reduce((product, density, j) => product * density(values[j]!), 1),
        0,
      );
      expect(densityAt(values) / expected).toBeCloseTo(1, 8);
    }
  });

  it('is infinite where enough is less, and itself where it is more', () => {
    const values = drawn.map((draw) => draw());
    const whole = densityAt(values);
    expect(densityAt(values, 1.01 * whole)).toBe(whole);
    expect(densityAt(values, 0.99 * whole)).toBe(Number.POSITIVE_INFINITY);
  });
});

function onlyKernel(k: number): Float64Array {
  const only = new Float64Array(OBSERVED + 1);
  only[k] = 1;
  return only;
}
