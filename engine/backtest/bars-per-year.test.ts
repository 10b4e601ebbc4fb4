import { expect, test } from 'vitest';
import { barsPerYear } from './bars-per-year.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Openings every `step` from `start` on, up to `end`. */
function openings(start: number, end: number, step: number): Float64Array {
  return Float64Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step);
}

const END = Date.UTC(2026, 5, 1);

test('a market that never closes has 8,760 hourly and 365 daily bars a year', () => {
  for (const days of [1000, 366, 365, 120]) {
    expect(barsPerYear(openings(END - days * DAY, END, HOUR), END)).toBeCloseTo(8760, 9);
    expect(barsPerYear(openings(END - days * DAY, END, DAY), END)).toBeCloseTo(365, 9);
  }
});

test('a market that closes at weekends has the bars it has', () => {
  const weekdays = openings(END - 800 * DAY, END, HOUR).filter((t) => new Date(t).getUTCDay() % 6 !== 0);
  const counted = weekdays.filter((t) => t >= END - 365 * DAY).length;
  expect(counted).toBeGreaterThan(6200);
  expect(counted).toBeLessThan(6300);
  expect(barsPerYear(weekdays, END)).toBe(counted);
});

test('only openings before the end count, and of the last 365 days', () => {
  const time = openings(END - 400 * DAY, END + 50 * DAY, HOUR);
  expect(barsPerYear(time, END)).toBe(8760);
  expect(barsPerYear(time, END + 0.5 * HOUR)).toBe(8760);
  expect(barsPerYear(Float64Array.of(END - 365 * DAY - 1, END - 365 * DAY, END - 1, END), END)).toBe(2);
});

test('shorter data is scaled from its first bar on', () => {
  const half = openings(END - 73 * DAY, END, HOUR).filter((_, i) => i % 2 === 0);
  expect(barsPerYear(half, END)).toBeCloseTo(4380, 9);
});

test('without a bar before the end there is no year', () => {
  expect(barsPerYear(Float64Array.of(END), END)).toBeNaN();
  expect(barsPerYear(Float64Array.of(END + HOUR), END)).toBeNaN();
  expect(barsPerYear(new Float64Array(0), END)).toBeNaN();
});
