import { describe, expect, it } from 'vitest';
import { kernelsOver, kernelWeights } from './parzen.ts';
import { observations } from './testing/observations.ts';

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
    const kernels = kernelsOver(observations(observed), RANGE, options);
    expect([...kernels.means]).toEqual([...observed, 0]);
    [...kernels.deviations].forEach((deviation, i) => {
      expect(deviation).toBeCloseTo(deviations[i]!, 12);
    });
  });

  it('do not depend on the order of what was observed', () => {
    const up = kernelsOver(observations([-0.5, 0.1, 0.7]), RANGE);
    const mixed = kernelsOver(observations([0.7, -0.5, 0.1]), RANGE);
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
