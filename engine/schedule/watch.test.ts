import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemProcesses } from '../queue/owner.ts';
import { openStore, type Store } from '../store/database.ts';
import { findSchedule } from '../store/schedules.ts';
import { insertTraining, listTrainings, updateTraining } from '../store/submissions.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import { pendingTraining } from './turns.ts';

/** Schedules under a clock that is moved by hand. */

let store: Store;
let clock: number;
let said: string[];
let schedules: Schedules;

/** As another process on the same workspace would have it. */
function watching(): Schedules {
  const feed = { info: say, warn: say, error: say } as never;
  const deps = {
    store,
    now: () => clock,
    processes: systemProcesses(),
    feed,
    isHost: true,
    emit: () => undefined,
  };
  const create = (
    asked: Parameters<typeof pendingTraining>[1],
    of: Parameters<typeof pendingTraining>[2],
  ) => {
    const row = pendingTraining(deps, asked, of);
    insertTraining(store, row);
    return row;
  };
  return createSchedules({ ...deps, trainings: { create } as never });
}
function say(_queue: null, line: string): void {
  said.push(line);
}

beforeEach(() => {
  store = openStore(':memory:');
  said = [];
  schedules = watching();
});
afterEach(() => store.close());

const at = (text: string) => {
  clock = Date.parse(text);
};
const begun = () => listTrainings(store).map((row) => new Date(row.created_at).toISOString().slice(0, 16));
/** Whatever was begun is done. */
function finish(): void {
  for (const { id } of listTrainings(store, ['pending'])) updateTraining(store, id, { state: 'completed' });
}
/** Looks each quarter of an hour, and finishes what was begun. */
function runUntil(text: string): void {
  clock = Math.ceil(clock / 900_000) * 900_000;
  for (const end = Date.parse(text); clock < end; clock += 900_000) {
    schedules.look();
    finish();
  }
}

