import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FeatureMatrix } from '../features/matrix.ts';
import { MODEL_TYPES, parseHyperparameters } from './catalog.ts';
import { memberSplits } from './members.ts';
import type { Member, TrainingSet } from './model.ts';
import { labelsFrom, matrixOf, noiseFeatures } from './testing/data.ts';
import { leftOutPredictions, trainingMetrics } from './training-metrics.ts';

/** What every model type must hold, whatever it does inside. */

const ROWS = 900;
const FIRST_VALID = 40;
const FIT_END = 800;
const HORIZON = 4;
const SIGNAL = 1; // the first feature; the others say nothing

/** Independent features at very different levels and scales: oscillators, prices, volumes. */
const columns = noiseFeatures(31, ROWS, 6).map((column, j) => {
  const [level, scale] = (
    [
      [0, 1],
      [1.1, 1e-4],
      [3e6, 1e5],
    ] as const
  )[j % 3]!;
  return column.map((value, row) => (row < FIRST_VALID ? Number.NaN : level + scale * value));
});
const signalColumn = columns[0]!.map((value) => (Number.isNaN(value) ? 0 : value));
const labels = labelsFrom(33, signalColumn, SIGNAL);

function setFor(matrix: FeatureMatrix, y: Float64Array, member: number): TrainingSet {
  const window = { from: FIRST_VALID + 10, to: FIT_END - HORIZON - 1 };
  const split = memberSplits(window, 3, HORIZON)[member]!;
  return { features: matrix, labels: y, train: split.train, leftOut: split.leftOut, seed: 7 };
}

function freshMatrix(source: readonly Float64Array[] = columns): FeatureMatrix {
  return matrixOf(
    source.map((column) => column.slice()),
    { firstValid: FIRST_VALID, fitEnd: FIT_END },
  );
}

function predictions(member: Member, from = FIRST_VALID, to = ROWS): Float64Array {
  const out = new Float64Array(to - from);
  member.predict(columns, from, to - from, out);
  return out;
}

describe.each(MODEL_TYPES.map((type) => ({ name: type.name, type })))('$name', ({ type }) => {
  const defaults = parseHyperparameters(type, {});
  const member = type.fit(setFor(freshMatrix(), labels.slice(), 1), defaults);
  const bytes = type.encode(member);

  test('has a title, and one line on what it is good for', () => {
    expect(type.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(type.title).not.toBe('');
    expect(type.description).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test('predicts finite numbers', () => {
    expect(predictions(member).every(Number.isFinite)).toBe(true);
  });

  test('the same training set gives the same bytes, whatever was fitted on the matrix before', () => {
    const matrix = freshMatrix();
    type.fit(setFor(matrix, labelsFrom(34, signalColumn, 0), 0), defaults);
    type.fit(setFor(matrix, labels, 2), defaults);
    expect(type.encode(type.fit(setFor(matrix, labels, 1), defaults))).toEqual(bytes);
    expect(type.encode(type.fit(setFor(matrix, labels, 1), defaults))).toEqual(bytes);
  });

  test('labels outside its rows do not matter', () => {
    const holes = new Float64Array(ROWS).fill(Number.NaN);
    const { train, leftOut } = setFor(freshMatrix(), labels, 1);
    for (const { from, to } of [...train, leftOut]) holes.set(labels.subarray(from, to), from);
    expect(holes.filter(Number.isNaN).length).toBeGreaterThan(ROWS - FIT_END);
    expect(type.encode(type.fit(setFor(freshMatrix(), holes, 1), defaults))).toEqual(bytes);
  });

  test('features of the selection window, the holdout and the warm-up do not matter', () => {
    const changed = columns.map((column) => {
      const copy = column.slice();
      copy.fill(1e6, 0, FIRST_VALID);
      copy.fill(-1e6, FIT_END);
      return copy;
    });
    expect(type.encode(type.fit(setFor(freshMatrix(changed), labels, 1), defaults))).toEqual(bytes);
  });

  test('a stored member predicts bit-identically', () => {
    const read = type.decode(bytes.slice());
    expect(predictions(read)).toStrictEqual(predictions(member));
    expect(type.encode(read)).toEqual(bytes);
    expect(type.importance(read, freshMatrix())).toEqual(type.importance(member, freshMatrix()));
  });

  test('a range of rows gets the same predictions alone as among others', () => {
    const whole = predictions(member);
    for (const [from, to] of [
      [FIRST_VALID, FIRST_VALID + 1],
      [123, 187],
      [ROWS - 3, ROWS],
      [300, 300],
    ]) {
      expect(predictions(member, from, to)).toStrictEqual(
        whole.slice(from! - FIRST_VALID, to! - FIRST_VALID),
      );
    }
    const guarded = new Float64Array(12).fill(5);
    member.predict(columns, 200, 10, guarded);
    expect([...guarded.subarray(10)]).toEqual([5, 5]);
  });

  test('importances are shares, and find the feature that matters', () => {
    const importance = type.importance(member, freshMatrix());
    for (const shares of [importance.gain, importance.splits]) {
      if (shares === undefined) continue;
      expect(shares).toHaveLength(columns.length);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
    expect(importance.gain.indexOf(Math.max(...importance.gain))).toBe(0);
  });

  test('where nothing can be learned, importances are all 0 and the prediction is the label', () => {
    const constant = new Float64Array(ROWS).fill(2e-4);
    const idle = type.fit(setFor(freshMatrix(), constant, 1), defaults);
    expect([...new Set(type.importance(idle, freshMatrix()).gain)]).toEqual([0]);
    for (const value of predictions(idle)) expect(value).toBeCloseTo(2e-4, 12);
  });

  test('predicts left-out rows better than the mean when there is something to learn', () => {
    const matrix = freshMatrix();
    const parts = [0, 1, 2].map((k) => {
      const set = setFor(matrix, labels, k);
      return leftOutPredictions(type.fit(set, defaults), set);
    });
    // The signal explains half of the variance.
    expect(trainingMetrics(parts).r2).toBeGreaterThan(0.25);
    expect(trainingMetrics(parts).rankIc).toBeGreaterThan(0.5);
  });

  test('every hyper-parameter has a description and bounds that are kept', () => {
    const { properties = {} } = z.toJSONSchema(type.hyperparameters, { io: 'input' });
    for (const [key, property] of Object.entries(properties)) {
      if (typeof property === 'boolean') throw new Error(`${key} has no schema`);
      expect(property.description, key).toBeTruthy();
      expect(property.default, key).toBeDefined();
      const beyond =
        property.type === 'number' || property.type === 'integer'
          ? [property.minimum! - 1, property.maximum! + 1, Number.NaN, '1']
          : ['no such choice', 0.5];
      for (const value of beyond) {
        expect(() => parseHyperparameters(type, { [key]: value }), `${key} ${value}`).toThrow(
          `${key}: expected`,
        );
      }
    }
    expect(() => parseHyperparameters(type, { no_such_key: 1 })).toThrow(/no_such_key: /);
  });
});
