import { describe, expect, it } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import type { Candles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { refuseOtherGrid, timeGridsOf } from './time-grid.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Bars of weekdays that begin at an hour of a zone's clock, and every `hours` after it. */
function barsOf(
  zone: string,
  hour: number,
  { hours = 24, from = Date.UTC(2021, 0, 4), days = 730 } = {},
): Candles {
  const { toUtc } = findTimeZone(zone);
  const time: number[] = [];
  for (let day = 0; day < days; day++) {
    const local = from + day * DAY + hour * HOUR;
    const weekday = new Date(local).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let k = 0; k < 24 / hours; k++) time.push(toUtc(local + k * hours * HOUR));
  }
  const timeframe: Timeframe = hours === 24 ? 'D1' : 'H4';
  const candles = randomCandles(time.length, timeframe);
  candles.time.set(time);
  return candles;
}

describe('the grid of a series', () => {
  it.each([
    ['America/New_York', 17, '17:00 in New York'],
    ['UTC', 0, '00:00 UTC'],
    ['Europe/Athens', 0, '00:00 in Athens'],
    ['Europe/London', 0, '00:00 in London'],
    ['UTC', 22, '22:00 UTC'],
  ])('%s from %i o’clock is %s, and no other over two years', (zone, hour, name) => {
    expect(timeGridsOf(barsOf(zone, hour))).toEqual([name]);
  });

  it('of a single season may be several', () => {
    expect(timeGridsOf(barsOf('America/New_York', 17, { days: 40 }))).toEqual([
      '17:00 in New York',
      '00:00 in Athens',
      '22:00 UTC',
    ]);
  });

  it('of H4 bars is told by where the four hours begin', () => {
    expect(timeGridsOf(barsOf('America/New_York', 17, { hours: 4 }))[0]).toBe('17:00 in New York');
    expect(timeGridsOf(barsOf('UTC', 0, { hours: 4 }))).toEqual(['00:00 UTC']);
  });
});

describe('the grid of weeks', () => {
  const weeks = (first: number): Candles => {
    const candles = randomCandles(60, 'W1');
    candles.time.set(Float64Array.from({ length: 60 }, (_, i) => first + i * 7 * DAY));
    return candles;
  };

  it('is the day and the time of day that they begin with', () => {
    expect(timeGridsOf(weeks(Date.UTC(2021, 0, 4)))).toContain('Monday, 00:00 UTC');
    expect(timeGridsOf(weeks(Date.UTC(2021, 0, 3)))).toContain('Sunday, 00:00 UTC');
    expect(timeGridsOf(weeks(Date.UTC(2021, 0, 3)))).not.toContain('Monday, 00:00 UTC');
  });

  it('is one in a series', () => {
    expect(() => refuseOtherGrid(weeks(Date.UTC(2021, 0, 4)), weeks(Date.UTC(2021, 0, 3)))).toThrow(
      /counted from Monday, 00:00 UTC, those of this file from Sunday, 00:00 UTC/,
    );
    refuseOtherGrid(weeks(Date.UTC(2021, 0, 4)), weeks(Date.UTC(2022, 0, 3)));
  });
});

describe('joining', () => {
  it('days of midnight and of 17:00 in New York is refused with both', () => {
    const stored = barsOf('UTC', 0);
    const incoming = barsOf('America/New_York', 17, { from: Date.UTC(2023, 0, 2), days: 60 });
    expect(() => refuseOtherGrid(stored, incoming)).toThrow(
      'The D1 bars of EURUSD that are stored are counted from 00:00 UTC, those of this file from 17:00 in New York: joined, they would overlap.',
    );
    expect(() => refuseOtherGrid(incoming, stored)).toThrow(/stored are counted from 17:00 in New York/);
  });

  it('winter and summer of one clock is none of that, nor are hours, nor a few bars', () => {
    const winter = barsOf('America/New_York', 17, { days: 40 });
    const summer = barsOf('America/New_York', 17, { from: Date.UTC(2021, 5, 7), days: 40 });
    expect(() => refuseOtherGrid(winter, summer)).not.toThrow();
    expect(() =>
      refuseOtherGrid(barsOf('UTC', 0), barsOf('America/New_York', 17, { days: 7 })),
    ).not.toThrow();
    expect(() => refuseOtherGrid(randomCandles(200), randomCandles(200))).not.toThrow();
  });
});
