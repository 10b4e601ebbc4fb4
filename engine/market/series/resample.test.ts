import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import { CANDLE_COLUMNS, type Candles, sliceCandles } from '../candles.ts';
import { randomCandles } from '../testing/random-candles.ts';
import { tradingDay } from '../time/calendar.ts';
import { DAY_STARTS, type DayStart } from '../time/day-start.ts';
import { resample } from './resample.ts';

const HOUR = 3_600_000;
const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** Milliseconds since New York's clock last showed 17:00, by asking it back minute by minute of the bar. */
function sinceDayStart(ms: number): number {
  const [hour, minute] = clock.format(ms).split(':').map(Number) as [number, number];
  return ((hour + 7) % 24) * HOUR + minute * 60_000;
}

/** Where the bin of a bar begins, in a week on which New York's clock does not change. */
const BIN_STARTS: Record<DayStart, (ms: number, bin: number) => number> = {
  utc: (ms, bin) => ms - (ms % bin),
  new_york: (ms, bin) => (bin <= HOUR ? ms - (ms % bin) : ms - (sinceDayStart(ms) % bin)),
};

/** The same by grouping objects; every bin is kept. */
function grouped(candles: Candles, timeframe: Timeframe, dayStart: DayStart) {
  const bin = timeframeMs(timeframe);
  const bins = new Map<number, number[]>();
  for (let i = 0; i < candles.length; i++) {
    const start = BIN_STARTS[dayStart](candles.time[i]!, bin);
    bins.set(start, [...(bins.get(start) ?? []), i]);
  }
  return [...bins].map(([time, bars]) => ({
    time,
    open: candles.open[bars[0]!],
    high: Math.max(...bars.map((i) => candles.high[i]!)),
    low: Math.min(...bars.map((i) => candles.low[i]!)),
    close: candles.close[bars[bars.length - 1]!],
    volume: bars.reduce((sum, i) => sum + candles.volume[i]!, 0),
    spread: bars.map((i) => candles.spread[i]).findLast((s) => !Number.isNaN(s)) ?? Number.NaN,
  }));
}

