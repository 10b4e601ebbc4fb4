import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { classWeights, returnWeights, type StackRows } from './weights.ts';

const ROWS = 400;

/** Three outputs that know something of what comes, one of them the other way round, and one that knows nothing. */
function rowsOf(seed: number, kind: 'returns' | 'classes'): StackRows {
  const prng = createPrng(seed);
  const centers = Float64Array.from({ length: ROWS }, (_, i) => (i < ROWS / 2 ? 0.3 : -0.2));
  const signal = Float64Array.from({ length: ROWS }, () => prng.normal());
  const outputs = [0.6, 0.9, -0.5, 0].map((share) => signal.map((s) => share * s + prng.normal()));
  const labels = signal.map((s, i) => {
    const score = centers[i]! + 0.8 * s;
    if (kind === 'returns') return score + prng.normal();
    return prng.float() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  return { outputs, centers, labels };
}

type Loss = (rows: StackRows, weights: ArrayLike<number>) => number;

const scoreOf = ({ outputs, centers }: StackRows, weights: ArrayLike<number>, i: number) =>
  outputs.reduce((sum, output, j) => sum + weights[j]! * output[i]!, centers[i]!);

const squaredError: Loss = (rows, weights) =>
  rows.labels.reduce((sum, label, i) => sum + (label - scoreOf(rows, weights, i)) ** 2, 0);

const logLossOf =
  (ofClass: readonly [number, number]): Loss =>
  (rows, weights) =>
    rows.labels.reduce((sum, label, i) => {
      const q = 1 / (1 + Math.exp(-scoreOf(rows, weights, i)));
      return sum - ofClass[label as 0 | 1]! * Math.log(label === 1 ? q : 1 - q);
    }, 0);

/** At the smallest loss over weights of 0 and more no step leads down that stays among them. */
function expectLowest(loss: Loss, rows: StackRows, weights: Float64Array): void {
  const step = 1e-5;
  weights.forEach((value, j) => {
    const moved = (by: number) => weights.map((w, k) => (k === j ? w + by : w));
    const slope = (loss(rows, moved(step)) - loss(rows, moved(-step))) / (2 * step);
    if (value > 0) expect(slope).toBeCloseTo(0, 4);
    else expect(slope).toBeGreaterThan(-1e-4);
  });
}

test.each([1, 2, 3, 4, 5])('weights of returns have the smallest squared error (%i)', (seed) => {
  const rows = rowsOf(seed, 'returns');
  const weights = returnWeights(rows);
  expectLowest(squaredError, rows, weights);
  expect(weights[1]).toBeGreaterThan(0.1);
  // It points the other way.
  expect(weights[2]).toBe(0);
});

test.each([
  [1, [1, 1]],
  [2, [1, 1]],
  [3, [0.6, 3]],
] as const)('weights of classes have the smallest log loss (%i, %j)', (seed, ofClass) => {
  const rows = rowsOf(seed, 'classes');
  const weights = classWeights(rows, ofClass);
  expectLowest(logLossOf(ofClass), rows, weights);
  expect(weights[1]).toBeGreaterThan(0.1);
  expect(weights[2]).toBe(0);
});

test('outputs that tell the classes apart without an error end in finite weights', () => {
  const labels = Float64Array.from({ length: 20 }, (_, i) => i % 2);
  const rows = { outputs: [labels.map((y) => 2 * y - 1)], centers: new Float64Array(20), labels };
  const [weight] = classWeights(rows, [1, 1]);
  expect(weight).toBeGreaterThan(5);
  expect(Number.isFinite(weight)).toBe(true);
});

test('parts that say nothing get no weight', () => {
  const rows = rowsOf(6, 'returns');
  const silent = { ...rows, outputs: rows.outputs.map((output) => output.map(() => 0)) };
  expect([...returnWeights(silent)]).toEqual([0, 0, 0, 0]);
  const classes = rowsOf(6, 'classes');
  expect([...classWeights({ ...classes, outputs: silent.outputs }, [1, 1])]).toEqual([0, 0, 0, 0]);
});
