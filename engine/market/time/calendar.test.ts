import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Timeframe, timeframeMs } from '../../contract/timeframe.ts';
import {
  barsDueBetween,
  isTradingBar,
  isTradingTime,
  nextBarTime,
  rolloverNights,
  tradingDay,
} from './calendar.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

function newYorkClock(ms: number): { weekday: string; hour: number; minute: number } {
  const parts: Partial<Record<string, string>> = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      weekday: 'short',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
      .formatToParts(ms)
      .map((p) => [p.type, p.value]),
  );
  return { weekday: parts.weekday!, hour: Number(parts.hour), minute: Number(parts.minute) };
}

function openByTheClock(ms: number): boolean {
  const { weekday, hour } = newYorkClock(ms);
  if (weekday === 'Sat') return false;
  if (weekday === 'Sun') return hour >= 17;
  if (weekday === 'Fri') return hour < 17;
  return true;
}

const instant = fc
  .integer({ min: utc('2005-01-01T00:00') / 60_000, max: utc('2030-01-01T00:00') / 60_000 })
  .map((minutes) => minutes * 60_000);

describe('weeks', () => {
  it('follow each other from Sunday 17:00 in New York, whatever its clock does', () => {
    expect(nextBarTime(utc('2020-03-01T22:00'), 'W1')).toBe(utc('2020-03-08T21:00'));
    expect(nextBarTime(utc('2020-10-25T21:00'), 'W1')).toBe(utc('2020-11-01T22:00'));
    expect(nextBarTime(utc('2020-03-02T00:00'), 'W1')).toBe(utc('2020-03-09T00:00'));
  });

  it('are counted where a clock has changed between', () => {
    expect(barsDueBetween(utc('2020-03-01T22:00'), utc('2020-03-08T21:00'), 'W1')).toBe(0);
    expect(barsDueBetween(utc('2020-03-01T22:00'), utc('2020-03-15T21:00'), 'W1')).toBe(1);
    expect(barsDueBetween(utc('2020-10-25T21:00'), utc('2020-11-15T22:00'), 'W1')).toBe(2);
  });
});

describe('a market that never closes', () => {
  it('has a bar after each, and a night at each midnight', () => {
    expect(nextBarTime(utc('2020-03-06T23:00'), 'H1', 'continuous')).toBe(utc('2020-03-07T00:00'));
    expect(rolloverNights(utc('2020-03-06T23:00'), utc('2020-03-09T00:00'), 'continuous')).toBe(3);
    expect(rolloverNights(utc('2020-03-06T01:00'), utc('2020-03-06T23:00'), 'continuous')).toBe(0);
  });
});

describe('the currency week', () => {
  it('opens and closes at 17:00 New York, in winter and in summer', () => {
    expect(isTradingTime(utc('2019-01-06T21:59:59'))).toBe(false);
    expect(isTradingTime(utc('2019-01-06T22:00:00'))).toBe(true);
    expect(isTradingTime(utc('2019-07-07T20:59:59'))).toBe(false);
    expect(isTradingTime(utc('2019-07-07T21:00:00'))).toBe(true);
    expect(isTradingTime(utc('2019-07-12T20:59:59'))).toBe(true);
    expect(isTradingTime(utc('2019-07-12T21:00:00'))).toBe(false);
  });

  it('agrees with the New York clock at any instant', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(isTradingTime(ms)).toBe(openByTheClock(ms));
      }),
      { numRuns: 500 },
    );
  });

  it('numbers trading days by the date on which they end', () => {
    expect(tradingDay(utc('2019-07-07T21:00:00'))).toBe(utc('2019-07-08T00:00:00') / 86_400_000);
    expect(tradingDay(utc('2019-07-08T20:59:59'))).toBe(utc('2019-07-08T00:00:00') / 86_400_000);
  });
});

