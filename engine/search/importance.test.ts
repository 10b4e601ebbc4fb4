import { describe, expect, it } from 'vitest';
import { parameterImportance } from './importance.ts';
import { randomSampler, trialPrng } from './sampler.ts';
import type { SearchSpace } from './space.ts';

const SPACE: SearchSpace = [
  { name: 'idle', domain: { type: 'float', low: 0, high: 1 } },
  { name: 'strong', domain: { type: 'float', low: 0, high: 1 } },
  { name: 'weak', domain: { type: 'categorical', choices: ['a', 'b'] } },
];

function trials(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const parameters = randomSampler(SPACE, [], trialPrng(2, i));
    const { strong, weak } = parameters as { strong: number; weak: string };
    return { parameters, loss: (strong - 0.3) ** 2 + (weak === 'a' ? 0.04 : 0) };
  });
}

describe('parameterImportance', () => {
  it('says what tells trials apart', () => {
    const [idle, strong, weak] = parameterImportance(SPACE, trials(100), 1)!;
    expect(strong).toBeGreaterThan(2 * weak!);
    expect(weak).toBeGreaterThan(3 * idle!);
    expect(idle! + strong! + weak!).toBeCloseTo(1, 12);
  });

  it('is the same for the same trials', () => {
    expect(parameterImportance(SPACE, trials(40), 1)).toEqual(parameterImportance(SPACE, trials(40), 1));
  });

  it('says nothing of few trials, and finds nothing where all are alike', () => {
    expect(parameterImportance(SPACE, trials(15), 1)).toBeUndefined();
    const idle = trials(40).map(({ parameters }, i) => ({ parameters, loss: (i * 7919) % 41 }));
    const shares = parameterImportance(SPACE, idle, 1)!;
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
  });
});
