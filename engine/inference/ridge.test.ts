import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveRidge } from './ridge.ts';

test('solves the penalized normal equations', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const problem = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc.tuple(
        fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
        fc.array(number, { minLength: n, maxLength: n }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
      ),
    );
  fc.assert(
    fc.property(problem, ([rows, b, penalty]) => {
      const n = b.length;
      const gram = rows.map((_, i) =>
        rows.map((_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
      );
      const x = Float64Array.from(b);
      expect(solveRidge(Float64Array.from(gram.flat()), x, n, penalty)).toBe(true);
      for (let i = 0; i < n; i++) {
        const left = gram[i].reduce((sum, g, j) => sum + g * x[j], 0) + penalty * x[i];
        expect(left).toBeCloseTo(b[i], 9);
      }
    }),
  );
});

test('refuses what is not positive definite', () => {
  expect(solveRidge(Float64Array.of(0), Float64Array.of(1), 1, 0)).toBe(false);
  expect(solveRidge(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2, 0)).toBe(false);
  expect(solveRidge(Float64Array.of(Infinity), Float64Array.of(1), 1, 1)).toBe(false);
});
