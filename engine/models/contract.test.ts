import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { weightedSum } from '../features/kernels/weighted-sum.ts';
import type { FeatureMatrix, FeatureRollout } from '../features/matrix.ts';
import { rocAuc } from '../statistics/roc-auc.ts';
import { MODEL_TYPES, parseHyperparameters } from './catalog.ts';
import { memberSplits } from './members.ts';
import type { AnyModelType, Member, ModelTask, TrainingSet } from './model.ts';
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
const returns = labelsFrom(33, signalColumn, SIGNAL);
const others = labelsFrom(34, signalColumn, 0);
const classesOf = (y: Float64Array) => y.map((value) => (value > 2e-4 ? 1 : 0));

function setFor(matrix: FeatureMatrix, y: Float64Array, member: number, task: ModelTask): TrainingSet {
  const window = { from: FIRST_VALID + 10, to: FIT_END - HORIZON - 1 };
  const split = memberSplits(window, 3, HORIZON)[member]!;
  // Positions of one bar that earn the label, for free.
  const trading = { long: y, short: y.map((value) => -value), costPerSide: new Float64Array(y.length) };
  return { features: matrix, labels: y, train: split.train, leftOut: split.leftOut, seed: 7, task, trading };
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

function rolloutOf(lanes: readonly Float64Array[]): FeatureRollout {
  const count = lanes[0]!.length;
  return {
    blocks: [{ first: 0, count }],
    place: () => undefined,
    columns: lanes,
    held: new Uint8Array(lanes.length),
    reset: () => undefined,
    advance: () => undefined,
    weightedSum: (terms, out) => weightedSum(lanes, 0, count, terms, out),
  };
}

const TASKS: readonly ModelTask[] = ['returns', 'classes'];
const NAMED = MODEL_TYPES.map((type) => ({ name: type.name, type }));
const learnsClasses = ({ acts }: AnyModelType) => acts === undefined;
const CASES = NAMED.flatMap((named) =>
  TASKS.filter((task) => task === 'returns' || learnsClasses(named.type)).map((task) => ({ ...named, task })),
);

describe.each(CASES)('$name, $task', ({ type, task }) => {
  const isClasses = task === 'classes';
  const labels = isClasses ? classesOf(returns) : returns;
  const otherLabels = isClasses ? classesOf(others) : others;
  const setOf = (matrix: FeatureMatrix, y: Float64Array, member: number) => setFor(matrix, y, member, task);
  const defaults = parseHyperparameters(type, {});
  const member = type.fit(setOf(freshMatrix(), labels.slice(), 1), defaults);
  const bytes = type.encode(member);

  test('has a title, and one line on what it is good for', () => {
    expect(type.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(type.title).not.toBe('');
    expect(type.description).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test('predicts finite numbers, of classes probabilities', () => {
    const found = predictions(member);
    expect(found.every(Number.isFinite)).toBe(true);
    if (isClasses) expect(found.every((q) => q >= 0 && q <= 1)).toBe(true);
  });

  test('its bytes say what it learned; a set that does not say is one of returns', () => {
    expect(member.task).toBe(task);
    expect(type.decode(bytes).task).toBe(task);
    if (isClasses) return;
    const { task: _, ...silent } = setOf(freshMatrix(), labels, 1);
    expect(type.encode(type.fit(silent, defaults))).toEqual(bytes);
  });

  test('the same training set gives the same bytes, whatever was fitted on the matrix before', () => {
    const matrix = freshMatrix();
    type.fit(setOf(matrix, otherLabels, 0), defaults);
    type.fit(setOf(matrix, labels, 2), defaults);
    expect(type.encode(type.fit(setOf(matrix, labels, 1), defaults))).toEqual(bytes);
    expect(type.encode(type.fit(setOf(matrix, labels, 1), defaults))).toEqual(bytes);
  });

  test('labels outside its rows do not matter', () => {
    const holes = new Float64Array(ROWS).fill(Number.NaN);
    const { train, leftOut } = setOf(freshMatrix(), labels, 1);
    for (const { from, to } of [...train, leftOut]) holes.set(labels.subarray(from, to), from);
    expect(holes.filter(Number.isNaN).length).toBeGreaterThan(ROWS - FIT_END);
    expect(type.encode(type.fit(setOf(freshMatrix(), holes, 1), defaults))).toEqual(bytes);
  });

  test('features of the selection window, the holdout and the warm-up do not matter', () => {
    const changed = columns.map((column) => {
      const copy = column.slice();
      copy.fill(1e6, 0, FIRST_VALID);
      copy.fill(-1e6, FIT_END);
      return copy;
    });
    expect(type.encode(type.fit(setOf(freshMatrix(changed), labels, 1), defaults))).toEqual(bytes);
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

  test('lanes of a rollout get bit for bit what rows get', () => {
    for (const count of [5, 150]) {
      const lanes = columns.map((column) => column.slice(FIRST_VALID, FIRST_VALID + count));
      const out = new Float64Array(count);
      // Without a shorter way, forecasts of lanes are those of rows.
      if (member.predictLanes === undefined) member.predict(lanes, 0, count, out);
      else member.predictLanes(rolloutOf(lanes), out);
      expect(out).toStrictEqual(predictions(member, FIRST_VALID, FIRST_VALID + count));
    }
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
    const constant = new Float64Array(ROWS).fill(isClasses ? 1 : 2e-4);
    if (isClasses) {
      // There is no other class to tell it from.
      expect(() => type.fit(setOf(freshMatrix(), constant, 1), defaults)).toThrow(/learns from both/);
      return;
    }
    const idle = type.fit(setOf(freshMatrix(), constant, 1), defaults);
    expect([...new Set(type.importance(idle, freshMatrix()).gain)]).toEqual([0]);
    for (const value of predictions(idle)) expect(value).toBeCloseTo(2e-4, 12);
  });

  test('predicts left-out rows better than the mean when there is something to learn', () => {
    const matrix = freshMatrix();
    const parts = [0, 1, 2].map((k) => {
      const set = setOf(matrix, labels, k);
      return leftOutPredictions(type.fit(set, defaults), set);
    });
    if (isClasses) {
      for (const { predictions: q, labels: came } of parts) {
        expect(rocAuc(q, Uint8Array.from(came))).toBeGreaterThan(0.75);
      }
      return;
    }
    // The signal explains half of the variance.
    expect(trainingMetrics(parts).r2).toBeGreaterThan(0.25);
    expect(trainingMetrics(parts).rankIc).toBeGreaterThan(0.5);
  });
});

test.each(NAMED.filter(({ type }) => learnsClasses(type)))(
  '$name: balanced classes are worth as much as each other, whatever they count',
  ({ type }) => {
    const defaults = parseHyperparameters(type, {});
    const rare = returns.map((value) => (value > 1.2e-3 ? 1 : 0));
    const set = setFor(freshMatrix(), rare, 1, 'classes');
    const { from, to } = set.leftOut;
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    const plain = mean(predictions(type.fit(set, defaults), from, to));
    const balanced = mean(predictions(type.fit({ ...set, classWeight: 'balanced' }, defaults), from, to));
    const none = type.encode(type.fit({ ...set, classWeight: 'none' }, defaults));
    expect(none).toEqual(type.encode(type.fit(set, defaults)));
    expect(plain).toBeLessThan(0.3);
    expect(balanced).toBeGreaterThan(plain + 0.01);
  },
);

test.each(NAMED)('$name: every hyper-parameter has a description and bounds that are kept', ({ type }) => {
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
