import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WatchedFileDto } from '../contract/dto/index.ts';
import type { EngineEvent } from '../contract/events.ts';
import { createFeed } from '../log/feed.ts';
import type { Candles } from '../market/candles.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { systemProcesses } from '../queue/owner.ts';
import { createCandleLibrary } from '../store/candle-library.ts';
import { openStore, type Store } from '../store/database.ts';
import { marketFilesInPlace } from '../workers/market-files.ts';
import { createImporter } from './importer.ts';
import { createWatching, type Watching } from './watching.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Of the week of 2020-01-06 on, all but the last twenty have closed at the beginning. */
const BARS = randomCandles(200);
const SHOWN = 180;

let root: string;
let folder: string;
let store: Store;
let clock: number;
let events: EngineEvent[];
let watching: Watching;
/** Ends them as a process does. */
let endings: Watching[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regimen-watching-'));
  folder = join(root, 'exports');
  mkdirSync(folder);
  store = openStore(':memory:');
  clock = BARS.time[SHOWN]! + 10 * MINUTE;
  events = [];
  endings = [];
  watching = start();
});
afterEach(async () => {
  for (const one of endings) {
    one.end();
    await one.idle();
  }
  store.close();
  rmSync(root, { recursive: true, force: true });
});

/** What a process that opens the workspace has; it looks only when it is told to. */
function start(pid = process.pid): Watching {
  const now = () => clock;
  const emit = (event: EngineEvent) => void events.push(event);
  const feed = createFeed({ log: { write: () => undefined, tail: () => [] }, emit, now });
  const library = createCandleLibrary(store, join(root, 'candles'), () => 'new_york');
  const importer = createImporter({ store, library, files: marketFilesInPlace, emit, now });
  const processes = systemProcesses();
  const one = createWatching({
    store,
    library,
    files: marketFilesInPlace,
    importer,
    processes: { ...processes, self: { ...processes.self, pid, processStart: null } },
    feed,
    emit,
    isHost: true,
    now,
  });
  endings.push(one);
  return one;
}

const HEAD = '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\r\n';

/** A line as MetaTrader 5 writes it, on a clock that is two hours before UTC. */
function row({ time, open, high, low, close }: Candles, i: number, closes = close[i]!): string {
  const stamp = new Date(time[i]! + 2 * HOUR).toISOString();
  const prices = [open[i]!, high[i]!, low[i]!, closes].map((price) => price.toFixed(5));
  return [stamp.slice(0, 10).replaceAll('-', '.'), stamp.slice(11, 19), ...prices, 100, 0, 8].join('\t');
}

const rows = (from: number, to: number, bars = BARS) =>
  Array.from({ length: to - from }, (_, k) => `${row(bars, from + k)}\r\n`).join('');

/** As a terminal would have it at this moment; returns its path. */
function write(text: string | Buffer, name = 'EURUSD_H1.csv'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  utimesSync(file, clock / 1000, clock / 1000);
  return file;
}

function append(text: string, name = 'EURUSD_H1.csv'): void {
  const file = join(folder, name);
  appendFileSync(file, text);
  utimesSync(file, clock / 1000, clock / 1000);
}

/** A file is read when it was still from one look to the next. */
async function look(on = watching): Promise<void> {
  await on.look();
  await on.look();
}

const fileOf = (name: string, on = watching): WatchedFileDto | undefined =>
  on.list()[0]!.files.find(({ file }) => file.endsWith(name));
const stored = (symbol = 'EURUSD') =>
  createCandleLibrary(store, join(root, 'candles'), () => 'new_york').load(symbol, 'H1')?.candles;
const said = () => events.flatMap((event) => (event.type === 'market.watched' ? [event.message] : []));