describe('a schedule', () => {
  it('is Sunday at 02:00 UTC, for every name, and off until it is switched on', () => {
    at('2026-11-25T12:00:00Z');
    expect(schedules.list()).toMatchObject([
      {
        name: 'weekly',
        enabled: false,
        cron: '0 2 * * 0',
        zone: 'UTC',
        sentence: 'Every Sunday at 02:00 (UTC)',
        title: 'Every name in production',
        missed: null,
        runs: [],
      },
    ]);
    expect(schedules.show('weekly').next.slice(0, 2)).toEqual([
      '2026-11-29T02:00:00.000Z',
      '2026-12-06T02:00:00.000Z',
    ]);
    runUntil('2026-12-10T00:00:00Z');
    expect(begun()).toEqual([]);
  });

  it('begins each of its times once it is on, and none from before', () => {
    at('2026-11-29T02:00:01Z');
    schedules.set({ name: 'weekly', enabled: true });
    runUntil('2026-12-14T00:00:00Z');
    expect(begun()).toEqual(['2026-12-06T02:00', '2026-12-13T02:00']);
    expect(listTrainings(store)[0]).toMatchObject({ origin: 'schedule', schedule: 'weekly' });
    expect(schedules.show('weekly').runs).toHaveLength(2);
  });

  it('makes up once for all that it missed, at the first look, and says so before', () => {
    at('2026-11-25T00:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    // A machine asleep, or a window that was not open, over four Sundays.
    at('2026-12-23T07:11:00Z');
    expect(schedules.show('weekly')).toMatchObject({ missed: '2026-12-20T02:00:00.000Z' });
    schedules.look();
    schedules.look();
    expect(begun()).toEqual(['2026-12-23T07:11']);
    expect(said.join()).toContain('passed while nothing was open');
    expect(schedules.show('weekly').missed).toBeNull();
    runUntil('2026-12-28T00:00:00Z');
    expect(begun()).toEqual(['2026-12-23T07:11', '2026-12-27T02:00']);
  });

  it('leaves a time out while its last training is at work, and says so', () => {
    at('2026-11-29T01:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    at('2026-11-29T02:00:00Z');
    schedules.look();
    at('2026-12-06T02:00:00Z');
    schedules.look();
    expect(begun()).toEqual(['2026-11-29T02:00']);
    expect(said.at(-1)).toContain('is left out');
    finish();
    runUntil('2026-12-14T00:00:00Z');
    expect(begun()).toEqual(['2026-11-29T02:00', '2026-12-13T02:00']);
  });

  it('begins once, however many processes look at the same workspace', () => {
    at('2026-11-28T00:00:00Z');
    const other = watching();
    schedules.set({ name: 'weekly', enabled: true });
    at('2026-11-29T02:00:00Z');
    schedules.look();
    finish();
    other.look();
    expect(begun()).toHaveLength(1);
  });

  it('has no time twice when the clock is set back a little, and goes on when it was far ahead', () => {
    at('2026-11-28T00:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    at('2026-11-29T02:00:00Z');
    schedules.look();
    finish();
    at('2026-11-29T01:58:00Z');
    runUntil('2026-11-30T00:00:00Z');
    expect(begun()).toHaveLength(1);
    // A wrong year, in which it ran.
    at('2031-03-02T02:00:00Z');
    schedules.look();
    finish();
    expect(begun()).toHaveLength(2);
    at('2026-12-01T00:00:00Z');
    runUntil('2026-12-07T00:00:00Z');
    expect(begun().filter((time) => time.startsWith('2026'))).toEqual([
      '2026-11-29T02:00',
      '2026-12-06T02:00',
    ]);
    expect(said.join()).toContain('the clock was set back');
  });

  it('that is changed or switched off and on again has none of the times before', () => {
    at('2026-11-28T00:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    at('2026-11-29T01:00:00Z');
    schedules.set({ name: 'weekly', enabled: false });
    at('2026-11-29T03:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    schedules.look();
    schedules.set({ name: 'weekly', cron: '30 2 * * *' });
    schedules.look();
    expect(begun()).toEqual([]);
    runUntil('2026-11-30T03:00:00Z');
    expect(begun()).toEqual(['2026-11-30T02:30']);
  });

  it('is one of several, each with its own times and what it trains', () => {
    at('2026-11-28T00:00:00Z');
    schedules.set({ name: 'weekly', enabled: true });
    const training = {
      ...JSON.parse(findSchedule(store, 'weekly')!.wishes),
      symbol: 'EURUSD',
      timeframe: 'H1',
    };
    schedules.set({ name: 'daily', enabled: true, cron: '0 5 * * MON-FRI', zone: 'UTC', training });
    expect(schedules.list().map(({ name, title }) => [name, title])).toEqual([
      ['daily', 'EURUSD H1'],
      ['weekly', 'Every name in production'],
    ]);
    runUntil('2026-12-01T12:00:00Z');
    expect(listTrainings(store).map(({ schedule }) => schedule)).toEqual(['weekly', 'daily', 'daily']);
    expect(schedules.remove('daily').map(({ name }) => name)).toEqual(['weekly']);
    expect(() => schedules.show('dayly')).toThrow('no schedule dayly');
    expect(() => schedules.set({ name: 'never', cron: '0 0 30 2 *' })).toThrow('never comes');
  });
});

describe('summer time', () => {
  it.each([
    // The hour from 02:00 to 03:00 is skipped: the first minute there is.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28', ['03-28T01:30', '03-29T01:00', '03-30T00:30']],
    ['America/New_York', '30 2 * * *', '2026-03-07', ['03-07T07:30', '03-08T07:00', '03-09T06:30']],
    // That hour is there twice: once.
    ['Europe/Berlin', '30 2 * * *', '2026-10-24', ['10-24T00:30', '10-25T00:30', '10-26T01:30']],
    ['America/New_York', '30 1 * * *', '2026-10-31', ['10-31T05:30', '11-01T05:30', '11-02T06:30']],
    // Weekly, on the Sunday itself.
    ['Europe/Berlin', '30 2 * * 0', '2026-03-28', ['03-29T01:00']],
    ['Europe/Berlin', '30 2 * * 0', '2026-10-24', ['10-25T00:30']],
  ])('%s, %s from %s', (zone, cron, day, expected) => {
    at(`${day}T00:10:00Z`);
    schedules.set({ name: 'weekly', enabled: true, zone, cron });
    runUntil(new Date(Date.parse(day) + 3 * 86_400_000).toISOString());
    expect(begun()).toEqual(expected.map((time) => `2026-${time}`));
  });
});
