import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';

/** The distribution function by Simpson's rule on its density: nothing of what is tested is in it. */
function byIntegration(x: number): number {
  const steps = 20_000;
  const low = -40;
  const width = (x - low) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    const z = low + i * width;
    sum += weight * Math.exp(-0.5 * z * z);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

describe('normalCdf', () => {
  it.each([-12, -7.5, -5.7, -5.6, -2, -0.67, -0.66, 0, 0.3, 0.67, 1.96, 5])(
    'is the integral of the density at %d',
    (x) => {
      expect(normalCdf(x) / byIntegration(x)).toBeCloseTo(1, 9);
    },
  );

  it('has the digits that are published', () => {
    // Abramowitz and Stegun, tables 26.1 and 26.2; the far tail from arithmetic with 40 digits.
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 15);
    expect(normalCdf(-2)).toBeCloseTo(0.02275013194817921, 16);
    expect(normalCdf(-10) / 7.619853024160525e-24).toBeCloseTo(1, 14);
    expect(normalCdf(-37) / 5.725571222524577e-300).toBeCloseTo(1, 14);
    expect([normalCdf(0), normalCdf(-Infinity), normalCdf(Infinity), normalCdf(-50)]).toEqual([0.5, 0, 1, 0]);
  });

  it('is symmetric and rises', () => {
    const value = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(normalCdf(a) + normalCdf(-a)).toBeCloseTo(1, 15);
        expect(normalCdf(Math.min(a, b))).toBeLessThanOrEqual(normalCdf(Math.max(a, b)) + 1e-16);
      }),
    );
  });
});

describe('normalQuantile', () => {
  it('inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 9);
      }),
    );
  });

  it('has the published values', () => {
    // Wichura's own test values.
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323061678136, 14);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13);
  });
});
