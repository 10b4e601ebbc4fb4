import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { StepMemory } from './step-memory.ts';

const SIZE = 6;
const prng = createPrng(4);
/** A quadratic's curvature: symmetric, and positive by its diagonal. */
const curvature = Array.from({ length: SIZE }, () => new Float64Array(SIZE));
for (let i = 0; i < SIZE; i++) {
  for (let j = 0; j <= i; j++) curvature[i][j] = curvature[j][i] = i === j ? SIZE + i : prng.normal();
}
const slopeOf = (x: Float64Array) =>
  Float64Array.from(curvature, (row) => row.reduce((s, v, j) => s + v * x[j], 0));
const drawn = () => Float64Array.from({ length: SIZE }, () => prng.normal());
const plain = (slope: Float64Array) => slope.map((value) => value / 3);

test('without steps it is what was known before', () => {
  const slope = drawn();
  expect(new StepMemory().times(slope, plain)).toEqual(plain(slope));
});

test('it knows the curvature along its latest step', () => {
  const memory = new StepMemory();
  for (let k = 0; k < 12; k++) {
    const change = drawn();
    memory.add(change, slopeOf(change));
    memory.times(slopeOf(change), plain).forEach((value, i) => {
      expect(value).toBeCloseTo(change[i], 10);
    });
  }
});

test('going down a quadratic it needs far fewer steps than without', () => {
  const stepsOf = (remembers: boolean): number => {
    const memory = new StepMemory();
    let x = new Float64Array(SIZE).fill(1);
    for (let step = 0; step < 500; step++) {
      const slope = slopeOf(x);
      if (Math.max(...slope.map(Math.abs)) < 1e-10) return step;
      const change = memory.times(slope, (v) => v.map((value) => value / 16)).map((value) => -value);
      const next = x.map((value, i) => value + change[i]);
      if (remembers)
        memory.add(
          change,
          slopeOf(next).map((value, i) => value - slope[i]),
        );
      x = next;
    }
    return 500;
  };
  expect(stepsOf(true)).toBeLessThan(0.4 * stepsOf(false));
});

test('a step that shows no curvature is not remembered', () => {
  const memory = new StepMemory();
  memory.add(Float64Array.of(1, 0), Float64Array.of(0, 1));
  memory.add(Float64Array.of(1, 0), Float64Array.of(-1, 0));
  memory.add(Float64Array.of(0, 0), Float64Array.of(0, 0));
  const slope = Float64Array.of(2, 3);
  expect(memory.times(slope, plain)).toEqual(plain(slope));
});
