import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { encodeEnsemble } from './ensemble-codec.ts';
import { lightgbm } from './lightgbm.ts';
import { createRowSampler, samplingOf } from './row-sampler.ts';
import { drawToFront, shareOf } from './sampling.ts';
import { train } from './testing/models.ts';
import { sampledRows } from './testing/sampled-rows.ts';
import { learnableLabels, normalColumns, trainingSet } from './testing/sets.ts';

test('a sample is ascending, without repetition, and every row has the same chance', () => {
  const sampled = sampledRows(10);
  const sampler = createRowSampler({ kind: 'bagging', fraction: 0.3, every: 1 }, sampled, createPrng(1));
  const hits = new Uint32Array(10);
  const draws = 4000;
  for (let i = 0; i < draws; i++) {
    expect(sampler.draw(i)).toBe(3);
    const drawn = [...sampled.rows.subarray(0, 3)];
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    for (const row of drawn) hits[row]++;
  }
  // 1,200 expected each, standard deviation 29.
  expect(Math.min(...hits)).toBeGreaterThan(1200 - 5 * 29);
  expect(Math.max(...hits)).toBeLessThan(1200 + 5 * 29);
});

test('drawing to the front keeps the pool a permutation and leaves what stands before it', () => {
  const pool = Uint32Array.from({ length: 12 }, (_, i) => i);
  drawToFront(pool, 3, 4, createPrng(2));
  expect([...pool.subarray(0, 3)]).toEqual([0, 1, 2]);
  expect([...pool].sort((a, b) => a - b)).toEqual([...pool.keys()]);
});

test('a share is at least one', () => {
  expect(shareOf(40, 1 / 3)).toBe(13);
  expect(shareOf(2, 0.1)).toBe(1);
});

test('bagging keeps a bag for as many rounds as asked', () => {
  const sampled = sampledRows(100);
  const sampler = createRowSampler({ kind: 'bagging', fraction: 0.5, every: 2 }, sampled, createPrng(3));
  const bags = [0, 1, 2].map((round) => {
    // Growing a tree leaves them in another order.
    sampled.rows.reverse();
    return [...sampled.rows.subarray(0, sampler.draw(round))];
  });
  expect(bags[0]).toHaveLength(50);
  expect(bags[1]).toEqual(bags[0]);
  expect(bags[2]).not.toEqual(bags[0]);
});

test('one-side sampling keeps the largest gradients and lets the sampled others stand for the rest', () => {
  const n = 1000;
  const sampling = { kind: 'goss', topRate: 0.2, otherRate: 0.1, warmUp: 1 } as const;
  const sampled = sampledRows(n);
  const { gradients, hessians } = sampled.values;
  const sampler = createRowSampler(sampling, sampled, createPrng(4));
  const original = Float64Array.from({ length: n }, (_, i) => ((i * 37) % n) - n / 2 + 0.25);
  gradients.set(original);
  hessians.fill(1);
  expect(sampler.draw(0)).toBe(n);
  expect([...sampled.rows]).toEqual([...sampled.rows.keys()]);

  const count = sampler.draw(1);
  const drawn = [...sampled.rows.subarray(0, count)];
  expect(drawn).toHaveLength(300);
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  const largest = [...original].map(Math.abs).sort((a, b) => b - a)[199];
  for (let row = 0; row < n; row++) {
    const isTop = Math.abs(original[row]) >= largest;
    if (isTop) expect(drawn).toContain(row);
    // (1 - 0.2) / 0.1 = 8
    const weight = isTop || !drawn.includes(row) ? 1 : 8;
    expect(hessians[row]).toBe(weight);
    expect(gradients[row]).toBe(weight * original[row]);
  }
});

test('one-side sampling is used from 100,000 rows on; fewer are all kept', () => {
  const goss = { kind: 'goss', topRate: 0.2, otherRate: 0.1, warmUp: 1 } as const;
  const bags = { kind: 'bagging', fraction: 0.3, every: 2 } as const;
  expect(samplingOf(goss, 100_000)).toBe(goss);
  expect(samplingOf(goss, 99_999)).toEqual({ kind: 'bagging', fraction: 1, every: 1 });
  expect(samplingOf(bags, 50)).toBe(bags);
});

test('lightgbm follows that', () => {
  const bytes = (rows: number, parameters: object) => {
    const columns = normalColumns(1, 3, rows);
    const model = train(lightgbm, trainingSet(columns, learnableLabels(2, columns)), {
      n_estimators: 3,
      learning_rate: 1,
      num_leaves: 4,
      ...parameters,
    });
    return encodeEnsemble(model);
  };
  const goss = { data_sample_strategy: 'goss' };
  expect(bytes(300, goss)).toEqual(bytes(300, {}));
  expect(bytes(100_000, goss)).not.toEqual(bytes(100_000, {}));
});
