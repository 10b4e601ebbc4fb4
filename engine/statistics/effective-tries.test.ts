import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import {
  addStandardized,
  effectiveRank,
  effectiveTries,
  meanCorrelation,
  noStandardizedSum,
} from './effective-tries.ts';
import { symmetricEigenvalues } from './symmetric-eigenvalues.ts';

describe('effectiveTries', () => {
  it('has the published values', () => {
    expect(effectiveTries(135, 0.5)).toBe(68);
    expect(effectiveTries(135, 0.9)).toBeCloseTo(14.4, 12);
  });

  it('lies between one and all, whatever chance makes of the correlation', () => {
    expect([effectiveTries(10, -0.2), effectiveTries(10, 1.0001), effectiveTries(1, 0.3)]).toEqual([
      10, 1, 1,
    ]);
  });
});

describe('meanCorrelation', () => {
  it('is the mean over all pairs, in one pass or in parts', () => {
    const series = fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 12, maxLength: 12 }), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(series, fc.nat(7), (rows, cut) => {
        const sum = noStandardizedSum(12);
        for (const part of [rows.slice(0, cut), rows.slice(cut)])
          addStandardized(sum, Float64Array.from(part.flat()), part.length);
        const varying = rows.filter((row) => new Set(row).size > 1);
        expect(sum.count).toBe(varying.length);
        const correlations = varying.flatMap((a, i) => varying.slice(i + 1).map((b) => pearson(a, b)));
        const mean = correlations.reduce((total, r) => total + r, 0) / Math.max(1, correlations.length);
        // Each standardized value is within 2^-21 of what it should be.
        expect(meanCorrelation(sum)).toBeCloseTo(mean, 5);
      }),
    );
  });

  it('adds up to the same bits in any order', () => {
    const series = fc.array(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
      {
        minLength: 2,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(series, (rows) => {
        const [forward, back] = [rows, rows.toReversed()].map((order) => {
          const sum = noStandardizedSum(9);
          addStandardized(sum, Float64Array.from(order.flat()), order.length);
          return sum;
        });
        expect(back).toEqual(forward);
      }),
    );
  });
});

describe('effectiveRank', () => {
  it('has the published value', () => {
    expect(effectiveRank(Float64Array.of(1, 0.1, 0.7, 0.1, 1, 0.8, 0.7, 0.8, 1), 3)).toBeCloseTo(1.8402, 6);
  });

  it('counts independent groups', () => {
    expect(effectiveRank(Float64Array.of(1, 0, 0, 1), 2)).toBeCloseTo(2, 12);
    expect(effectiveRank(Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 2), 3)).toBeCloseTo(2, 12);
    expect(effectiveRank(new Float64Array(9), 3)).toBe(0);
  });
});

describe('symmetricEigenvalues', () => {
  it('keeps the sums of powers, and finds what a matrix was made of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer(), (size, seed) => {
        const random = createPrng(seed);
        const matrix = new Float64Array(size * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random.normal();
        }
        const values = symmetricEigenvalues(matrix, size);
        let trace = 0;
        for (let i = 0; i < size; i++) trace += matrix[i * size + i]!;
        expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(trace, 10);
        expect(values.reduce((a, b) => a + b * b, 0)).toBeCloseTo(
          matrix.reduce((a, b) => a + b * b, 0),
          9,
        );
        const cubes = values.reduce((a, b) => a + b ** 3, 0);
        expect(cubes).toBeCloseTo(traceOfCube(matrix, size), 8);
        expect(values).toEqual(values.slice().sort());
      }),
    );
    // Second differences on 4 points: 2 - 2 cos(k pi / 5).
    const chain = Float64Array.of(2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2);
    symmetricEigenvalues(chain, 4).forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / 5), 13);
    });
  });
});

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cov = mean(a.map((v, i) => (v - ma) * (b[i]! - mb)));
  return cov / Math.sqrt(mean(a.map((v) => (v - ma) ** 2)) * mean(b.map((v) => (v - mb) ** 2)));
}

function traceOfCube(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++)
        sum += matrix[i * size + j]! * matrix[j * size + k]! * matrix[k * size + i]!;
    }
  }
  return sum;
}
