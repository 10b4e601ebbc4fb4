import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrng } from '../../random/prng.ts';
import { labelsFrom, matrixOf, noiseFeatures, priceFeatures } from '../testing/data.ts';
import { dualityGap, elasticNet } from './elastic-net-solver.ts';
import { trainingMoments } from './gram.ts';
import { standardizedProblem } from './standardize.ts';

const columns = [...priceFeatures(41, 300, 6, 3), ...noiseFeatures(42, 300, 6)];
const matrix = matrixOf(columns);
const problem = standardizedProblem(
  trainingMoments(matrix, labelsFrom(43, columns[2], 0.4), [{ from: 0, to: 300 }]),
  matrix.names,
);
const SIZE = problem.kept.length;

function gradientAt(b: Float64Array): Float64Array {
  return problem.target.map((value, i) =>
    b.reduce((rest, coefficient, j) => rest - problem.correlations[i * SIZE + j] * coefficient, value),
  );
}

/** The objective as a part of the label's variance, so that |y|^2 / rows = 1. */
function objective(b: Float64Array, l1: number, l2: number): number {
  const gradient = gradientAt(b);
  const fit = b.reduce((sum, value, j) => sum - 0.5 * value * (problem.target[j] + gradient[j]), 0.5);
  return b.reduce((sum, value) => sum + l1 * Math.abs(value) + 0.5 * l2 * value * value, fit);
}

const penalties = fc.record({
  l1: fc.double({ min: 1e-5, max: 0.5, noNaN: true }),
  l2: fc.constantFrom(0, 1e-3, 0.1),
});

test('the duality gap at the solution is zero but for rounding', () => {
  fc.assert(
    fc.property(penalties, ({ l1, l2 }) => {
      const b = elasticNet(problem, l1, l2);
      expect(Math.abs(dualityGap(problem, b, gradientAt(b), l1, l2))).toBeLessThan(1e-9);
    }),
  );
});

test('nowhere is the objective lower than at the solution, nor further from it than the duality gap', () => {
  fc.assert(
    fc.property(penalties, fc.integer(), fc.constantFrom(1e-3, 0.1, 1), ({ l1, l2 }, seed, spread) => {
      const prng = createPrng(seed);
      const best = elasticNet(problem, l1, l2);
      const other = best.map((value) => value + (prng.float() < 0.5 ? 0 : spread * prng.normal()));
      const excess = objective(other, l1, l2) - objective(best, l1, l2);
      expect(excess).toBeGreaterThan(-1e-12);
      expect(dualityGap(problem, other, gradientAt(other), l1, l2)).toBeGreaterThanOrEqual(excess - 1e-12);
    }),
  );
});