describe('a file that a terminal goes on writing', () => {
  beforeEach(() => watching.add(folder, { timezone: 'Etc/GMT-2' }));

  it('is joined as its bars close: appended to, with the newest bar written again and again', async () => {
    write(HEAD + rows(0, SHOWN));
    append(`${row(BARS, SHOWN, 1.09)}\r\n`);
    await look();
    expect(stored()!.length).toBe(SHOWN);
    expect(stored()!.time.at(-1)).toBe(BARS.time[SHOWN - 1]);
    for (let i = SHOWN; i < 190; i++) {
      // The bar before has closed, and the next has begun.
      clock = BARS.time[i + 1]! + 5 * MINUTE;
      write(`${HEAD + rows(0, i + 1)}${row(BARS, i + 1, 1.08)}\r\n`);
      await look();
      expect(stored()!.length).toBe(i + 1);
      expect(stored()!.close.at(-1)).toBeCloseTo(BARS.close[i]!, 5);
    }
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'current', series: ['EURUSD H1'] });
  });

  it('loses nothing while it is half written, cut short, empty or away, and says so once', async () => {
    write(HEAD + rows(0, 170));
    await look();
    clock += 10 * MINUTE;
    const half = rows(170, 175);
    append(half.slice(0, -20));
    await look();
    expect(stored()!.length).toBe(174);
    clock += 10 * MINUTE;
    append(half.slice(-20));
    await look();
    expect(stored()!.length).toBe(175);

    clock += 10 * MINUTE;
    write('');
    await look();
    await look();
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'waiting', message: 'EURUSD_H1.csv is empty.' });
    clock += 10 * MINUTE;
    write(HEAD + rows(100, 176));
    await look();
    expect(stored()!.length).toBe(176);
    expect(stored()!.time[0]).toBe(BARS.time[0]);
    expect(fileOf('EURUSD_H1.csv')!.message).toMatch(/76 rows instead of 175: what is stored stays/);
    rmSync(join(folder, 'EURUSD_H1.csv'));
    await look();
    await look();
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'gone' });
    expect(stored()!.length).toBe(176);
    expect(said().filter((message) => message.includes('no longer there'))).toHaveLength(1);
    expect(said().filter((message) => message.includes('is empty'))).toHaveLength(1);
    write(HEAD + rows(0, SHOWN));
    await look();
    expect(stored()!.length).toBe(SHOWN);
  });

  it('is read in two bytes a character, as MQL5 writes by default, cut anywhere', async () => {
    const text = `\ufeff${HEAD}${rows(0, 120)}`;
    write(Buffer.from(text, 'utf16le').subarray(0, -37));
    await look();
    expect(stored()!.length).toBe(119);
  });

  it('that is never still is read after some looks, the newest bar left out', async () => {
    write(HEAD + rows(0, 100));
    for (let looks = 0; looks < 11; looks++) {
      clock += 1000;
      append(`${row(BARS, 100 + looks)}\r\n`);
      await watching.look();
    }
    expect(stored()!.length).toBeGreaterThanOrEqual(109);
  });

  it('is not read again before another bar can have closed', async () => {
    write(HEAD + rows(0, SHOWN + 1));
    await look();
    const { at } = fileOf('EURUSD_H1.csv')!;
    clock += MINUTE;
    write(`${HEAD + rows(0, SHOWN)}${row(BARS, SHOWN, 1.07)}\r\n`);
    await look();
    expect(fileOf('EURUSD_H1.csv')!.at).toBe(at);
    clock += 5 * MINUTE;
    await look();
    expect(fileOf('EURUSD_H1.csv')!.at).not.toBe(at);
  });

  it('is one change that can be undone, however often it grows', async () => {
    write(HEAD + rows(0, 100));
    await look();
    for (const to of [120, 150, SHOWN]) {
      clock += 10 * MINUTE;
      write(HEAD + rows(0, to));
      await look();
    }
    const changes = createCandleLibrary(store, join(root, 'candles'), () => 'utc').changes();
    expect(changes.map(({ action, series }) => [action, series])).toEqual([['watch', null]]);
  });
});

describe('a question that is open', () => {
  it('leaves that file alone and says why; others are watched on; once it is answered by hand the answer is kept', async () => {
    watching.add(folder, {});
    const file = write(HEAD + rows(0, 60));
    write('nothing of a market\n1;2;3\n', 'notes.csv');
    const own = { ...BARS, symbol: 'GBPUSD' };
    const utc = rows(0, SHOWN, own).replaceAll(/(\d{4})\.(\d\d)\.(\d\d)\t([\d:]+)/g, '$1-$2-$3T$4+02:00');
    write(`time\topen\thigh\tlow\tclose\tvolume\tx\ty\r\n${utc}`, 'GBPUSD_H1.csv');
    await look();
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'left', series: [] });
    expect(fileOf('EURUSD_H1.csv')!.message).toMatch(/EURUSD_H1\.csv does not say which time zone it is in/);
    expect(fileOf('EURUSD_H1.csv')!.message).not.toContain(`${tmpdir()}/regimen-watched-`);
    expect(fileOf('notes.csv')).toMatchObject({ state: 'left' });
    expect(fileOf('GBPUSD_H1.csv')).toMatchObject({ state: 'current' });
    expect(stored('GBPUSD')!.length).toBe(SHOWN);
    const before = said().length;
    await look();
    expect(said()).toHaveLength(before);

    const library = createCandleLibrary(store, join(root, 'candles'), () => 'new_york');
    const deps = { store, library, files: marketFilesInPlace, emit: () => undefined, now: () => clock };
    const byHand = createImporter(deps);
    const wish = { file, timeframe: 'H1', replace: false } as const;
    await byHand.importOne({ ...wish, symbol: 'EURUSD_BROKER', timezone: '+02:00' });
    watching.lookAgain(file);
    clock += 10 * MINUTE;
    write(HEAD + rows(0, SHOWN));
    await look();
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'current', series: ['EURUSD_BROKER H1'] });
    expect(stored('EURUSD_BROKER')!.length).toBe(SHOWN);
    expect([...stored('EURUSD_BROKER')!.time]).toEqual([...BARS.time.subarray(0, SHOWN)]);
    expect(stored('EURUSD')).toBeUndefined();
  });

  it.each([
    ['times that are still to come', { timezone: 'UTC' }, HEAD + rows(0, SHOWN), /is still to come/],
    [
      'bars of another time, which would take the place of those stored',
      { timezone: '+05:00' },
      HEAD + rows(0, 150),
      /does not go on with what is stored\. 150 bars that were stored 3 hours later/,
    ],
    [
      'other bars at the same times',
      { timezone: '+02:00' },
      HEAD + rows(0, 150, randomCandles(200, 'H1', 9)),
      /has other prices, volumes or spreads than are stored for 150 of 150 bars/,
    ],
  ])('%s are not joined', async (_, options, text, reason) => {
    watching.add(folder, { timezone: '+02:00' });
    write(HEAD + rows(0, 150));
    await look();
    rmSync(join(folder, 'EURUSD_H1.csv'));
    watching.add(folder, options);
    write(text, 'EURUSD_H1_again.csv');
    await look();
    expect(fileOf('EURUSD_H1_again.csv')).toMatchObject({ state: 'left' });
    expect(fileOf('EURUSD_H1_again.csv')!.message).toMatch(reason);
    expect([...stored()!.time]).toEqual([...BARS.time.subarray(0, 150)]);
  });
});

