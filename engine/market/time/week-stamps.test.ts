import { describe, expect, it } from 'vitest';
import { findTimeZone, UTC } from '../../contract/time-zone.ts';
import { settleWeekDates, WEEK } from './week-stamps.ts';

const DAY = 86_400_000;
const weeks = (first: number, count = 30) => Float64Array.from({ length: count }, (_, i) => first + i * WEEK);
const MONDAY = Date.UTC(2024, 0, 1);

describe('settleWeekDates', () => {
  it('weeks dated by their Friday open on Monday; one whose Friday is a holiday, too', () => {
    const time = weeks(MONDAY + 4 * DAY);
    time[12]! -= DAY;
    const { moved, notes } = settleWeekDates(time, UTC, undefined);
    expect(moved).toBe(true);
    expect([...time]).toEqual([...weeks(MONDAY)]);
    expect(notes.join()).toContain('dated by their Friday');
  });

  it('goes by the clock of the file', () => {
    const athens = findTimeZone('Europe/Athens');
    const time = weeks(MONDAY + 4 * DAY - 2 * 3_600_000, 10);
    expect(settleWeekDates(time, athens, undefined).moved).toBe(true);
    expect([...time]).toEqual([...weeks(MONDAY - 2 * 3_600_000, 10)]);
  });

  it('leaves Fridays that are said to open, and stamps with a time of day', () => {
    for (const [time, stamp] of [
      [weeks(MONDAY + 4 * DAY), 'open'],
      [weeks(MONDAY + 4 * DAY + 22 * 3_600_000), undefined],
    ] as const) {
      const before = [...time];
      expect(settleWeekDates(time, UTC, stamp)).toEqual({ moved: false, notes: [] });
      expect([...time]).toEqual(before);
    }
  });

  it.each([
    [0, []],
    [6, ['dated by a Sunday']],
    [3, ['dated by a Thursday']],
  ] as const)(
    'weeks that begin %i days after Monday stay, and are said where that is unusual',
    (days, said) => {
      const time = weeks(MONDAY + days * DAY);
      const { moved, notes } = settleWeekDates(time, UTC, undefined);
      expect(moved).toBe(false);
      expect([...time]).toEqual([...weeks(MONDAY + days * DAY)]);
      expect(notes.length).toBe(said.length);
      for (const words of said) expect(notes.join()).toContain(words);
    },
  );
});
