import { EngineError } from '../../contract/errors.ts';
import type { TimeZone } from '../../contract/time-zone.ts';
import { currencyPair } from '../instruments/symbol.ts';
import { createLocalClock } from '../time/local-clock.ts';
import { inferZone } from './infer-zone.ts';
import type { AppliedTimeZone } from './read-series.ts';

export interface SettledZone {
  readonly timezone: AppliedTimeZone;
  readonly notes: readonly string[];
}

const DAY = 86_400_000;
const ASSUMED: AppliedTimeZone = { name: 'UTC', source: 'default' };

/**
 * Of a file that does not say in which zone its stamps are, what its weeks tell: the stamps become UTC, in place.
 *
 * @param time ms, as if the stamps were UTC
 * @param spacing distance of neighboring bars in ms; undefined for a single bar
 * @throws EngineError `invalid-input` for a pair of currencies where several zones fit that give different times; `data-invalid` where the
 *   zone changes within the file
 */
export function settleZone(
  file: string,
  symbol: string | undefined,
  time: Float64Array,
  spacing: number | undefined,
): SettledZone {
  if (spacing === undefined || spacing >= DAY) {
    return assumed(
      'Nothing in the file says which time zone it is in, and bars of a day or a week do not tell: UTC was taken. Set the time zone if it is another.',
    );
  }
  const found = inferZone(time, spacing);
  if (found.kind === 'one') return apply(time, found.zones, found.weeks);
  if (found.kind === 'several') {
    const names = found.zones.map(({ name }) => name).join(', ');
    if (symbol !== undefined && currencyPair(symbol) !== undefined) {
      throw new EngineError(
        'invalid-input',
        `${file} does not say which time zone it is in, and its ${found.weeks} weekends fit several: ${names}. Set the time zone of the file.`,
        { file, remedy: 'set-time-zone' },
      );
    }
    return assumed(
      `Nothing in the file says which time zone it is in, and its weekends fit ${names}: UTC was taken. Set the time zone if it is another.`,
    );
  }
  if (found.kind === 'change') {
    const day = new Date(found.at).toISOString().slice(0, 10);
    throw new EngineError(
      'data-invalid',
      `${file} was not imported. Its time zone changes in the week before ${day}: until then its weekends are those of ${found.before.name}, from then on those of ${found.after.name}. ` +
        'Cut the file there and import both parts with their time zones.',
      { file, remedy: 'set-time-zone' },
    );
  }
  return assumed(REASONS[found.reason]);
}

const REASONS = {
  continuous:
    'Nothing in the file says which time zone it is in, and it trades through the weekend: UTC was taken. Set the time zone if it is another.',
  few: 'Nothing in the file says which time zone it is in, and it is too short for its weekends to tell: UTC was taken. Set the time zone if it is another.',
  'none-fits':
    'Nothing in the file says which time zone it is in, and its weekends fit none: UTC was taken. Set the time zone if it is another.',
} as const;

function assumed(note: string): SettledZone {
  return { timezone: ASSUMED, notes: [note] };
}

function apply(time: Float64Array, zones: readonly TimeZone[], weeks: number): SettledZone {
  const [zone, ...same] = zones as readonly [TimeZone, ...TimeZone[]];
  const clock = createLocalClock(zone);
  for (let i = 0; i < time.length; i++) time[i] = clock(time[i]!);
  const others = same.map(({ name }) => name);
  const alike = others.length === 0 ? '' : ` (${others.join(', ')} would give the same times)`;
  return {
    timezone: { name: zone.name, source: 'inferred' },
    notes: [
      `The file does not say which time zone it is in: its ${weeks} weekends are those of ${zone.name}${alike}. Set the time zone if it is another.`,
    ],
  };
}
