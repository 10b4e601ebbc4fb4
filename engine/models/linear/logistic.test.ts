import { describe, expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import type { ClassWeight, ModelType, RowRange, TrainingSet } from '../model.ts';
import { labelsFrom, matrixOf, noiseFeatures, priceFeatures } from '../testing/data.ts';
import { elasticnet, lasso, linearRegression, ridge } from './index.ts';
import type { LinearMember } from './member.ts';
import { type PlainLogistic, plainNewton, plainProximal, plainViolation } from './reference-logistic.ts';
import { type PlainProblem, plainProblem } from './reference-solvers.ts';

const ROWS = 500;
const TRAIN: RowRange[] = [
  { from: 7, to: 210 },
  { from: 301, to: 480 },
];
const TRAIN_ROWS = TRAIN.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k));

const noise = noiseFeatures(11, ROWS, 8);
const above = (labels: Float64Array, cut: number) => labels.map((y) => (y > cut ? 1 : 0));

const DATA = [
  { name: 'a weak signal', columns: noise, labels: above(labelsFrom(13, noise[2], 0.1), 0) },
  { name: 'a strong signal', columns: noise, labels: above(labelsFrom(13, noise[2], 3), 0) },
  { name: 'a rare class', columns: noise, labels: above(labelsFrom(13, noise[2], 1), 2.2e-3) },
];

function setOf(
  columns: readonly Float64Array[],
  labels: Float64Array,
  classWeight?: ClassWeight,
  train: readonly RowRange[] = TRAIN,
): TrainingSet {
  return {
    features: matrixOf(columns),
    labels,
    train,
    leftOut: { from: 220, to: 290 },
    seed: 1,
    task: 'classes',
    classWeight,
  };
}

function plainOf(
  plain: PlainProblem,
  labels: Float64Array,
  classWeight: ClassWeight = 'none',
): PlainLogistic {
  const y = TRAIN_ROWS.map((row) => labels[row]);
  const positives = y.reduce((a, b) => a + b, 0);
  const balanced = (c: number) => y.length / (2 * (c === 1 ? positives : y.length - positives));
  return { x: plain.x, y, weights: y.map((c) => (classWeight === 'balanced' ? balanced(c) : 1)) };
}

