import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChampionDto, ModelNameDto } from '../contract/dto/index.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import type { AlertRow } from '../store/alerts.ts';
import { openStore, type Store } from '../store/database.ts';
import type { ForwardTestRow } from '../store/forward.ts';
import type { QueueRow } from '../store/queues.ts';
import { saveSeries } from '../store/series.ts';
import { seriesRow } from '../store/testing/series-row.ts';
import { decisionsOf, type Matters } from './decisions.ts';

const HOUR = 3_600_000;
/** A Wednesday. */
const NOW = Date.UTC(2026, 0, 7, 12);

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

const decided = (matters: Partial<Matters>) =>
  decisionsOf({
    store,
    jobs: [],
    names: [],
    tests: [],
    champions: [],
    unsent: [],
    since: NOW - HOUR,
    now: NOW,
    ...matters,
  });
const codes = (matters: Partial<Matters>) => decided(matters).map(({ code }) => code);

const job = (id: number, state: QueueRow['state'], finished_at: number | null = null) =>
  ({ id, name: `Job ${id}`, state, message: null, finished_at }) as QueueRow;
const champion = (change: Partial<ChampionDto>) =>
  ({ symbol: 'EURUSD', synthetic: false, stale: null, outOfSample: {}, ...change }) as ChampionDto;

test('jobs that wait for somebody are told until they are dealt with, failures until they were seen', () => {
  const jobs = [
    job(1, 'paused'),
    job(2, 'failed', NOW - 2 * HOUR),
    job(3, 'failed', NOW - 1),
    job(4, 'crashed'),
    job(5, 'awaiting_confirmation'),
    job(6, 'completed', NOW - 1),
    job(7, 'running'),
  ];
  expect(decided({ jobs }).map(({ code, job: id }) => [code, id])).toEqual([
    ['job-crashed', 4],
    ['job-failed', 3],
    ['job-confirmation', 5],
    ['job-paused', 1],
  ]);
  expect(codes({ jobs: [job(2, 'failed', 1)], since: null })).toEqual(['job-failed']);
});

test('a candidate that passed is told while it is not in charge, and who is in charge once it expired', () => {
  const version = (name: string, change: object) => ({
    version: name,
    gate: null,
    isExpired: false,
    expiresAt: '2026-01-01T00:00:00.000Z',
    ...change,
  });
  const name = (change: object) =>
    ({
      name: 'EURUSD H1',
      symbol: 'EURUSD',
      aliases: {},
      production: null,
      versions: [],
      ...change,
    }) as unknown as ModelNameDto;
  const [passed, refused] = [
    version('2', { gate: { passed: true } }),
    version('2', { gate: { passed: false } }),
  ];
  expect(codes({ names: [name({ aliases: { candidate: '2' }, versions: [passed] })] })).toEqual([
    'gate-passed',
  ]);
  expect(codes({ names: [name({ aliases: { candidate: '2' }, versions: [refused] })] })).toEqual([]);
  expect(
    codes({ names: [name({ aliases: { candidate: '2' }, production: '2', versions: [passed] })] }),
  ).toEqual([]);
  const old = version('1', { isExpired: true });
  const [gate, expired] = decided({
    names: [name({ aliases: { candidate: '2' }, production: '1', versions: [old, passed] })],
  });
  expect(gate?.text).toBe('Candidate 2 passed its gate. In charge is 1.');
  expect(expired).toMatchObject({ code: 'version-expired', name: 'EURUSD H1' });
});

test('data is late where somebody goes by it, and its market was open since', () => {
  const series = (symbol: string, ageHours: number, synthetic = 0) =>
    saveSeries(store, {
      ...seriesRow(randomCandles(10)),
      symbol,
      timeframe: 'H1',
      last_time: NOW - ageHours * HOUR,
      synthetic,
    });
  series('EURUSD', 1);
  expect(codes({ champions: [champion({})] })).toEqual([]);
  series('EURUSD', 4);
  series('GBPUSD', 400);
  expect(decided({ champions: [champion({})] })).toMatchObject([{ code: 'data-late', subject: 'EURUSD H1' }]);
  expect(codes({ champions: [] })).toEqual([]);
  series('DEMO_EURUSD', 400, 1);
  expect(codes({ champions: [champion({ symbol: 'DEMO_EURUSD', synthetic: true })] })).toEqual([]);
});

test('versions that earn too little, alerts that did not arrive, and champions to see to', () => {
  const test = {
    name: 'EURUSD H1',
    version: '1',
    stale_at: NOW,
    message: 'It earned less.',
  } as ForwardTestRow;
  expect(decided({ tests: [test, { ...test, stale_at: null }] })).toMatchObject([
    { code: 'version-stale', text: 'It earned less.' },
  ]);
  const alert = { target: 'phone', given_up: 1 } as AlertRow;
  expect(decided({ unsent: [alert, { ...alert, given_up: 0 }] })).toMatchObject([
    {
      code: 'alerts-undelivered',
      subject: 'phone',
      text: '1 alert did not arrive, and is not tried any more.',
    },
  ]);
  const champions = [
    champion({}),
    champion({ outOfSample: null }),
    champion({ stale: 'other costs', outOfSample: null }),
  ];
  expect(decided({ champions }).map(({ code, subject }) => [code, subject])).toEqual([
    ['champions-stale', '1 of 3 champions is stale'],
    ['champions-unvalidated', '1 of 3 champions was never validated'],
  ]);
});
