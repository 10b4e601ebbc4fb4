import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { createMarginal, kernelsOver, kernelWeights } from './parzen.ts';
import type { Domain } from './space.ts';

const RANGE = { low: -1, high: 1 };

describe('kernels over [-1, 1]', () => {
  // Published with Optuna's own tests of its estimator.
  it.each([
    { observed: [0.4], endpoints: true, magicClip: false, deviations: [1.4, 2] },
    { observed: [-0.3, 0.3], endpoints: true, magicClip: true, deviations: [0.7, 0.7, 2] },
    { observed: [-0.3, 0.3], endpoints: false, magicClip: true, deviations: [0.6, 0.6, 2] },
    {
      observed: [-0.4, 0.4, 0.41, 0.42],
      endpoints: true,
      magicClip: false,
      deviations: [0.8, 0.8, 0.01, 0.58, 2],
    },
    {
      observed: [-0.4, 0.4, 0.41, 0.42],
      endpoints: true,
      magicClip: true,
      deviations: [0.8, 0.8, 1 / 3, 0.58, 2],
    },
  ])('$observed: $deviations', ({ observed, deviations, ...options }) => {
    const kernels = kernelsOver(Float64Array.from(observed), RANGE, options);
    expect([...kernels.means]).toEqual([...observed, 0]);
    [...kernels.deviations].forEach((deviation, i) => {
      expect(deviation).toBeCloseTo(deviations[i]!, 12);
    });
  });

  it('do not depend on the order of what was observed', () => {
    const up = kernelsOver(Float64Array.of(-0.5, 0.1, 0.7), RANGE);
    const mixed = kernelsOver(Float64Array.of(0.7, -0.5, 0.1), RANGE);
    expect([...mixed.deviations]).toEqual([
      up.deviations[2],
      up.deviations[0],
      up.deviations[1],
      up.deviations[3],
    ]);
  });
});

describe('weights', () => {
  it('are even below 25 observations, with the prior as one of them', () => {
    expect([...kernelWeights(0)]).toEqual([1]);
    expect([...kernelWeights(1)]).toEqual([0.5, 0.5]);
    expect(new Set(kernelWeights(24)).size).toBe(1);
  });

  it('rise from 1 / n to 1 over all but the newest 25', () => {
    const weights = kernelWeights(28);
    const prior = weights[28]!;
    const relative = [...weights].map((weight) => weight / prior);
    expect(relative[0]).toBeCloseTo(1 / 28, 12);
    expect(relative[1]).toBeCloseTo(0.5 * (1 + 1 / 28), 12);
    expect(relative.slice(2).every((weight) => Math.abs(weight - 1) < 1e-12)).toBe(true);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

const DOMAINS: readonly [string, Domain, number[]][] = [
  ['a number', { type: 'float', low: -1, high: 3 }, [0, 0.1, 2.9]],
  ['a logarithm', { type: 'float', low: 0.01, high: 10, log: true }, [0.02, 0.5, 9]],
  ['a whole number', { type: 'int', low: 3, high: 10 }, [3, 4, 4, 9]],
  ['a whole logarithm', { type: 'int', low: 1, high: 100, log: true }, [1, 5, 80]],
  ['a choice', { type: 'categorical', choices: ['a', 'b', 'c'] }, [0, 0, 2]],
];

/** Where the mass of a domain's density lies: points with the width that each stands for. */
function points(domain: Domain): { value: number; width: number }[] {
  if (domain.type === 'categorical') return domain.choices.map((_, value) => ({ value, width: 1 }));
  const { low, high, log, type } = domain;
  if (type === 'int') return Array.from({ length: high - low + 1 }, (_, i) => ({ value: low + i, width: 1 }));
  const cells = 20_000;
  const [from, to] = log === true ? [Math.log(low), Math.log(high)] : [low, high];
  return Array.from({ length: cells }, (_, i) => {
    const place = from + ((to - from) * (i + 0.5)) / cells;
    return { value: log === true ? Math.exp(place) : place, width: (to - from) / cells };
  });
}

it('is the same of all kernels at once where they are many and narrow', () => {
  const prng = createPrng(3);
  for (const type of ['float', 'int'] as const) {
    const observed = Float64Array.from({ length: 400 }, () => 1 + prng.int(999));
    const marginal = createMarginal({ type, low: 1, high: 1000 }, observed);
    const weights = kernelWeights(400);
    const mixture = marginal.mixture(weights);
    for (const value of [1, 2, 17, 500, 998, 1000]) {
      const density = weights.slice();
      marginal.multiply(value, density);
      const sum = density.reduce((total, part) => total + part, 0);
      expect(mixture(value) / sum).toBeCloseTo(1, 9);
    }
  }
});

describe.each(DOMAINS)('the density over %s', (_, domain, observed) => {
  const marginal = createMarginal(domain, Float64Array.from(observed));
  const weights = kernelWeights(observed.length);
  const densityAt = (value: number) => {
    const density = weights.slice();
    marginal.multiply(value, density);
    return density.reduce((sum, part) => sum + part, 0);
  };

  it('sums to 1', () => {
    const mass = points(domain).reduce((sum, { value, width }) => sum + densityAt(value) * width, 0);
    expect(mass).toBeCloseTo(1, 6);
  });

  it('is the same of all kernels at once', () => {
    const mixture = marginal.mixture(weights);
    for (const { value } of points(domain).filter((_, i) => i % 97 === 0)) {
      expect(mixture(value)).toBeCloseTo(densityAt(value), 12);
    }
  });

  it('is what values are drawn from', () => {
    const prng = createPrng(11);
    const draws = 40_000;
    const kernel = 0;
    const only = new Float64Array(observed.length + 1);
    const share = (value: number) => {
      only.fill(0);
      only[kernel] = 1;
      marginal.multiply(value, only);
      return only[kernel]!;
    };
    const middle = domain.type === 'categorical' ? 0 : Math.sqrt(Math.abs(domain.low * domain.high)) || 1;
    const expected = points(domain).reduce(
      (sum, { value, width }) => (value <= middle ? sum + share(value) * width : sum),
      0,
    );
    let below = 0;
    for (let i = 0; i < draws; i++) if (marginal.draw(kernel, prng) <= middle) below++;
    expect(below / draws).toBeCloseTo(expected, 1.7);
  });
});
