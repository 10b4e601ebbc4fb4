import { describe, expect, it } from 'vitest';
import type { Candles } from '../candles.ts';
import { qualityReport } from '../quality/quality.ts';
import { resample } from '../series/resample.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { settleWeekend, weekendStubNotes, weekendStubs } from './weekend-days.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Eight weeks from Sunday evening on. */
const hours = randomCandles(24 * 5 * 8, 'H1', 1, Date.UTC(2020, 0, 5, 22));
const weekday = (ms: number) => new Date(ms).getUTCDay();

/** The same hours as days of a clock that is ahead of UTC. */
function daysAhead(by: number): Candles {
  const moved = { ...hours, time: hours.time.map((ms) => ms + by) };
  const days = resample(moved, 'D1', 'utc');
  return { ...days, time: days.time.map((ms) => ms - by) };
}

describe('weekend stubs of daily bars', () => {
  const utc = daysAhead(0);

  it('are the Sundays of a broker at UTC, and the Saturdays of one that is further east than the market', () => {
    expect(weekendStubs(utc).map((i) => weekday(utc.time[i]!))).toEqual(Array(8).fill(0));
    const east = daysAhead(4 * HOUR);
    const saturdays = weekendStubs(east).map((i) => weekday(east.time[i]! + 4 * HOUR));
    expect(saturdays.length).toBeGreaterThanOrEqual(7);
    expect(new Set(saturdays)).toEqual(new Set([6]));
    expect(weekendStubs(daysAhead(2 * HOUR))).toEqual([]);
  });

  it('merged, a Sunday opens its Monday: the days are those of the market', () => {
    const merged = settleWeekend(utc, 'merge');
    expect(merged.length).toBe(utc.length - 8);
    const monday = merged.time.findIndex((ms) => weekday(ms) === 1);
    const hoursOf = [...hours.time.keys()].filter(
      (i) => hours.time[i]! >= merged.time[monday]! - 2 * HOUR && hours.time[i]! < merged.time[monday]! + DAY,
    );
    expect(hoursOf.length).toBe(26);
    expect(merged.open[monday]).toBe(hours.open[hoursOf[0]!]);
    expect(merged.high[monday]).toBe(Math.max(...hoursOf.map((i) => hours.high[i]!)));
    expect(merged.low[monday]).toBe(Math.min(...hoursOf.map((i) => hours.low[i]!)));
    expect(merged.close[monday]).toBe(hours.close[hoursOf.at(-1)!]);
    expect(merged.volume[monday]).toBe(hoursOf.reduce((sum, i) => sum + hours.volume[i]!, 0));
    const east = daysAhead(4 * HOUR);
    const joined = settleWeekend(east, 'merge');
    const friday = east.length - weekendStubs(east).length;
    expect(joined.length).toBe(friday);
    const [first] = weekendStubs(east);
    expect(joined.close[first! - 1]).toBe(east.close[first!]);
  });

  it('dropped, they are gone; kept, nothing changes', () => {
    expect(settleWeekend(utc, 'drop').length).toBe(utc.length - 8);
    expect(weekendStubs(settleWeekend(utc, 'drop'))).toEqual([]);
    expect(settleWeekend(utc, 'keep')).toBe(utc);
  });

  it('one without the day that it belongs to stays', () => {
    const alone = { ...utc, length: 1, time: utc.time.subarray(0, 1) };
    expect(settleWeekend(alone, 'merge').length).toBe(1);
  });

  it('a market that never closes has none', () => {
    const time = Float64Array.from({ length: 60 }, (_, i) => Date.UTC(2020, 0, 6) + i * DAY);
    const always = { ...randomCandles(60, 'D1'), time };
    expect(weekendStubs(always)).toEqual([]);
    expect(settleWeekend(always, 'merge')).toBe(always);
  });

  it('are said with their share, and counted in the report', () => {
    expect(weekendStubNotes(utc, undefined).join()).toMatch(
      /^8 daily bars of \d+ \(1\d\.\d %\) .*Weekend days/,
    );
    expect(weekendStubNotes(utc, 'drop').join()).toContain('left out');
    expect(weekendStubNotes(daysAhead(2 * HOUR), undefined)).toEqual([]);
    expect(qualityReport(utc).weekendStubs).toMatchObject({ count: 8 });
    expect(qualityReport(hours)).not.toHaveProperty('weekendStubs');
  });
});
