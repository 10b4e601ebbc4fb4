import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearestName } from './nearest.ts';

/** The definition, without its table: what the last characters of both can come to. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const ways = [
    slowDistance(a.slice(0, -1), b) + 1,
    slowDistance(a, b.slice(0, -1)) + 1,
    slowDistance(a.slice(0, -1), b.slice(0, -1)) + same,
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(slowDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...ways);
}

describe('editDistance', () => {
  it('is that of the definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(slowDistance(a, b));
      }),
    );
  });

  it('counts swapped neighbors once', () => {
    expect(editDistance('rigde', 'ridge')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
});

describe('nearestName', () => {
  const models = ['linear_regression', 'ridge', 'lasso', 'elasticnet'];

  it('finds what a typo most likely meant, whatever its case', () => {
    const typos = ['rigde', 'LASO', 'elastic_net', 'linear_regresion'];
    expect(typos.map((typo) => nearestName(typo, models))).toEqual([
      'ridge',
      'lasso',
      'elasticnet',
      'linear_regression',
    ]);
  });

  it('suggests nothing far from what was typed', () => {
    expect(nearestName('transformer', models)).toBeUndefined();
    expect(didYouMean('transformer', models)).toBe('');
    expect(didYouMean('rigde', models)).toBe(' Did you mean "ridge"?');
  });
});
