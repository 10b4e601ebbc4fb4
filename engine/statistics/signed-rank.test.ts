import { describe, expect, it } from 'vitest';
import { signedRankP } from './signed-rank.ts';

describe('signedRankP', () => {
  it.each([
    { differences: [], p: 1 },
    { differences: [1], p: 1 / 2 },
    { differences: [1, 2], p: 1 / 4 },
    { differences: [1, 2, 3, 4], p: 1 / 16 },
    { differences: [-1, 2, 3, 4], p: 2 / 16 },
    { differences: [-1, -2, -3, -4], p: 1 },
    // Ties: mean ranks 1.5, 1.5, 3.
    { differences: [1, -1, 3], p: 3 / 8 },
    // A zero counts half on either side: 0.5 + 2 + 3 of the signs of 2 and 3.
    { differences: [0, 1, 2], p: 1 / 4 },
    { differences: [0, 0, 0], p: 1 },
    // scipy.stats.wilcoxon(d, alternative='greater').pvalue, exact
    { differences: [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75], p: 0.020_629_882_812_5 },
  ])('$differences: $p', ({ differences, p }) => {
    expect(signedRankP(differences)).toBeCloseTo(p, 14);
  });
});
