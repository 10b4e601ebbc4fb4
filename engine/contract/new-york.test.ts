import { expect, test } from 'vitest';
import { COMPARED_WITH, FIRST_YEAR, LAST_YEAR, newYorkChanges } from './new-york.ts';

/** Local minus UTC, by another road: the Swedish locale writes ISO 8601. */
const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const offset = (utcMs: number) => Date.parse(`${format.format(utcMs).replace(' ', 'T')}Z`) - utcMs;

const SECOND = 1000;
const DAY = 86_400_000;

/** How often Intl's clock changes in a year, looked at each day. */
function changesByIntl(year: number): number {
  let changes = 0;
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
    if (offset(day) !== offset(day + DAY)) changes++;
  }
  return changes;
}

test.runIf(process.versions.tz === COMPARED_WITH)(
  'each change is where Intl has it, to the second, and there is no other',
  () => {
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      const changes = newYorkChanges(year)!;
      expect(
        changes.map(({ at }) => [offset(at - SECOND), offset(at)]),
        `${year}`,
      ).toEqual(changes.map(({ before, after }) => [before, after]));
      if (year % 10 === 6 || year === 2007) expect(changesByIntl(year), `${year}`).toBe(changes.length);
    }
  },
);

test('Intl is asked where it has other zones, and for years with other rules', () => {
  expect(newYorkChanges(2020, COMPARED_WITH)).toHaveLength(2);
  expect(newYorkChanges(2020, '2027a')).toBeUndefined();
  expect(newYorkChanges(1974, COMPARED_WITH)).toBeUndefined();
  expect(newYorkChanges(LAST_YEAR + 1, COMPARED_WITH)).toBeUndefined();
});
