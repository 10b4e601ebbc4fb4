import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, tickDigits, valueTicks } from './scale.ts';

describe('linearScale', () => {
  it('maps ends to ends, also upside down', () => {
    const y = linearScale(1, 3, 200, 0);
    expect([y(1), y(2), y(3)]).toEqual([200, 100, 0]);
  });

  it('draws a flat line in the middle', () => {
    expect(linearScale(5, 5, 200, 0)(5)).toBe(100);
  });
});

describe('valueTicks', () => {
  const finite = fc.double({ min: -1e5, max: 1e5, noNaN: true });

  it('encloses all values', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const ticks = valueTicks(values, 5);
        const rounding = Math.abs(ticks[1]! - ticks[0]!) * 1e-6;
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(...values) + rounding);
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(Math.max(...values) - rounding);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('leaves out what is no number, and has an axis even without values', () => {
    expect(valueTicks([Number.NaN, 0, 4, Number.POSITIVE_INFINITY], 5)).toEqual([0, 1, 2, 3, 4]);
    expect(valueTicks([], 5)).toEqual([0, 1]);
  });

  it('stands at round values, also around a flat line', () => {
    expect(valueTicks([-37, 112], 5)).toEqual([-50, 0, 50, 100, 150]);
    expect(valueTicks([7], 5)[0]).toBeCloseTo(7, 4);
    expect(valueTicks([0], 5)).toHaveLength(2);
  });
});

describe('tickDigits', () => {
  it('shows as many digits as the step has', () => {
    expect(tickDigits([0, 5, 10])).toBe(0);
    expect(tickDigits([1.08, 1.085])).toBe(3);
    expect(tickDigits([0.99, 1])).toBe(2);
    expect(tickDigits([1])).toBe(2);
  });
});
