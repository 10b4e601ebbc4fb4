import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { createReferenceKernel } from './kernel/reference.ts';
import { fitForest, leastDraws } from './random-forest.ts';
import { normalColumns, trainingSet } from './testing/sets.ts';

test('a leaf holds the draws that so many rows have in a bootstrap on average', () => {
  const prng = createPrng(5);
  for (const wanted of [2, 5, 40]) {
    let rows = 0;
    const trials = 2000;
    for (let trial = 0; trial < trials; trial++) {
      const draws = new Uint32Array(400);
      for (let i = 0; i < draws.length; i++) draws[prng.int(draws.length)]!++;
      let left = leastDraws(wanted);
      for (const times of draws) {
        if (left <= 0) break;
        if (times > 0) rows++;
        left -= times;
      }
    }
    expect(rows / trials).toBeGreaterThan(wanted - 0.1);
    expect(rows / trials).toBeLessThan(wanted + 0.6);
  }
});

test('leaves of one row may have been drawn once', () => {
  expect(leastDraws(1)).toBe(1);
});

test('a forest keeps to it: two leaves need twice as many draws', () => {
  const [column] = normalColumns(3, 1, 64);
  const labels = column.map((x) => Math.sign(x) * 1e-3);
  const set = trainingSet([column], labels, 0);
  const trees = (min_samples_leaf: number) =>
    fitForest(
      set,
      { n_estimators: 20, max_depth: 10, max_features: 1, min_samples_leaf },
      createReferenceKernel(),
    ).parts.nodes.feature;
  // 64 draws: 20 rows mean 32 of them, 21 mean 33.
  expect(leastDraws(21)).toBe(33);
  expect(trees(21).every((feature) => feature < 0)).toBe(true);
  expect(trees(10).some((feature) => feature >= 0)).toBe(true);
});