describe('nextBarTime', () => {
  it('goes on inside the week and jumps over the weekend', () => {
    expect(nextBarTime(utc('2019-07-10T10:00'), 'H1')).toBe(utc('2019-07-10T11:00'));
    expect(nextBarTime(utc('2019-07-12T20:00'), 'H1')).toBe(utc('2019-07-14T21:00'));
    expect(nextBarTime(utc('2019-07-12T20:59'), 'M1')).toBe(utc('2019-07-14T21:00'));
    expect(nextBarTime(utc('2019-07-12T20:00'), 'H4')).toBe(utc('2019-07-14T20:00'));
  });

  it('skips Saturday and Sunday on D1, for UTC days and for days that begin at EET midnight', () => {
    expect(nextBarTime(utc('2019-07-12T00:00'), 'D1')).toBe(utc('2019-07-15T00:00'));
    expect(nextBarTime(utc('2019-07-11T21:00'), 'D1')).toBe(utc('2019-07-14T21:00'));
  });

  it('is the first later bar on the same grid that trades', () => {
    const timeframe = fc.constantFrom('M5' as const, 'M15' as const, 'H1' as const, 'H4' as const);
    fc.assert(
      fc.property(instant, timeframe, (ms, tf) => {
        const step = timeframeMs(tf);
        let expected = ms + step;
        while (!isTradingBar(expected, tf)) expected += step;
        expect(nextBarTime(ms, tf)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('rolloverNights', () => {
  it('counts one night a day, three on Wednesday, none at the weekend', () => {
    // 17:00 in New York is 21:00 UTC in July.
    expect(rolloverNights(utc('2019-07-08T10:00'), utc('2019-07-08T20:59'))).toBe(0);
    expect(rolloverNights(utc('2019-07-08T10:00'), utc('2019-07-08T21:00'))).toBe(1);
    expect(rolloverNights(utc('2019-07-08T21:00'), utc('2019-07-08T22:00'))).toBe(0);
    expect(rolloverNights(utc('2019-07-10T20:00'), utc('2019-07-10T22:00'))).toBe(3);
    expect(rolloverNights(utc('2019-07-12T20:00'), utc('2019-07-14T22:00'))).toBe(1);
    expect(rolloverNights(utc('2019-07-12T22:00'), utc('2019-07-14T22:00'))).toBe(0);
    expect(rolloverNights(utc('2019-07-08T10:00'), utc('2019-07-15T10:00'))).toBe(7);
  });

  it('agrees with a walk along the New York clock', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 12 * 24 }), (start, hours) => {
        const from = Math.floor(start / 3_600_000) * 3_600_000;
        const to = from + hours * 3_600_000;
        let nights = 0;
        for (let t = from + 3_600_000; t <= to; t += 3_600_000) {
          const { weekday, hour } = newYorkClock(t);
          if (hour !== 17 || weekday === 'Sat' || weekday === 'Sun') continue;
          nights += weekday === 'Wed' ? 3 : 1;
        }
        expect(rolloverNights(from, to)).toBe(nights);
      }),
      { numRuns: 60 },
    );
  });
});

describe('bars that begin with the day of New York', () => {
  it.each([
    ['H4', '2020-03-06T18:00', '2020-03-08T21:00', 'its clock went forward'],
    ['D1', '2020-03-05T22:00', '2020-03-08T21:00', 'its clock went forward'],
    ['H4', '2020-10-30T17:00', '2020-11-01T22:00', 'its clock went back'],
    ['D1', '2020-10-29T21:00', '2020-11-01T22:00', 'its clock went back'],
    ['H4', '2020-02-07T18:00', '2020-02-09T22:00', 'nothing happened'],
    ['D1', '2020-03-05T00:00', '2020-03-06T00:00', 'days begin in UTC'],
    ['D1', '2020-03-06T00:00', '2020-03-09T00:00', 'days begin in UTC'],
    ['H4', '2020-03-06T20:00', '2020-03-08T20:00', 'bars begin in UTC'],
  ] as const)('the %s bar after that of %s opens at %s: %s', (timeframe, before, after, _why) => {
    expect(new Date(nextBarTime(utc(before), timeframe)).toISOString().slice(0, 16)).toBe(after);
  });
});

describe('bars due between two others', () => {
  const naive = (from: number, to: number, timeframe: Timeframe) => {
    let count = 0;
    const step = timeframeMs(timeframe);
    for (let t = nextBarTime(from, timeframe); t + step <= to; t = nextBarTime(t, timeframe)) count++;
    return count;
  };

  it('are as many as they are one by one, over weekends and changes of the clock', () => {
    const start = Date.UTC(2024, 0, 1);
    const steps = { M15: 900_000, H1: 3_600_000, H4: 14_400_000, D1: 86_400_000 } as const;
    fc.assert(
      fc.property(
        fc.constantFrom('M15', 'H1', 'H4', 'D1'),
        fc.nat(5000),
        fc.nat(3000),
        fc.constantFrom(0, 0, 3_600_000, 7_200_000),
        (timeframe, first, length, phase) => {
          const step = steps[timeframe];
          const from = start + (first % 2000) * step + (step > 3_600_000 ? phase : 0);
          const to = from + length * step;
          expect(barsDueBetween(from, to, timeframe)).toBe(naive(from, to, timeframe));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of five centuries are counted week by week: bar by bar this test would not end', () => {
    expect(barsDueBetween(Date.UTC(1700, 0, 4), Date.UTC(2199, 0, 4), 'M1')).toBeGreaterThan(180_000_000);
  });
});