/** The intercept, then coefficients on the standardized scale. */
function fitOf(member: LinearMember, plain: PlainProblem): number[] {
  const fit = new Array<number>(member.featureCount + 1).fill(0);
  fit[0] = member.intercept;
  member.used.forEach((j, k) => {
    fit[j + 1] = member.coefficients[k] * plain.deviations[j];
  });
  return fit;
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance = 1e-9): void {
  expect(found.length).toBe(expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  found.forEach((value, j) => {
    expect(Math.abs(value - expected[j]), `coefficient ${j}`).toBeLessThanOrEqual(tolerance * largest);
  });
}

describe.each(DATA)('with $name', ({ columns, labels }) => {
  const plain = plainProblem(columns, labels, TRAIN_ROWS);
  const rows = TRAIN_ROWS.length;

  describe.each<ClassWeight>(['none', 'balanced'])('class weight %s', (classWeight) => {
    const set = setOf(columns, labels, classWeight);
    const reference = plainOf(plain, labels, classWeight);

    test('linear regression is logistic regression without a penalty', () => {
      expectClose(fitOf(linearRegression.fit(set, {}), plain), plainNewton(reference, 0));
    });

    test.each([1e-4, 1, 300])('ridge agrees with Newton on plain arrays, alpha %d', (alpha) => {
      expectClose(fitOf(ridge.fit(set, { alpha }), plain), plainNewton(reference, alpha / rows));
    });

    test.each([1e-3, 0.01, 0.05])('lasso agrees with proximal gradient, alpha %d', (alpha) => {
      expectClose(fitOf(lasso.fit(set, { alpha }), plain), plainProximal(reference, alpha, 0, 4000));
    });

    test.each([
      { alpha: 1e-3, l1_ratio: 0.1 },
      { alpha: 0.01, l1_ratio: 0.5 },
      { alpha: 0.1, l1_ratio: 0.9 },
    ])('elastic net agrees with proximal gradient, %o', (p) => {
      const [l1, l2] = [p.alpha * p.l1_ratio, p.alpha * (1 - p.l1_ratio)];
      expectClose(fitOf(elasticnet.fit(set, p), plain), plainProximal(reference, l1, l2, 4000));
    });
  });

  test('predicts the probability of class 1', () => {
    const member = ridge.fit(setOf(columns, labels), { alpha: 1 });
    const fit = fitOf(member, plain);
    const out = new Float64Array(ROWS);
    member.predict(columns, 0, ROWS, out);
    for (let row = 0; row < ROWS; row++) {
      const z = columns.reduce(
        (s, column, j) => s + (fit[j + 1] * (column[row] - plain.means[j])) / plain.deviations[j],
        fit[0],
      );
      expect(out[row]).toBeCloseTo(1 / (1 + Math.exp(-z)), 12);
    }
  });
});

describe('strongly dependent features satisfy the optimality conditions', () => {
  const wide = [...priceFeatures(21, ROWS, 30, 3), ...noiseFeatures(22, ROWS, 10)];
  const labels = above(labelsFrom(23, wide[4], 0.4), 0);
  const sumColumn = wide[0].map((v, i) => v + wide[5][i]);
  const cases = {
    'forty features': wide,
    'with duplicates': [...wide, wide[3].slice(), wide[31].slice()],
    'with exact combinations': [...wide, sumColumn, wide[2].map((v) => 3 - 2 * v)],
  };
  test.each(Object.entries(cases))('%s', (_, columns) => {
    const plain = plainProblem(columns, labels, TRAIN_ROWS);
    const reference = plainOf(plain, labels);
    const set = setOf(columns, labels);
    for (const alpha of [1e-4, 1e-3, 0.01, 0.1]) {
      const pure = fitOf(lasso.fit(set, { alpha }), plain);
      expect(plainViolation(reference, pure, alpha, 0)).toBeLessThan(1e-9);
      const mixed = fitOf(elasticnet.fit(set, { alpha, l1_ratio: 0.3 }), plain);
      expect(plainViolation(reference, mixed, 0.3 * alpha, 0.7 * alpha)).toBeLessThan(1e-9);
      const squared = fitOf(ridge.fit(set, { alpha: 1000 * alpha }), plain);
      const l2 = (1000 * alpha) / TRAIN_ROWS.length;
      expect(plainViolation(reference, squared, 0, l2)).toBeLessThan(1e-9);
    }
    const free = fitOf(linearRegression.fit(set, {}), plain);
    expect(plainViolation(reference, free, 0, 0)).toBeLessThan(1e-9);
  });
});

describe('where nothing bounds the coefficients', () => {
  const separable = above(noise[2], 0.3);
  // Class 1 wherever the flag is up, either class elsewhere: quasi-complete separation (Albert and Anderson 1984).
  const flag = Float64Array.from({ length: ROWS }, (_, i) => (i % 9 === 0 ? 1 : 0));
  const implied = above(labelsFrom(13, noise[2], 0.3), 0).map((y, i) => (flag[i] === 1 ? 1 : y));

  test.each([
    ['classes that one feature tells apart', noise, separable],
    ['a flag that one class alone has', [...noise, flag], implied],
    ['more features than rows', noise, DATA[0].labels],
  ])('linear regression says so: %s', (name, columns, labels) => {
    const train = name === 'more features than rows' ? [{ from: 50, to: 58 }] : TRAIN;
    expect(() => linearRegression.fit(setOf(columns, labels, 'none', train), {})).toThrow(
      /tell the two classes of the training rows apart without error.*Use ridge/,
    );
  });

  test('penalties bound them', () => {
    for (const [columns, labels] of [
      [noise, separable],
      [[...noise, flag], implied],
    ] as const) {
      const plain = plainProblem(columns, labels, TRAIN_ROWS);
      const reference = plainOf(plain, labels);
      const set = setOf(columns, labels);
      const n = TRAIN_ROWS.length;
      for (const alpha of [1e-4, 1]) {
        expectClose(fitOf(ridge.fit(set, { alpha }), plain), plainNewton(reference, alpha / n), 1e-8);
      }
      for (const alpha of [1e-5, 1e-3]) {
        expect(plainViolation(reference, fitOf(lasso.fit(set, { alpha }), plain), alpha, 0)).toBeLessThan(
          1e-9,
        );
      }
    }
  });
});

const ALL: [string, (set: TrainingSet) => LinearMember][] = [
  ['linear_regression', (set) => linearRegression.fit(set, {})],
  ['ridge', (set) => ridge.fit(set, { alpha: 1 })],
  ['lasso', (set) => lasso.fit(set, { alpha: 0.01 })],
  ['elasticnet', (set) => elasticnet.fit(set, { alpha: 0.01, l1_ratio: 0.5 })],
];

describe.each(ALL)('%s', (name, train) => {
  const { labels } = DATA[0];

  test('gives constant features no coefficient', () => {
    const constants = [0, 7, 1e9].map((value) => new Float64Array(ROWS).fill(value));
    const member = train(setOf([...constants, ...noise], labels));
    expect(Math.min(...member.used)).toBeGreaterThanOrEqual(3);
    expect([...member.coefficients]).toEqual([...train(setOf(noise, labels)).coefficients]);
  });

  test('with constant features alone it is the base rate', () => {
    const member = train(setOf([new Float64Array(ROWS).fill(3)], labels));
    const rate = TRAIN_ROWS.reduce((sum, row) => sum + labels[row], 0) / TRAIN_ROWS.length;
    const out = new Float64Array(1);
    member.predict([Float64Array.of(5)], 0, 1, out);
    expect(out[0]).toBeCloseTo(rate, 14);
  });

  test('refuses a single class, classes that are none, and rows that are not finite', () => {
    expect(() => train(setOf(noise, new Float64Array(ROWS)))).toThrow(/All 382 training rows are of class 0/);
    expect(() =>
      train(
        setOf(
          noise,
          labels.map((y, i) => (i === 9 ? -1 : y)),
        ),
      ),
    ).toThrow(/a class is 0 or 1/);
    const broken = noise.map((column) => column.slice());
    broken[6][100] = Number.NaN;
    expect(() => train(setOf(broken, labels))).toThrow(/Feature "f6" must be finite/);
  });

  test('its bytes say that it is a model of classes', async () => {
    const type = (await import('../catalog.ts')).modelType(name) as ModelType<unknown, LinearMember>;
    const member = train(setOf(noise, labels));
    const bytes = type.encode(member);
    expect(type.decode(bytes)).toEqual(member);
    expect(type.decode(bytes).task).toBe('classes');
    expect(type.decode(bytes.subarray(0, -1)).task).toBe('returns');
    const unknown = bytes.slice();
    unknown[unknown.length - 1] = 2;
    expect(() => type.decode(unknown)).toThrow(/can't be read/);
  });
});

test.each([37, 89, 138])(
  'heavy tails, where whole steps overshoot and have to be halved (seed %d)',
  (seed) => {
    const prng = createPrng(seed);
    const rows = 10 + prng.int(60);
    const count = 1 + prng.int(5);
    const power = 1 + 2 * prng.int(7);
    const columns = Array.from({ length: count }, () =>
      Float64Array.from({ length: rows }, () => prng.normal() ** power),
    );
    const cut = prng.normal();
    const labels = columns[0].map((x) => (x + prng.normal() > cut !== prng.float() < 0.05 ? 1 : 0));
    const set = setOf(columns, labels, 'none', [{ from: 0, to: rows }]);
    const plain = plainProblem(columns, labels, [...labels.keys()]);
    const reference = { x: plain.x, y: [...labels], weights: [...labels].map(() => 1) };
    const squared = fitOf(ridge.fit(set, { alpha: 1e-4 }), plain);
    expect(plainViolation(reference, squared, 0, 1e-4 / rows)).toBeLessThan(1e-10);
    const pure = fitOf(lasso.fit(set, { alpha: 1e-5 }), plain);
    expect(plainViolation(reference, pure, 1e-5, 0)).toBeLessThan(1e-10);
  },
);
