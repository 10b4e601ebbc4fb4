import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from './normal.ts';
import { studentCdf, studentQuantile } from './student.ts';

describe('studentCdf', () => {
  it('has the closed forms of one, two and four degrees of freedom', () => {
    for (let t = -50; t <= 50; t += 0.37) {
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 14);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 14);
      const u = t / Math.sqrt(t * t + 4);
      expect(studentCdf(t, 4)).toBeCloseTo(0.5 + 0.75 * (u - u ** 3 / 3), 14);
    }
  });

  it('comes to the normal distribution with many degrees', () => {
    for (let t = -6; t <= 6; t += 0.5) expect(studentCdf(t, 1e7)).toBeCloseTo(normalCdf(t), 7);
  });

  it('keeps its digits in the tail', () => {
    // With one degree the tail is atan(1/|t|) / pi.
    expect(studentCdf(-1e9, 1) / (Math.atan(1e-9) / Math.PI)).toBeCloseTo(1, 12);
    expect([studentCdf(-Infinity, 3), studentCdf(Infinity, 3), studentCdf(0, 7)]).toEqual([0, 1, 0.5]);
    expect([studentCdf(1, 0), studentCdf(Number.NaN, 3)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('studentQuantile', () => {
  it.each([
    [0.975, 1, 12.706204736174707],
    [0.95, 5, 2.015048373333024],
    [0.95, 29, 1.699127026533498],
    [0.005, 10, -3.169272672616952],
    [0.975, 120, 1.9799304050824413],
  ])('has the printed value of p %d with %d degrees', (p, degrees, value) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(value, 12);
  });

  it('inverts the distribution function', () => {
    const probability = fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true });
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 5000, noNaN: true }), (p, degrees) => {
        expect(studentCdf(studentQuantile(p, degrees), degrees) / p).toBeCloseTo(1, 9);
      }),
    );
  });

  it('has no value outside of probabilities', () => {
    expect([0, 1, -1, Number.NaN].map((p) => studentQuantile(p, 3))).toEqual(Array(4).fill(Number.NaN));
  });
});
