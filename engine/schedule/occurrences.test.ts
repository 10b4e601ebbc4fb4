import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCron } from '../contract/cron.ts';
import { occurrencesOf } from './occurrences.ts';

const START = Date.UTC(2026, 9, 20);
const ZONES = ['UTC', 'Asia/Kolkata', 'America/Sao_Paulo'];
const PARTS = {
  weekday: 'short',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
} as const;

/** Each minute of a month, compared field by field with what a clock in that zone shows; zones without summer time. */
function comesAt(cron: string, zone: string, count: number): number[] {
  const fields = parseCron(cron);
  const clock = new Intl.DateTimeFormat('en-US', { ...PARTS, timeZone: zone, hourCycle: 'h23' });
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const found: number[] = [];
  for (let time = START + 60_000; found.length < count && time < START + 31 * 86_400_000; time += 60_000) {
    const shown = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
    const isDay = fields.days.includes(Number(shown.day));
    const isWeekday = fields.weekdays.includes(days.indexOf(shown.weekday!));
    const isToday = fields.isAnyDay ? isWeekday : fields.isAnyWeekday ? isDay : isDay || isWeekday;
    const isNow = fields.hours.includes(Number(shown.hour)) && fields.minutes.includes(Number(shown.minute));
    if (isToday && isNow && fields.months.includes(Number(shown.month))) found.push(time);
  }
  return found;
}

it('comes when all of its fields are what the clock of its zone shows', () => {
  const of = (least: number, most: number) =>
    fc.oneof(
      fc.constant('*'),
      fc.integer({ min: least, max: most }).map(String),
      fc.integer({ min: 2, max: 7 }).map((step) => `*/${step}`),
      fc
        .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
        .map((two) => two.join()),
      fc
        .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 0, max: 3 }))
        .map(([from, more]) => `${from}-${Math.min(most, from + more)}`),
    );
  const crons = fc
    .tuple(of(0, 59), of(0, 23), of(1, 28), fc.constantFrom('*', '10,11'), of(0, 6))
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(crons, fc.constantFrom(...ZONES), (cron, zone) => {
      const expected = comesAt(cron, zone, 3);
      expect(occurrencesOf(cron, zone).after(START, 3).slice(0, expected.length)).toEqual(expected);
      const [first] = expected;
      if (first === undefined) return;
      expect(occurrencesOf(cron, zone).lastUpTo(first)).toBe(first);
      expect(occurrencesOf(cron, zone).lastUpTo(first - 1)).not.toBe(first);
    }),
    { numRuns: 25, seed: 7 },
  );
});
