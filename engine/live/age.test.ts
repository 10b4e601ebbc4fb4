import { expect, test } from 'vitest';
import { barAfter, dataAge, isLate, spanText } from './age.ts';

const HOUR = 3_600_000;
/** Friday 2025-06-27; the week closes at 21:00 UTC, 17:00 in New York, and opens on Sunday at 21:00 UTC. */
const FRIDAY_20 = Date.UTC(2025, 5, 27, 20);
const SUNDAY_21 = Date.UTC(2025, 5, 29, 21);

test('a weekend is no time, and no bar is missing in it', () => {
  const at = (now: number) => dataAge(FRIDAY_20, 'H1', 'currency-week', now);
  expect(at(FRIDAY_20 + HOUR)).toEqual({ age: 0, missing: 0 });
  expect(at(SUNDAY_21)).toEqual({ age: 0, missing: 0 });
  expect(at(SUNDAY_21 + 0.5 * HOUR)).toEqual({ age: 0.5 * HOUR, missing: 0 });
  expect(at(SUNDAY_21 + 26 * HOUR)).toEqual({ age: 26 * HOUR, missing: 26 });
});

test('a market that never closes goes by the clock', () => {
  expect(dataAge(FRIDAY_20, 'H4', 'continuous', FRIDAY_20 + 30 * HOUR)).toEqual({
    age: 26 * HOUR,
    missing: 6,
  });
});

test('one bar may be on its way, two are late', () => {
  expect([0, 1, 2].map((missing) => isLate({ missing }))).toEqual([false, false, true]);
});

test('spans have whole units', () => {
  expect([40 / 60, 1.99, 26.7, 47.9, 130].map((hours) => spanText(hours * HOUR))).toEqual([
    '40 min',
    '119 min',
    '26 h',
    '47 h',
    '5 days',
  ]);
});

test('bars that are due are counted over the weekend', () => {
  expect(barAfter(FRIDAY_20, 1, 'H1', 'currency-week')).toBe(SUNDAY_21);
  expect(barAfter(FRIDAY_20, 3, 'H1', 'currency-week')).toBe(SUNDAY_21 + 2 * HOUR);
  expect(barAfter(FRIDAY_20, 3, 'H1', 'continuous')).toBe(FRIDAY_20 + 3 * HOUR);
});
