import { describe, expect, test } from 'vitest';
import type { FeatureMatrix } from '../../features/matrix.ts';
import type { ModelType, RowRange } from '../model.ts';
import { labelsFrom, matrixOf, noiseFeatures, priceFeatures } from '../testing/data.ts';
import { elasticnet, lasso, linearRegression, ridge } from './index.ts';
import type { LinearMember } from './member.ts';
import {
  normalEquations,
  type PlainProblem,
  plainKktViolation,
  plainProblem,
  proximalGradient,
} from './reference-solvers.ts';

const ROWS = 500;
const TRAIN: RowRange[] = [
  { from: 7, to: 210 },
  { from: 301, to: 480 },
];
const TRAIN_ROWS = rowsOf(TRAIN);

const noise = noiseFeatures(11, ROWS, 8);
const prices = priceFeatures(12, ROWS, 8, 4);
const DATA = [
  { name: 'independent features', columns: noise, labels: labelsFrom(13, noise[2], 0.3) },
  { name: 'price levels', columns: prices, labels: labelsFrom(14, prices[1], 0.3) },
  {
    name: 'a mix of scales',
    columns: [...prices.slice(0, 3), ...noise.map((c) => c.map((v) => 1e6 * v))],
    labels: labelsFrom(15, prices[2], 0.2),
  },
];

describe.each(DATA)('with $name', ({ columns, labels }) => {
  const plain = plainProblem(columns, labels, TRAIN_ROWS);

  test('linear regression solves the normal equations', () => {
    const found = standardizedCoefficients(fitted(linearRegression, {}, columns, labels), plain);
    expectClose(found, normalEquations(plain, 0));
  });

  test.each([1e-4, 1, 300])('ridge solves the penalized normal equations, alpha %d', (alpha) => {
    const found = standardizedCoefficients(fitted(ridge, { alpha }, columns, labels), plain);
    expectClose(found, normalEquations(plain, alpha));
  });

  test.each([1e-3, 0.01, 0.1])('lasso agrees with proximal gradient, alpha %d', (alpha) => {
    const found = standardizedCoefficients(fitted(lasso, { alpha }, columns, labels), plain);
    expectClose(found, proximalGradient(plain, alpha, 0, 30_000));
  });

  test.each([
    { alpha: 1e-3, l1_ratio: 0.1 },
    { alpha: 0.01, l1_ratio: 0.5 },
    { alpha: 0.2, l1_ratio: 0.9 },
  ])('elastic net agrees with proximal gradient, %o', ({ alpha, l1_ratio }) => {
    const found = standardizedCoefficients(fitted(elasticnet, { alpha, l1_ratio }, columns, labels), plain);
    expectClose(found, proximalGradient(plain, alpha * l1_ratio, alpha * (1 - l1_ratio), 30_000));
  });

  test('predictions are those of the standardized problem, to 1e-12 of the label', () => {
    const member = fitted(ridge, { alpha: 1 }, columns, labels);
    const b = standardizedCoefficients(member, plain);
    const out = new Float64Array(ROWS);
    member.predict(columns, 0, ROWS, out);
    for (let row = 0; row < ROWS; row++) {
      const z = b.reduce((s, v, j) => s + (v * (columns[j][row] - plain.means[j])) / plain.deviations[j], 0);
      const expected = plain.labelMean + plain.labelDeviation * z;
      expect(Math.abs(out[row] - expected)).toBeLessThanOrEqual(1e-12 * plain.labelDeviation);
    }
  });
});

describe('the lasso on strongly dependent features satisfies its optimality conditions', () => {
  const wide = [...priceFeatures(21, ROWS, 30, 3), ...noiseFeatures(22, ROWS, 10)];
  const labels = labelsFrom(23, wide[4], 0.2);
  const sumColumn = wide[0].map((v, i) => v + wide[5][i]);
  const cases = {
    'forty features': wide,
    'with duplicates': [...wide, wide[3].slice(), wide[3].slice(), wide[31].slice()],
    'with exact combinations': [...wide, sumColumn, wide[2].map((v) => 3 - 2 * v)],
  };
  test.each(Object.entries(cases))('%s', (_, columns) => {
    const plain = plainProblem(columns, labels, TRAIN_ROWS);
    for (const alpha of [1e-5, 1e-4, 1e-3, 0.01, 0.1]) {
      const pure = standardizedCoefficients(fitted(lasso, { alpha }, columns, labels), plain);
      expect(plainKktViolation(plain, pure, alpha, 0)).toBeLessThan(1e-9);
      const mixed = standardizedCoefficients(
        fitted(elasticnet, { alpha, l1_ratio: 0.3 }, columns, labels),
        plain,
      );
      expect(plainKktViolation(plain, mixed, alpha * 0.3, alpha * 0.7)).toBeLessThan(1e-9);
    }
  });

  test('fewer rows than features', () => {
    const train = [{ from: 40, to: 60 }];
    const plain = plainProblem(wide, labels, rowsOf(train));
    for (const alpha of [1e-5, 1e-4, 1e-3, 0.01, 0.1]) {
      const b = standardizedCoefficients(fitted(lasso, { alpha }, wide, labels, train), plain);
      expect(plainKktViolation(plain, b, alpha, 0)).toBeLessThan(1e-9);
      // Twenty rows around their mean span nineteen dimensions.
      expect(b.filter((v) => v !== 0).length).toBeLessThanOrEqual(19);
    }
  });
});

