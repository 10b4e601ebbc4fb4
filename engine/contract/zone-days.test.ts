import { expect, it } from 'vitest';
import { findTimeZone } from './time-zone.ts';
import { dayEndIn, dayStartIn, isoIn } from './zone-days.ts';

const HOUR = 3_600_000;

it.each([
  // Clocks go forward on the first and the third of these days, back on the second and fourth.
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
  ['Europe/Athens', '2026-03-29', '2026-03-28T22:00:00.000Z', 23],
  ['Europe/Athens', '2026-10-25', '2026-10-24T21:00:00.000Z', 25],
  // The week of the currency market opens on Sunday at 17:00 in New York: the Monday of its servers.
  ['NY+7', '2026-11-23', '2026-11-22T22:00:00.000Z', 24],
  ['UTC', '2026-11-23', '2026-11-23T00:00:00.000Z', 24],
  // Midnight was left out: the day began at 01:00.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', 23],
])('in %s the day %s begins at %s and has %i hours', (name, day, start, hours) => {
  const zone = findTimeZone(name);
  expect(new Date(dayStartIn(zone, day)).toISOString()).toBe(start);
  expect((dayEndIn(zone, day) - dayStartIn(zone, day)) / HOUR).toBe(hours);
  // As Intl has it, by another road: the first instant of that date.
  if (name !== 'NY+7') {
    const dateOf = (ms: number) => new Date(ms).toLocaleDateString('sv-SE', { timeZone: name });
    expect(dateOf(dayStartIn(zone, day))).toBe(day);
    expect(dateOf(dayStartIn(zone, day) - 1)).not.toBe(day);
    expect(dateOf(dayEndIn(zone, day) - 1)).toBe(day);
    expect(dateOf(dayEndIn(zone, day))).not.toBe(day);
  }
});

it('writes an instant on a zone’s clock, with its offset', () => {
  const at = Date.parse('2026-07-01T12:30:00Z');
  expect(isoIn(findTimeZone('UTC'), at)).toBe('2026-07-01T12:30:00.000Z');
  expect(isoIn(findTimeZone('America/New_York'), at)).toBe('2026-07-01T08:30:00.000-04:00');
  expect(isoIn(findTimeZone('NY+7'), at)).toBe('2026-07-01T15:30:00.000+03:00');
  expect(Date.parse(isoIn(findTimeZone('Asia/Kolkata'), at))).toBe(at);
});
