import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarizeLabels } from './summary.ts';

describe('summarizeLabels', () => {
  it('counts bars and stretches', () => {
    expect(summarizeLabels(Uint8Array.of(0, 0, 1, 0, 2, 2, 2, 2), ['a', 'b', 'c', 'd'])).toEqual([
      { name: 'a', share: 3 / 8, episodes: 2, meanLength: 1.5 },
      { name: 'b', share: 1 / 8, episodes: 1, meanLength: 1 },
      { name: 'c', share: 4 / 8, episodes: 1, meanLength: 4 },
      { name: 'd', share: 0, episodes: 0, meanLength: 0 },
    ]);
  });

  it('agrees with splitting the series into runs of equal letters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), (labels) => {
        const names = ['a', 'b', 'c', 'd'];
        const text = labels.map((label) => names[label]).join('');
        const stretches = text.match(/(.)\1*/g) ?? [];
        for (const { name, share, episodes, meanLength } of summarizeLabels(Uint8Array.from(labels), names)) {
          const own = stretches.filter((stretch) => stretch.startsWith(name));
          expect(episodes).toBe(own.length);
          expect(meanLength * episodes).toBeCloseTo(own.join('').length, 9);
          expect(share * labels.length).toBeCloseTo(own.join('').length, 9);
        }
      }),
    );
  });
});