test('a lasso with alpha above every correlation uses no feature', () => {
  const member = fitted(lasso, { alpha: 1 }, noise, DATA[0].labels);
  expect(member.used.length).toBe(0);
  expect(member.intercept).toBeCloseTo(plainProblem(noise, DATA[0].labels, TRAIN_ROWS).labelMean, 15);
});

test('linear regression drops dependent features and fits as well without them', () => {
  const columns = [...noise, noise[0].map((v, i) => 2 * v - noise[1][i]), noise[4].slice()];
  const member = fitted(linearRegression, {}, columns, DATA[0].labels);
  expect(member.used.length).toBe(noise.length);
  expectSamePredictions(member, fitted(linearRegression, {}, noise, DATA[0].labels), columns);
});

test('linear regression with fewer rows than features passes through its training labels', () => {
  const train = [{ from: 50, to: 56 }];
  const member = fitted(linearRegression, {}, noise, DATA[0].labels, train);
  expect(member.used.length).toBe(5);
  const out = new Float64Array(6);
  member.predict(noise, 50, 6, out);
  for (let i = 0; i < 6; i++) expect(out[i]).toBeCloseTo(DATA[0].labels[50 + i], 12);
});

test('ridge treats duplicates alike', () => {
  const member = fitted(ridge, { alpha: 10 }, [noise[2], noise[3], noise[2].slice()], DATA[0].labels);
  expect(member.coefficients[2]).toBeCloseTo(member.coefficients[0], 12);
});

const ALL: [string, (columns: Float64Array[], labels: Float64Array) => LinearMember][] = [
  ['linear_regression', (c, y) => fitted(linearRegression, {}, c, y)],
  ['ridge', (c, y) => fitted(ridge, { alpha: 1 }, c, y)],
  ['lasso', (c, y) => fitted(lasso, { alpha: 0.01 }, c, y)],
  ['elasticnet', (c, y) => fitted(elasticnet, { alpha: 0.01, l1_ratio: 0.5 }, c, y)],
];

describe.each(ALL)('%s', (_, train) => {
  const labels = DATA[0].labels;

  test('gives constant features no coefficient', () => {
    const constants = [0, 7, 1e9, 0.1].map((value) => new Float64Array(ROWS).fill(value));
    const rounding = noise[0].map((v) => 1.1 + 1e-15 * v);
    const member = train([...constants, rounding, ...noise], labels);
    expect(Math.min(...member.used)).toBeGreaterThanOrEqual(5);
    expectSamePredictions(member, train(noise, labels), [...constants, rounding, ...noise], 5);
  });

  test('treats a feature that only varies outside the training rows as constant', () => {
    const step = Float64Array.from({ length: ROWS }, (_, i) => (i < 480 ? 1.1 : 1.2 + i * 1e-3));
    expect([...train([step, ...noise], labels).used]).not.toContain(0);
  });

  test('predicts the label where all labels are equal', () => {
    const member = train(noise, new Float64Array(ROWS).fill(0.1));
    expect(member.used.length).toBe(0);
    expect(member.intercept).toBeCloseTo(0.1, 15);
  });

  test('works with one feature', () => {
    const member = train([noise[2]], labels);
    expect([...member.used]).toEqual([0]);
    expect(member.coefficients[0]).toBeGreaterThan(0);
  });

  test('refuses a training row that is not finite, and names the feature', () => {
    const broken = noise.map((column) => column.slice());
    broken[6][100] = Number.NaN;
    expect(() => train(broken, labels)).toThrow(/Feature "f6" must be finite/);
    const brokenLabels = labels.slice();
    brokenLabels[400] = Number.POSITIVE_INFINITY;
    expect(() => train(noise, brokenLabels)).toThrow(/label must be finite/);
  });

  test('ignores the labels of the rows it leaves out', () => {
    const holes = labels.slice();
    for (let row = 0; row < ROWS; row++) if (!TRAIN_ROWS.includes(row)) holes[row] = Number.NaN;
    expect(train(noise, holes)).toEqual(train(noise, labels));
  });
});

function rowsOf(ranges: readonly RowRange[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k));
}

function fitted<P>(
  type: ModelType<P, LinearMember>,
  hyperparameters: P,
  columns: Float64Array[],
  labels: Float64Array,
  train: readonly RowRange[] = TRAIN,
): LinearMember {
  const features: FeatureMatrix = matrixOf(columns);
  return type.fit({ features, labels, train, leftOut: { from: 220, to: 290 }, seed: 1 }, hyperparameters);
}

function standardizedCoefficients(member: LinearMember, plain: PlainProblem): number[] {
  const b = new Array<number>(member.featureCount).fill(0);
  member.used.forEach((j, k) => {
    b[j] = (member.coefficients[k] * plain.deviations[j]) / plain.labelDeviation;
  });
  return b;
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  found.forEach((value, j) => {
    expect(Math.abs(value - expected[j]), `coefficient ${j}`).toBeLessThanOrEqual(1e-6 * largest);
  });
}

/** `b` was trained on the columns of `a` from `offset` on. */
function expectSamePredictions(a: LinearMember, b: LinearMember, columns: Float64Array[], offset = 0): void {
  const outA = new Float64Array(ROWS);
  const outB = new Float64Array(ROWS);
  a.predict(columns, 0, ROWS, outA);
  b.predict(columns.slice(offset), 0, ROWS, outB);
  for (let row = 0; row < ROWS; row++) expect(outA[row]).toBeCloseTo(outB[row], 12);
}
