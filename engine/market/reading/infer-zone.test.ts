import { describe, expect, it } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import { isTradingTime } from '../time/calendar.ts';
import { inferZone } from './infer-zone.ts';

const HOUR = 3_600_000;

/** Local stamps of all bars of the currency week between two dates, as a clock of `zone` writes them. */
function stamps(zone: string, from: string, to: string, spacing = HOUR): Float64Array {
  const clock = findTimeZone(zone);
  const times: number[] = [];
  for (let t = Date.parse(from); t < Date.parse(to); t += Math.min(spacing, HOUR)) {
    const local = t + clock.offsetAt(t);
    // Longer bars begin with the day of the clock.
    if (isTradingTime(t) && local % spacing === 0) times.push(local);
  }
  return Float64Array.from(times);
}

const names = (found: ReturnType<typeof inferZone>) =>
  'zones' in found ? found.zones.map(({ name }) => name) : [];

describe('inferZone', () => {
  it.each([
    'UTC',
    'NY+7',
    'Europe/Athens',
    'America/New_York',
    '+02:00',
    '-05:00',
    '+09:00',
    'Europe/London',
  ])('finds %s in a year of hours', (zone) => {
    const found = inferZone(stamps(zone, '2023-01-01', '2024-01-01'), HOUR);
    expect(found.kind).toBe('one');
    expect(names(found)[0]).toBe(zone);
  });

  it.each([HOUR / 60, HOUR / 4, 4 * HOUR])('finds NY+7 in bars of %d ms', (spacing) => {
    const to = spacing < HOUR / 10 ? '2023-04-10' : '2024-01-01';
    const found = inferZone(stamps('NY+7', '2023-02-20', to, spacing), spacing);
    expect(found.kind).toBe('one');
    expect(names(found)).toEqual(['NY+7']);
  });

  it('names those that give the same times in a winter, and takes them for one', () => {
    const found = inferZone(stamps('Europe/Athens', '2023-01-02', '2023-02-20'), HOUR);
    expect(found.kind).toBe('one');
    expect(names(found)).toEqual(['NY+7', 'Europe/Athens', '+02:00']);
  });

  it('says nothing of a market that keeps weeks of its own', () => {
    const short = stamps('UTC', '2023-01-02', '2023-12-20').filter((t) => {
      const opening = new Date(t + 5 * HOUR);
      // An index: an hour later on Sunday, an hour earlier on Friday, by the clock of winter.
      return opening.getUTCDay() !== 6 && !(new Date(t).getUTCDay() === 5 && new Date(t).getUTCHours() >= 20);
    });
    const found = inferZone(
      short.filter((t) => !(new Date(t).getUTCDay() === 0 && new Date(t).getUTCHours() < 23)),
      HOUR,
    );
    expect(found).toEqual({ kind: 'unknown', reason: 'none-fits' });
  });

  it('is not taken in by a file without its Sundays', () => {
    const withoutSundays = stamps('UTC', '2023-01-02', '2023-12-20').filter(
      (t) => new Date(t).getUTCDay() !== 0,
    );
    expect(inferZone(withoutSundays, HOUR)).toEqual({ kind: 'unknown', reason: 'none-fits' });
  });

  it('finds where the zone changes within a file', () => {
    const before = stamps('UTC', '2022-01-03', '2022-12-30');
    const after = stamps('NY+7', '2023-01-03', '2023-12-30');
    const found = inferZone(Float64Array.from([...before, ...after]), HOUR);
    expect(found).toMatchObject({ kind: 'change', before: { name: 'UTC' }, after: { name: 'NY+7' } });
    const at = 'at' in found ? found.at : 0;
    expect(Math.abs(at - Date.UTC(2023, 0, 1))).toBeLessThan(8 * 24 * HOUR);
  });

  it('says nothing of a market that never closes, or of a few days', () => {
    const always = Float64Array.from({ length: 2000 }, (_, i) => Date.UTC(2023, 0, 1) + i * HOUR);
    expect(inferZone(always, HOUR)).toEqual({ kind: 'unknown', reason: 'continuous' });
    expect(inferZone(stamps('UTC', '2023-01-03', '2023-01-06'), HOUR)).toEqual({
      kind: 'unknown',
      reason: 'few',
    });
  });
});
