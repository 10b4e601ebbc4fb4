import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTradingTime } from './calendar.ts';
import { dateClose, dayClose, weekClose } from './trading-week.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const MINUTE = 60_000;
const DAY = 86_400_000;

const instant = fc
  .integer({ min: utc('2005-01-01T00:00') / MINUTE, max: utc('2030-01-01T00:00') / MINUTE })
  .map((minutes) => minutes * MINUTE);

describe('the close of a currency week', () => {
  it.each([
    // The minute it closes, and the one before.
    ['2019-07-12T21:00', '2019-07-12T21:00'],
    ['2019-07-12T20:59', '2019-07-05T21:00'],
    ['2019-01-11T22:00', '2019-01-11T22:00'],
    ['2019-01-11T21:59', '2019-01-04T22:00'],
    // Saturday, Sunday evening, Thursday.
    ['2019-07-13T12:00', '2019-07-12T21:00'],
    ['2019-07-14T21:30', '2019-07-12T21:00'],
    ['2019-07-18T09:00', '2019-07-12T21:00'],
    // New York put its clock forward on Sunday 2021-03-14 and back on 2021-11-07, Europe on 03-28 and 10-31.
    ['2021-03-12T21:59', '2021-03-05T22:00'],
    ['2021-03-15T00:00', '2021-03-12T22:00'],
    ['2021-03-19T20:59', '2021-03-12T22:00'],
    ['2021-03-19T21:00', '2021-03-19T21:00'],
    ['2021-11-05T21:00', '2021-11-05T21:00'],
    ['2021-11-12T21:00', '2021-11-05T21:00'],
    ['2021-11-12T22:00', '2021-11-12T22:00'],
    // A year's end inside the week.
    ['2021-01-01T12:00', '2020-12-25T22:00'],
    ['2021-01-01T22:00', '2021-01-01T22:00'],
  ])('last closed at %s: %s', (now, close) => {
    expect(iso(weekClose(utc(now), 'currency-week'))).toBe(close);
  });

  it('is when trading ends, and no other close lies between it and the instant', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const close = weekClose(ms, 'currency-week');
        expect([isTradingTime(close - 1), isTradingTime(close)]).toEqual([true, false]);
        expect(new Date(close).getUTCDay()).toBe(5);
        expect(close).toBeLessThanOrEqual(ms);
        expect(weekClose(close, 'currency-week')).toBe(close);
        expect(ms - close).toBeLessThan(7 * DAY + 3_600_001);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the close of a trading day', () => {
  it.each([
    ['2019-07-10T20:59', '2019-07-09T21:00'],
    ['2019-07-10T21:00', '2019-07-10T21:00'],
    ['2019-07-12T21:00', '2019-07-12T21:00'],
    ['2019-07-14T23:00', '2019-07-12T21:00'],
    ['2019-07-15T20:59', '2019-07-12T21:00'],
    ['2021-03-15T20:59', '2021-03-12T22:00'],
    ['2021-03-15T21:00', '2021-03-15T21:00'],
  ])('last closed at %s: %s', (now, close) => {
    expect(iso(dayClose(utc(now), 'currency-week'))).toBe(close);
  });

  it('of a date is in New York, and lies on Friday for the weekend', () => {
    expect(iso(dateClose('2025-06-27', 'currency-week'))).toBe('2025-06-27T21:00');
    expect(iso(dateClose('2025-06-28', 'currency-week'))).toBe('2025-06-27T21:00');
    expect(iso(dateClose('2025-06-29', 'currency-week'))).toBe('2025-06-27T21:00');
    expect(iso(dateClose('2025-06-30', 'currency-week'))).toBe('2025-06-30T21:00');
    expect(iso(dateClose('2025-01-15', 'currency-week'))).toBe('2025-01-15T22:00');
  });

  it('is never later than the close of the week that it ends', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const day = dayClose(ms, 'currency-week');
        const week = weekClose(ms, 'currency-week');
        expect(day).toBeGreaterThanOrEqual(week);
        expect(day - week).toBeLessThan(7 * DAY);
        expect(isTradingTime(day - 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a market that never closes', () => {
  it('has weeks that end on Monday and days that end at midnight, UTC', () => {
    expect(iso(weekClose(utc('2025-06-29T23:59'), 'continuous'))).toBe('2025-06-23T00:00');
    expect(iso(weekClose(utc('2025-06-30T00:00'), 'continuous'))).toBe('2025-06-30T00:00');
    expect(iso(weekClose(utc('2025-07-06T12:00'), 'continuous'))).toBe('2025-06-30T00:00');
    expect(iso(dayClose(utc('2025-06-28T23:59'), 'continuous'))).toBe('2025-06-28T00:00');
    expect(iso(dateClose('2025-06-29', 'continuous'))).toBe('2025-06-30T00:00');
  });
});
