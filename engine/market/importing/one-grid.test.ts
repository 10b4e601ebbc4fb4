import { describe, expect, it } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import { gridChange, refuseGridChange } from './one-grid.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Opening times on weekdays of a zone's clock, from an hour on and every `hours` after it. */
function barsOf(zone: string, hour: number, from: string, to: string, hours = 24): number[] {
  const { toUtc } = findTimeZone(zone);
  const time: number[] = [];
  for (let day = Date.parse(from); day < Date.parse(to); day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let k = 0; k * hours < 24; k++) time.push(toUtc(day + (hour + k * hours) * HOUR));
  }
  return time;
}

const change = (time: number[], timeframe: Timeframe) => gridChange(Float64Array.from(time), timeframe);
const NEW_YORK = ['America/New_York', 17] as const;

describe('one grid', () => {
  it.each([
    ['days of New York', barsOf(...NEW_YORK, '2015-01-05', '2023-01-01'), 'D1'],
    ['days of Athens', barsOf('Europe/Athens', 0, '2015-01-05', '2023-01-01'), 'D1'],
    ['four hours of New York', barsOf(...NEW_YORK, '2015-01-05', '2023-01-01', 4), 'H4'],
    [
      'four hours of Athens over one change of clocks',
      barsOf('Europe/Athens', 0, '2021-01-05', '2021-06-01', 4),
      'H4',
    ],
    [
      'an exchange that opens at nine by its clock',
      barsOf('Europe/Madrid', 9, '2015-01-05', '2023-01-01'),
      'D1',
    ],
    ['an exchange of the south', barsOf('Australia/Sydney', 10, '2019-01-05', '2022-01-01'), 'D1'],
    ['the same, one change of clocks', barsOf('Australia/Sydney', 10, '2021-01-05', '2021-07-01'), 'D1'],
    [
      'hours that begin at the half, as in India',
      barsOf('Asia/Kolkata', 9, '2021-01-05', '2022-01-01', 1),
      'H1',
    ],
    [
      'hours with one that begins with the session',
      barsOf('UTC', 14, '2021-01-05', '2022-01-01').flatMap((ms) => [
        ms - 30 * MINUTE,
        ...[0, 1, 2, 3].map((k) => ms + k * HOUR),
      ]),
      'H1',
    ],
  ] as const)('%s', (_, time, timeframe) => {
    expect(change([...time], timeframe)).toBeUndefined();
  });
});

describe('two grids in a file', () => {
  it.each([
    ['D1', 24],
    ['H4', 4],
  ] as const)('%s of midnight, then of 17:00 in New York', (timeframe, hours) => {
    const before = barsOf('UTC', 0, '2020-01-06', '2021-03-01', hours);
    const after = barsOf(...NEW_YORK, '2021-03-01', '2022-03-01', hours);
    expect(change([...before, ...after], timeframe)).toMatchObject({
      before: '00:00 UTC',
      after: '17:00 in New York',
      isMixture: false,
    });
    expect(change([...before, ...after], timeframe)!.at).toBe(after[0]);
  });

  it('of which the second begins late', () => {
    const before = barsOf(...NEW_YORK, '2010-01-04', '2021-06-07');
    const after = barsOf('UTC', 0, '2021-06-08', '2021-07-20');
    const found = change([...before, ...after], 'D1')!;
    expect(found).toMatchObject({ before: '17:00 in New York', after: '00:00 UTC' });
    expect(found.at).toBe(after[0]);
  });

  it('side by side', () => {
    const days = barsOf('UTC', 0, '2020-01-06', '2021-12-01');
    const others = barsOf(...NEW_YORK, '2020-06-01', '2021-12-01');
    const mixed = change(
      [...days, ...others].sort((a, b) => a - b),
      'D1',
    )!;
    expect(mixed.isMixture).toBe(true);
    expect([mixed.before, mixed.after]).toEqual(['00:00 UTC', '17:00 in New York']);
    expect(mixed.at).toBe(others[0]);
  });

  it('of hours that are shifted by a half from some day on', () => {
    const hours = barsOf('UTC', 0, '2021-01-04', '2022-01-01', 1);
    const middle = hours.length >> 1;
    const shifted = hours.map((ms, i) => (i < middle ? ms : ms + 30 * MINUTE));
    expect(change(shifted, 'H1')).toEqual({
      at: shifted[middle],
      before: 'every 1 hour from 00:00',
      after: 'every 1 hour from 00:30',
      isMixture: false,
    });
    expect(() => refuseGridChange('x.csv', Float64Array.from(shifted), 'H1')).toThrow(
      /^x\.csv was not imported: until 2021-07-\d\d its H1 bars begin every 1 hour from 00:00, from then on they begin every 1 hour from 00:30\./,
    );
  });

  it('of an hour apart are two where no clock is moved', () => {
    const before = barsOf('Europe/Berlin', 0, '2020-01-06', '2021-06-01');
    const after = barsOf('Europe/Athens', 0, '2021-06-01', '2022-06-01');
    expect(change([...before, ...after], 'D1')).toMatchObject({
      before: '00:00 in Berlin',
      after: '00:00 in Athens',
    });
  });
});