describe('resample', () => {
  it.each([
    ['M5', 'M15'],
    ['M15', 'H1'],
    ['H1', 'H4'],
    ['H1', 'D1'],
    ['H4', 'D1'],
  ] as const)('%s to %s agrees with grouping bar by bar', (from, to) => {
    // From H1 on through both changes of New York's clock.
    const candles = randomCandles(6001, from, 1, Date.UTC(2020, 0, 5, 22));
    // Bars of four hours from 22:00 on fit no day of UTC.
    for (const dayStart of from === 'H4' ? (['new_york'] as const) : DAY_STARTS) {
      const result = resample(candles, to, dayStart);
      const expected = grouped(candles, to, dayStart);
      expect(expected.length - result.length).toBeLessThanOrEqual(1);
      for (const name of CANDLE_COLUMNS) {
        expect([...result[name]]).toEqual(expected.slice(0, result.length).map((bar) => bar[name]));
      }
    }
    const result = resample(candles, to, 'new_york');
    expect(result).toMatchObject({ symbol: 'EURUSD', timeframe: to });
  });

  it('leaves out a last bin whose close is not known yet', () => {
    const candles = randomCandles(24);
    expect(resample(sliceCandles(candles, 0, 8), 'H4', 'utc').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 9), 'H4', 'utc').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 11), 'H4', 'utc').length).toBe(2);
    expect(resample(sliceCandles(candles, 0, 3), 'H4', 'utc').length).toBe(0);
    expect(resample(sliceCandles(candles, 0, 0), 'H4', 'utc').length).toBe(0);
  });

  it('keeps the last bin of the week when its last bar is there', () => {
    // Friday, 2020-01-10: the market closes at 22:00 UTC.
    const candles = randomCandles(200);
    const lastHour = candles.time.indexOf(Date.UTC(2020, 0, 10, 21));
    const daily = resample(sliceCandles(candles, 0, lastHour + 1), 'D1', 'utc');
    expect(daily.time.at(-1)).toBe(Date.UTC(2020, 0, 10));
    expect(resample(sliceCandles(candles, 0, lastHour), 'D1', 'utc').time.at(-1)).toBe(Date.UTC(2020, 0, 9));
  });

  it('a bar that reaches over the start of a day belongs to the day that it ends in, and no weekend has a stub', () => {
    // From Monday, 2020-01-06, 00:00 UTC: 20:00 to 24:00 is partly of the next day, on Fridays of none.
    const fours = randomCandles(90, 'H4');
    const days = resample(fours, 'D1', 'new_york');
    const weekdays = [...days.time].map((time) => new Date(time).getUTCDay());
    expect(weekdays).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]);
    const at = (day: number, hour: number) => fours.time.indexOf(Date.UTC(2020, 0, day, hour));
    expect(days.close[0]).toBe(fours.close[at(6, 16)]);
    expect(days.open[1]).toBe(fours.open[at(6, 20)]);
    expect(days.close[4]).toBe(fours.close[at(10, 20)]);
    expect(days.open[5]).toBe(fours.open[at(12, 20)]);
  });

  it('makes five whole days of a week whose days begin in New York, and six with a stub in UTC', () => {
    const week = randomCandles(120, 'H1', 1, Date.UTC(2020, 0, 5, 22));
    const days = resample(week, 'D1', 'new_york');
    expect([...days.time]).toEqual([5, 6, 7, 8, 9].map((day) => Date.UTC(2020, 0, day, 22)));
    expect(resample(week, 'D1', 'utc').length).toBe(6);
    // Four hours each, the first with the opening of the market.
    const fours = resample(week, 'H4', 'new_york');
    expect(fours.length).toBe(30);
    expect(new Date(fours.time[0]!).toISOString()).toBe('2020-01-05T22:00:00.000Z');
    expect(fours.close[0]).toBe(week.close[3]);
  });

  it('makes weeks of the currency market, from Sunday 17:00 in New York over both changes of its clock', () => {
    const hours = randomCandles(24 * 5 * 54, 'H1', 1, Date.UTC(2020, 0, 5, 22));
    const days = resample(hours, 'D1', 'new_york');
    const weeks = resample(hours, 'W1', 'new_york');
    expect(weeks.length).toBeGreaterThanOrEqual(53);
    for (let w = 0; w < weeks.length; w++) {
      const start = weeks.time[w]!;
      expect(new Date(start).getUTCDay()).toBe(0);
      expect(sinceDayStart(start)).toBe(0);
      // Five days of the same week, by the bars of days.
      const own = [0, 1, 2, 3, 4].map((d) => w * 5 + d);
      expect(days.time[own[0]!]).toBe(start);
      expect(weeks.open[w]).toBe(days.open[own[0]!]);
      expect(weeks.close[w]).toBe(days.close[own[4]!]);
      expect(weeks.high[w]).toBe(Math.max(...own.map((d) => days.high[d]!)));
      expect(weeks.low[w]).toBe(Math.min(...own.map((d) => days.low[d]!)));
      expect(weeks.volume[w]).toBe(own.reduce((sum, d) => sum + days.volume[d]!, 0));
    }
    expect(new Set([...weeks.time].map((ms) => new Date(ms).getUTCHours()))).toEqual(new Set([21, 22]));
  });

  it('makes weeks of days whatever clock these begin by: a Sunday stub opens its week', () => {
    const hours = randomCandles(24 * 5 * 3, 'H1', 1, Date.UTC(2020, 0, 5, 22));
    const weeks = resample(hours, 'W1', 'new_york');
    // Days of UTC have a Sunday of two hours.
    for (const dayStart of DAY_STARTS) {
      const ofDays = resample(resample(hours, 'D1', 'utc'), 'W1', dayStart);
      expect([...ofDays.time]).toEqual([...weeks.time]);
      expect([...ofDays.open]).toEqual([...weeks.open]);
      expect([...ofDays.close]).toEqual([...weeks.close]);
    }
  });

  it('makes weeks of a market that never closes from Monday 00:00 UTC, not from the Thursday of the epoch', () => {
    const time = Float64Array.from({ length: 22 }, (_, i) => Date.UTC(2020, 0, 3) + i * 24 * HOUR);
    const days = { ...randomCandles(22, 'D1'), time };
    const weeks = resample(days, 'W1', 'utc');
    expect([...weeks.time]).toEqual([Date.UTC(2019, 11, 30), Date.UTC(2020, 0, 6), Date.UTC(2020, 0, 13)]);
    expect(weeks.close[1]).toBe(days.close[9]);
    expect(weeks.open[1]).toBe(days.open[3]);
  });

  it('takes nothing for complete in a market that never closes', () => {
    const always = {
      ...randomCandles(13 * 24),
      time: Float64Array.from({ length: 312 }, (_, i) => Date.UTC(2020, 0, 6) + i * HOUR),
    };
    // Until Friday, 2020-01-17, 22:00.
    const friday = sliceCandles(always, 0, 11 * 24 + 22);
    expect(resample(friday, 'D1', 'utc').time.at(-1)).toBe(Date.UTC(2020, 0, 16));
    expect(resample(always, 'D1', 'utc').length).toBe(13);
  });

  it('no bar of a day reaches into the next, on the nights when New York changes its clock', () => {
    for (const night of [Date.UTC(2020, 2, 7), Date.UTC(2020, 9, 31)]) {
      const time = Float64Array.from({ length: 72 }, (_, i) => night + i * HOUR);
      const bars = resample({ ...randomCandles(72), time }, 'H4', 'new_york');
      for (const [i, start] of bars.time.entries()) {
        if (i > 0) expect(start).toBeGreaterThan(bars.time[i - 1]!);
        expect(tradingDay(Math.min(start + 4 * HOUR, bars.time[i + 1] ?? Infinity) - 1)).toBe(
          tradingDay(start),
        );
      }
      expect(new Set(bars.time.map(tradingDay)).size).toBeGreaterThan(2);
    }
  });

  it.each(['H1', 'M15'] as const)('refuses to go from H1 to %s', (timeframe) => {
    expect(() => resample(randomCandles(10), timeframe, 'utc')).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});
