import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseZone } from '../state/zone.ts';
import { formatClock, formatDay, formatMinute, formatTime, wallTime, zoneLabel } from './time.ts';

/** As on a machine that stands there. */
function sitIn(zone: string): void {
  vi.stubEnv('TZ', zone);
  chooseZone('local');
}

afterEach(() => {
  chooseZone('utc');
  vi.unstubAllEnvs();
});

it('is UTC as long as nobody chose, and names it', () => {
  const at = '2026-11-20T23:25:08.123Z';
  expect(formatTime(at)).toBe('2026-11-20 23:25 UTC');
  expect(formatMinute(at)).toBe('2026-11-20 23:25');
  expect(formatClock(at)).toBe('23:25:08');
  expect(formatDay(at)).toBe('2026-11-20');
  expect(zoneLabel()).toBe('UTC');
  for (const none of [null, undefined, 'soon']) expect(formatTime(none)).toBe('–');
});

describe('on the clock of a place', () => {
  it.each([
    // The second before and the first after clocks go forward, then back.
    ['America/New_York', '2026-03-08T06:59:59Z', '2026-03-08 01:59 UTC-5'],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08 03:00 UTC-4'],
    ['America/New_York', '2026-11-01T05:59:59Z', '2026-11-01 01:59 UTC-4'],
    ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01 01:00 UTC-5'],
    ['Europe/Athens', '2026-03-29T00:59:59Z', '2026-03-29 02:59 UTC+2'],
    ['Europe/Athens', '2026-03-29T01:00:00Z', '2026-03-29 04:00 UTC+3'],
    ['Europe/Athens', '2026-10-25T00:59:59Z', '2026-10-25 03:59 UTC+3'],
    ['Europe/Athens', '2026-10-25T01:00:00Z', '2026-10-25 03:00 UTC+2'],
    ['Asia/Calcutta', '2026-10-25T01:00:00Z', '2026-10-25 06:30 UTC+5:30'],
  ])('%s shows %s as %s', (zone, iso, text) => {
    sitIn(zone);
    expect(formatTime(iso)).toBe(text);
    expect(formatTime(Date.parse(iso))).toBe(text);
    // By another road: the Swedish locale writes ISO 8601.
    expect(`${formatDay(iso)} ${formatClock(iso)}`).toBe(
      new Date(iso).toLocaleString('sv-SE', { timeZone: zone }),
    );
    expect(zoneLabel()).toBe(zone);
  });

  it('moves instants, and no days', () => {
    sitIn('America/New_York');
    expect(formatDay('2026-11-20T02:00:00Z')).toBe('2026-11-19');
    expect(formatDay('2026-11-20')).toBe('2026-11-20');
  });
});

it('has the market’s day begin at midnight, in summer as in winter', () => {
  chooseZone('market');
  expect(formatTime('2026-07-05T21:00:00Z')).toBe('2026-07-06 00:00 NY+7');
  expect(formatTime('2026-11-22T22:00:00Z')).toBe('2026-11-23 00:00 NY+7');
  expect(wallTime(Date.parse('2026-11-22T22:00:00Z'))).toBe(Date.parse('2026-11-23T00:00:00Z'));
});
