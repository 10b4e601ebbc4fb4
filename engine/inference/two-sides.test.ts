import { expect, test } from 'vitest';
import { joinSides } from './two-sides.ts';

test('the larger of both expected returns has the word where it is positive, a short one with its sign turned', () => {
  const cases: [number, number, number][] = [
    [0.2, 0.1, 0.2],
    [0.1, 0.2, -0.2],
    [0.2, -0.5, 0.2],
    [-0.5, 0.2, -0.2],
    [-0.1, -0.2, 0],
    [-0.2, -0.1, 0],
    [0.1, 0.1, 0],
    [0, -0.1, 0],
    [Number.NaN, Number.NaN, Number.NaN],
    [0.1, Number.NaN, Number.NaN],
  ];
  const column = (place: 0 | 1) => Float64Array.from(cases, (one) => one[place]);
  const out = new Float64Array(cases.length);
  joinSides(column(0), column(1), out);
  expect([...out]).toEqual(cases.map(([, , p]) => p));
  // In place.
  const long = column(0);
  joinSides(long, column(1), long);
  expect([...long]).toEqual([...out]);
});
