import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownTrial } from './history.ts';
import { goodTrials, randomSampler, type Sampler, tpeSampler, trialPrng } from './sampler.ts';
import type { Parameters, SearchSpace } from './space.ts';

const SPACE: SearchSpace = [
  { name: 'kind', domain: { type: 'categorical', choices: ['bagging', 'goss'] } },
  {
    name: 'rate',
    domain: { type: 'float', low: 0.001, high: 0.5, log: true },
    when: { name: 'kind', values: ['goss'] },
  },
  { name: 'depth', domain: { type: 'int', low: 3, high: 10 } },
  { name: 'leaves', domain: { type: 'int', low: 7, high: 127, log: true } },
  { name: 'share', domain: { type: 'float', low: 0.6, high: 1 } },
];

function isWithin(values: Parameters): boolean {
  const { kind, rate, depth, leaves, share } = values as Record<string, number | string>;
  const whole = (value: unknown, low: number, high: number) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
  return (
    (kind === 'goss' ? (rate as number) >= 0.001 && (rate as number) <= 0.5 : rate === undefined) &&
    whole(depth, 3, 10) &&
    whole(leaves, 7, 127) &&
    (share as number) >= 0.6 &&
    (share as number) <= 1
  );
}

/** Trials of a sampler that is told of each before the next. */
function run(sampler: Sampler, seed: number, count: number, lossOf: (values: Parameters) => number) {
  const trials: KnownTrial[] = [];
  for (let n = 0; n < count; n++) {
    const parameters = sampler(SPACE, trials, trialPrng(seed, n));
    trials.push({ parameters, state: 'completed', loss: lossOf(parameters), folds: [] });
  }
  return trials;
}

const loss = ({ share, depth }: Parameters) =>
  Math.abs((share as number) - 0.8) + Math.abs((depth as number) - 5);

describe.each([
  ['random', randomSampler],
  ['tpe', tpeSampler()],
  ['multivariate tpe', tpeSampler({ multivariate: true })],
])('%s', (_, sampler) => {
  it('stays within the space, whatever the losses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.boolean(), (seed, constant) => {
        const trials = run(sampler, seed, 30, constant ? () => 1 : loss);
        expect(trials.every(({ parameters }) => isWithin(parameters))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same trials for the same seed, others for another', () => {
    expect(run(sampler, 4, 25, loss)).toEqual(run(sampler, 4, 25, loss));
    expect(run(sampler, 4, 25, loss)).not.toEqual(run(sampler, 5, 25, loss));
  });
});

describe('tpe', () => {
  it('draws the first ten as the random sampler does', () => {
    expect(run(tpeSampler(), 3, 10, loss)).toEqual(run(randomSampler, 3, 10, loss));
  });

  it.each([false, true])('does not depend on what it was asked before (multivariate: %s)', (multivariate) => {
    const one = run(tpeSampler({ multivariate }), 1, 40, loss);
    const other = run(tpeSampler({ multivariate }), 2, 30, loss);
    const used = tpeSampler({ multivariate });
    for (const trials of [one, other, other.slice(0, 12), one.slice(0, 35)]) {
      const fresh = tpeSampler({ multivariate })(SPACE, trials, trialPrng(9, 0));
      expect(used(SPACE, trials, trialPrng(9, 0))).toEqual(fresh);
    }
  });

  it.each([false, true])('goes where trials were good (multivariate: %s)', (multivariate) => {
    const late = run(tpeSampler({ multivariate }), 1, 80, loss).slice(50);
    const random = run(randomSampler, 1, 80, loss).slice(50);
    const mean = (trials: readonly KnownTrial[]) =>
      trials.reduce((sum, trial) => sum + trial.loss!, 0) / trials.length;
    expect(mean(late)).toBeLessThan(0.5 * mean(random));
  });

  it('counts a tenth of the trials as good, 25 at most', () => {
    expect([10, 11, 20, 21, 250, 251, 1000].map(goodTrials)).toEqual([1, 2, 2, 3, 25, 25, 25]);
  });
});
