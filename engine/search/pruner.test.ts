import { describe, expect, it } from 'vitest';
import type { FoldLoss } from '../pipeline/job.ts';
import type { KnownTrial } from './history.ts';
import { SIDE, splitTrials } from './history.ts';
import { isHopeless, meanLoss, pruneReference } from './pruner.ts';

const fold = (...parts: number[]): FoldLoss => ({
  loss: parts.reduce((sum, part) => sum + part, 0) / parts.length,
  parts,
});
function trial(state: KnownTrial['state'], ...folds: FoldLoss[]): KnownTrial {
  return { parameters: {}, state, loss: folds.length === 0 ? null : meanLoss(folds), folds };
}

describe('wilcoxon', () => {
  const best = trial('completed', fold(1, 2), fold(3, 4), fold(5, 6));
  const reference = pruneReference('wilcoxon', [
    trial('completed', fold(9, 9), fold(9, 9), fold(9, 9)),
    best,
    trial('pruned', fold(0, 0)),
  ]);

  it('holds a trial against the best whole one', () => {
    expect(reference).toEqual({ kind: 'wilcoxon', best: best.folds });
  });

  it('gives up where every part of two folds is worse, p = 1/16', () => {
    expect(isHopeless(reference, [fold(1.1, 2.1), fold(3.2, 4.3)])).toBe(true);
  });

  it('never after one fold, nor where a part is as much better', () => {
    expect(isHopeless(reference, [fold(8, 8)])).toBe(false);
    expect(isHopeless(reference, [fold(1.1, 2.1), fold(3.1, 3.2)])).toBe(false);
  });

  it('keeps what is worse by rank and better on the mean', () => {
    const parts = (shift: number) => Array.from({ length: 8 }, (_, i) => i + shift);
    const wide = pruneReference('wilcoxon', [trial('completed', fold(...parts(0)), fold(...parts(0)))]);
    const mostly = fold(...parts(0.1).slice(0, 7), -20);
    expect(isHopeless(wide, [mostly, fold(...parts(0.1))])).toBe(false);
  });
});

describe('median', () => {
  const whole = [1, 2, 3, 4, 5].map((loss) => trial('completed', fold(loss), fold(2 * loss)));

  it('takes five whole trials to begin', () => {
    expect(pruneReference('median', whole.slice(1))).toEqual({ kind: 'none' });
    expect(pruneReference('median', whole)).toEqual({ kind: 'median', medians: [3, 4.5] });
  });

  it('gives up what is worse than the median after as many folds', () => {
    const reference = pruneReference('median', whole);
    expect(isHopeless(reference, [fold(3.1)])).toBe(true);
    expect(isHopeless(reference, [fold(3)])).toBe(false);
    expect(isHopeless(reference, [fold(3), fold(6.1)])).toBe(true);
  });
});

describe('none', () => {
  it('gives nothing up', () => {
    const reference = pruneReference('none', [trial('completed', fold(0), fold(0))]);
    expect(isHopeless(reference, [fold(9), fold(9)])).toBe(false);
  });
});

describe('the split into good trials and others', () => {
  const trials = [
    trial('running'),
    trial('pruned', fold(0)),
    trial('completed', fold(5), fold(5)),
    trial('failed'),
    trial('pruned', fold(9), fold(9)),
    trial('completed', fold(1), fold(1)),
  ];

  it.each([
    [1, [5]],
    [2, [2, 5]],
    [3, [2, 4, 5]],
    [4, [1, 2, 4, 5]],
  ])('%i: whole ones first, then those that came furthest, in their order', (count, expected) => {
    const sides = splitTrials(trials, count);
    const on = (side: number) => [0, 1, 2, 3, 4, 5].filter((i) => sides[i] === side);
    expect(on(SIDE.below)).toEqual(expected);
    expect(on(SIDE.above)).toEqual([0, 1, 2, 4, 5].filter((i) => !expected.includes(i)));
    expect(on(SIDE.none)).toEqual([3]);
  });
});