describe('folders', () => {
  it('that are watched go on with the next process, which reads only what has changed', async () => {
    watching.add(folder, { timezone: '+02:00' });
    write(HEAD + rows(0, 150));
    await look();
    watching.end();
    await watching.idle();
    const next = start();
    await look(next);
    const { at } = fileOf('EURUSD_H1.csv', next)!;
    clock += 10 * MINUTE;
    await look(next);
    expect(fileOf('EURUSD_H1.csv', next)!.at).toBe(at);
    write(HEAD + rows(0, SHOWN));
    await look(next);
    expect(stored()!.length).toBe(SHOWN);
  });

  it('are left to the process that watches them while it lives, and taken over when it has died', async () => {
    watching.add(folder, { timezone: '+02:00' });
    const { folder: path } = watching.list()[0]!;
    expect(watching.list()[0]!.by).toBe('here');
    const other = start(process.ppid);
    expect(other.list()[0]).toMatchObject({ folder: path, by: 'elsewhere' });
    write(HEAD + rows(0, 150));
    await look(other);
    expect(stored()).toBeUndefined();
    const dead = start(2 ** 22 + 1);
    store.raw.exec('UPDATE watched_folders SET owner = NULL');
    await look(dead);
    expect(stored()!.length).toBe(150);
    expect(other.list()[0]!.by).toBe(null);
  });

  it('that are away for a while, as a network drive is, lose nothing and are looked into again', async () => {
    watching.add(folder, { timezone: '+02:00' });
    write(HEAD + rows(0, 150));
    await look();
    rmSync(folder, { recursive: true });
    await look();
    await look();
    expect(watching.list()[0]!.problem).toMatch(/can't be read: it is not there/);
    expect(fileOf('EURUSD_H1.csv')).toMatchObject({ state: 'current' });
    expect(said().filter((message) => message.includes('is not there'))).toHaveLength(1);
    mkdirSync(folder);
    write(HEAD + rows(0, SHOWN));
    await look();
    expect(watching.list()[0]!.problem).toBe(null);
    expect(stored()!.length).toBe(SHOWN);
  });

  it('must be folders, none in another, and are watched no more when taken off the list', async () => {
    expect(() => watching.add(join(folder, 'none'), {})).toThrow(/is no folder/);
    watching.add(folder, { timezone: '+02:00' });
    mkdirSync(join(folder, 'inner'));
    mkdirSync(`${folder} beside`);
    expect(() => watching.add(join(folder, 'inner'), {})).toThrow(/one lies in the other/);
    expect(() => watching.add(root, {})).toThrow(/one lies in the other/);
    watching.add(`${folder} beside`, {});
    expect(watching.list()).toHaveLength(2);
    expect(watching.remove(folder)).toBe(true);
    expect(watching.remove(folder)).toBe(false);
    write(HEAD + rows(0, 150));
    await look();
    expect(stored()).toBeUndefined();
  });
});

it('the copies that are read leave the exports as they are', async () => {
  watching.add(folder, { timezone: '+02:00' });
  const file = write(`${HEAD + rows(0, 150)}half a li`);
  const before = statSync(file);
  await look();
  expect(stored()!.length).toBe(150);
  expect(statSync(file)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
});
