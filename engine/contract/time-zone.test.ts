import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from './errors.ts';
import { findTimeZone, formatOffset } from './time-zone.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

/** The wall clock of an instant, by another road: the Swedish locale writes ISO 8601. */
function wallClock(zone: string, utcMs: number): number {
  return utc(new Date(utcMs).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T'));
}

describe('findTimeZone', () => {
  it.each([
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['Z', 'UTC'],
    ['+02:00', '+02:00'],
    ['UTC+2', '+02:00'],
    ['GMT-5', '-05:00'],
    ['+0530', '+05:30'],
    ['UTC+00:00', 'UTC'],
    ['EET', 'Europe/Helsinki'],
    ['New York', 'America/New_York'],
    ['america/new_york', 'America/New_York'],
    ['EST5EDT', 'America/New_York'],
    ['london', 'Europe/London'],
  ])('reads %s as %s', (typed, name) => {
    expect(findTimeZone(typed).name).toBe(name);
  });

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['New Yrok', 'New York'],
  ])('suggests a name for %s', (typed, suggestion) => {
    const find = () => findTimeZone(typed);
    expect(find).toThrow(EngineError);
    expect(find).toThrow(`Did you mean "${suggestion}"?`);
  });

  it.each(['', '+25:00', 'UTC+2:75', 'Mars/Olympus'])('refuses "%s"', (typed) => {
    expect(() => findTimeZone(typed)).toThrow(/Time zone/);
  });
});

describe('toUtc', () => {
  it('follows New York through both changes of 2019', () => {
    const ny = findTimeZone('America/New_York');
    expect(ny.toUtc(utc('2019-03-10T01:59:59'))).toBe(utc('2019-03-10T06:59:59'));
    expect(ny.toUtc(utc('2019-03-10T03:00:00'))).toBe(utc('2019-03-10T07:00:00'));
    expect(ny.toUtc(utc('2019-11-03T00:59:59'))).toBe(utc('2019-11-03T04:59:59'));
    expect(ny.toUtc(utc('2019-11-03T02:00:00'))).toBe(utc('2019-11-03T07:00:00'));
  });

  it('takes the first of a repeated hour, and reads a missing one with the offset before the change', () => {
    const ny = findTimeZone('America/New_York');
    expect(ny.toUtc(utc('2019-11-03T01:30:00'))).toBe(utc('2019-11-03T05:30:00'));
    expect(ny.toUtc(utc('2019-03-10T02:30:00'))).toBe(utc('2019-03-10T07:30:00'));
  });

  it('subtracts a fixed offset', () => {
    expect(findTimeZone('+05:30').toUtc(utc('2020-01-01T00:00:00'))).toBe(utc('2019-12-31T18:30:00'));
  });

  const names = [
    'America/New_York',
    'Europe/Helsinki',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Tokyo',
  ];
  const instant = fc.integer({ min: utc('1975-01-01T00:00') / 1000, max: utc('2037-01-01T00:00') / 1000 });

  it('agrees with the wall clock of any instant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), instant, (name, seconds) => {
        const zone = findTimeZone(name);
        const ms = seconds * 1000;
        const local = wallClock(name, ms);
        expect(zone.offsetAt(ms)).toBe(local - ms);
        // In a repeated hour the earlier instant may come back: it must show the same wall clock.
        const back = zone.toUtc(local);
        expect(back).toBeLessThanOrEqual(ms);
        expect(wallClock(name, back)).toBe(local);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same answer whatever was asked before', () => {
    const zone = findTimeZone('Europe/Berlin');
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const first = zone.toUtc(a * 1000);
        zone.toUtc(b * 1000);
        zone.offsetAt(b * 1000);
        expect(zone.toUtc(a * 1000)).toBe(first);
      }),
      { numRuns: 200 },
    );
  });
});

describe('formatOffset', () => {
  it('writes sign, hours and minutes', () => {
    expect(formatOffset(7_200_000)).toBe('+02:00');
    expect(formatOffset(-12_600_000)).toBe('-03:30');
  });
});

it.each([
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(100_000),
  '+',
  '+99:99',
  'UTC+2+2',
  '\u0000',
  '../../etc',
])('a zone that is none is refused in words, at once: %j', { timeout: 1000 }, (text) => {
  expect(() => findTimeZone(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  expect(() => findTimeZone(text)).toThrow(/^Time zone .{1,70} is not known/);
});
