import { expect, it } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import { createLocalClock } from './local-clock.ts';

const QUARTER = 900_000;
const zone = findTimeZone('America/New_York');
/** Two days over the end of summer time, 06:00 UTC on 3 November 2024, without a pause. */
const utc = Array.from({ length: 192 }, (_, i) => Date.UTC(2024, 10, 2, 12) + i * QUARTER);
const local = utc.map((time) => time + zone.offsetAt(time));

it('keeps both passes of the hour that comes twice, upwards and downwards', () => {
  expect(new Set(local).size).toBe(local.length - 4);
  expect(local.map(createLocalClock(zone))).toEqual(utc);
  expect(local.toReversed().map(createLocalClock(zone))).toEqual(utc.toReversed());
});

it('takes the first pass where there is one only, and stamps that come twice for what they are', () => {
  const once = local.filter(
    (_, i) => utc[i]! < Date.UTC(2024, 10, 3, 6) || utc[i]! >= Date.UTC(2024, 10, 3, 7),
  );
  expect(once.map(createLocalClock(zone))).toEqual(
    utc.filter((time) => time < Date.UTC(2024, 10, 3, 6) || time >= Date.UTC(2024, 10, 3, 7)),
  );
  const twice = [local[0]!, local[1]!, local[1]!, local[2]!];
  expect(twice.map(createLocalClock(zone))).toEqual([utc[0], utc[1], utc[1], utc[2]]);
});
