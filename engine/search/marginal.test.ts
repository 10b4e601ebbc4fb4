import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { normalCdf } from '../statistics/normal.ts';
import { createMarginal, type Marginal } from './marginal.ts';
import { kernelsOver, kernelWeights } from './parzen.ts';
import { type Domain, scaleOf } from './space.ts';
import { observations, observedValues } from './testing/observations.ts';

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

/** What each kernel says of a value. */
function saidOf({ kernels }: Marginal, value: number): number[] {
  if (kernels.kind === 'discrete') return [...kernels.said(value)];
  const place = kernels.placeOf(value);
  return [...kernels.factors].map((factor, k) => {
    const z = (place - kernels.means[k]!) * kernels.precisions[k]!;
    return factor * Math.exp(-0.5 * z * z);
  });
}

const dot = (a: ArrayLike<number>, b: readonly number[]) => b.reduce((sum, x, i) => sum + a[i]! * x, 0);

describe('many kernels, most of them of the least width', () => {
  const prng = createPrng(3);
  const values = Array.from({ length: 400 }, () => 1 + prng.int(999));
  const weights = kernelWeights(400);

  it.each(['float', 'int'] as const)(
    '%s: the mixture is the sum of normal densities cut off at the ends',
    (type) => {
      const domain = { type, low: 1, high: 1000 } as const;
      const marginal = createMarginal(domain, observations(values));
      const densityAt = marginal.mixture(weights);
      const scale = scaleOf(domain);
      const { means, deviations } = kernelsOver(observations(values), scale);
      const below = (place: number, k: number) => normalCdf((place - means[k]!) / deviations[k]!);
      for (const value of [1, 2, 17, 500, 998, 1000]) {
        let expected = 0;
        for (let k = 0; k <= 400; k++) {
          const within = below(scale.high, k) - below(scale.low, k);
          const z = (value - means[k]!) / deviations[k]!;
          const mass =
            type === 'int'
              ? below(value + 0.5, k) - below(value - 0.5, k)
              : Math.exp(-0.5 * z * z) / (deviations[k]! * Math.sqrt(2 * Math.PI));
          expected += (weights[k]! * mass) / within;
        }
        expect(densityAt(value) / expected).toBeCloseTo(1, 8);
      }
    },
  );

  it('is infinite where enough is less than the sum, and the sum where it is more', () => {
    const marginal = createMarginal({ type: 'float', low: 1, high: 1000 }, observations(values));
    const densityAt = marginal.mixture(weights);
    const whole = densityAt(500);
    expect(densityAt(500, 1.01 * whole)).toBe(whole);
    expect(densityAt(500, 0.99 * whole)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe.each(DOMAINS)('the density over %s', (_, domain, observed) => {
  const marginal = createMarginal(domain, observedValues(domain, observed));
  const weights = kernelWeights(observed.length);
  const densityAt = marginal.mixture(weights);

  it('sums to 1', () => {
    const mass = points(domain).reduce((sum, { value, width }) => sum + densityAt(value) * width, 0);
    expect(mass).toBeCloseTo(1, 6);
  });

  it('is the weighted sum of what its kernels say', () => {
    for (const { value } of points(domain).filter((_, i) => i % 97 === 0)) {
      expect(densityAt(value)).toBeCloseTo(dot(weights, saidOf(marginal, value)), 12);
    }
  });

  it('is what values are drawn from', () => {
    const prng = createPrng(11);
    const draws = 40_000;
    const kernel = 0;
    const share = (value: number) => saidOf(marginal, value)[kernel]!;
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
