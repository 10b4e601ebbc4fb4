import { afterEach, expect, it, vi } from 'vitest';
import { chooseZone } from '../../state/zone.ts';
import { wallSeconds } from './wall-seconds.ts';

afterEach(() => {
  chooseZone('utc');
  vi.unstubAllEnvs();
});

const HOUR = 3_600_000;
const text = (seconds: number) => new Date(1000 * seconds).toISOString().slice(0, 19);

it('is the wall clock of each point, ascending in the hour that comes twice, too', () => {
  vi.stubEnv('TZ', 'America/New_York');
  chooseZone('local');
  const time = [4, 5, 6, 7].map((hour) => Date.UTC(2026, 10, 1, hour));
  const instants = new Map<number, number>();
  const walls = wallSeconds(time, instants);
  expect(walls.map(text)).toEqual([
    '2026-11-01T00:00:00',
    '2026-11-01T01:00:00',
    '2026-11-01T01:00:01',
    '2026-11-01T02:00:00',
  ]);
  expect(walls.map((wall) => instants.get(wall))).toEqual(time);
});

it('is the instant itself in UTC, and forgets the points before', () => {
  const instants = new Map([[1, 2]]);
  const time = [0, HOUR];
  expect(wallSeconds(time, instants)).toEqual([0, 3600]);
  expect([...instants]).toEqual([
    [0, 0],
    [3600, HOUR],
  ]);
});
