import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandPaths, columnLabels, episodesOf } from './episodes.ts';

const labeled = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 300 });

describe('episodesOf', () => {
  it('merges equal neighbors', () => {
    expect(episodesOf([2, 2, 0, 1, 1, 1])).toEqual([
      { label: 2, from: 0, to: 2 },
      { label: 0, from: 2, to: 3 },
      { label: 1, from: 3, to: 6 },
    ]);
    expect(episodesOf([])).toEqual([]);
  });

  it('covers every bar once with its own label, and neighbors differ', () => {
    fc.assert(
      fc.property(labeled, (labels) => {
        const episodes = episodesOf(labels);
        expect(episodes.flatMap(({ label, from, to }) => Array(to - from).fill(label))).toEqual(labels);
        expect(episodes.every(({ label }, i) => i === 0 || label !== episodes[i - 1]!.label)).toBe(true);
      }),
    );
  });
});

describe('columnLabels', () => {
  it('takes the most frequent label of each part, the lowest of a tie', () => {
    expect(columnLabels([1, 1, 0, 2, 0, 2], 2)).toEqual([1, 2]);
    expect(columnLabels([1, 0, 3, 2], 2)).toEqual([0, 2]);
  });

  it('changes nothing while there is room', () => {
    fc.assert(
      fc.property(labeled, (labels) => {
        expect(columnLabels(labels, 300)).toEqual(labels);
      }),
    );
  });
});

describe('bandPaths', () => {
  it('draws one rectangle per episode and label', () => {
    expect(bandPaths([0, 0, 1, 0], 3, 40, 10)).toEqual([
      'M0 0H20V10H0ZM30 0H40V10H30Z',
      'M20 0H30V10H20Z',
      '',
    ]);
  });

  it('needs at most one rectangle per pixel column', () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 5);
    const rectangles = bandPaths(labels, 5, 800, 200).join('').split('M').length - 1;
    expect(rectangles).toBeLessThanOrEqual(800);
  });
});
