import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { openStore, type Store } from './database.ts';
import { findRot } from './log-rot.ts';
import { openReadingStore } from './reading.ts';
import { insertRun } from './runs.ts';
import { exampleRun, exampleStrategy } from './testing/example-rows.ts';
import { loggedTransactions } from './testing/log-file.ts';

/** A database whose process died: transactions of its log, which the file itself has not. */
let folder: string;
let logged: Buffer;
const LOGGED = 6;
const FRAME = 24 + 4096;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-rot-'));
  const from = join(folder, 'live.db');
  const store = openStore(from);
  for (let n = 1; n <= 3; n++) add(store, n);
  store.putLogAway();
  for (let n = 4; n < 4 + LOGGED; n++) add(store, n);
  expect(loggedTransactions(from)).toHaveLength(LOGGED);
  for (const suffix of ['', '-wal']) cpSync(from + suffix, join(folder, `killed.db${suffix}`));
  logged = readFileSync(join(folder, 'killed.db-wal'));
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function add(store: Store, n: number): void {
  store.transaction(() =>
    insertRun(store, { ...exampleRun(n), basis: 'd'.repeat(1500 + n) }, [exampleStrategy(0)]),
  );
}

let copies = 0;
/** What a kill left, with another log. */
function killed(log: Buffer): string {
  const place = join(folder, `copy-${copies++}`);
  mkdirSync(place);
  cpSync(join(folder, 'killed.db'), join(place, 'regimen.db'));
  writeFileSync(join(place, 'regimen.db-wal'), log);
  return join(place, 'regimen.db');
}
const frames = () => (logged.length - 32) / FRAME;

function flipped(at: number, mask: number): Buffer {
  const log = Buffer.from(logged);
  log[at]! ^= mask;
  return log;
}

it('finds nothing in a sound log, an empty one, and one that was cut off anywhere', () => {
  expect(findRot(logged)).toBeUndefined();
  expect(findRot(Buffer.alloc(0))).toBeUndefined();
  const random = createPrng(1);
  for (let n = 0; n < 50; n++) {
    expect(findRot(logged.subarray(0, random.int(logged.length)))).toBeUndefined();
  }
});

it('finds nothing where a power cut kept pages of the last transaction from the disk, in whatever order it wrote them', () => {
  const [last] = loggedTransactions(join(folder, 'killed.db')).slice(-1);
  for (let at = last!.from; at < last!.to; at += FRAME) {
    for (const [from, to] of [
      [at, at + FRAME],
      [at + 1024, at + FRAME],
      [at, at + 2048],
    ]) {
      expect(findRot(Buffer.from(logged).fill(0, from, to))).toBeUndefined();
    }
  }
});

it('takes what an earlier log left behind its end for none', () => {
  const file = join(folder, 'again.db');
  const store = openStore(file);
  for (let n = 1; n <= 5; n++) add(store, n);
  store.raw.pragma('wal_checkpoint(PASSIVE)');
  add(store, 6);
  const log = readFileSync(`${file}-wal`);
  store.close();
  expect((log.length - 32) / FRAME).toBeGreaterThan(10);
  expect(log.readUInt32BE(12)).toBeGreaterThan(0);
  expect(findRot(log)).toBeUndefined();
});

describe('one flipped bit', () => {
  it('is found wherever it is, and turned back, or among those that the checksum can not tell apart', () => {
    const random = createPrng(2);
    let turned = 0;
    for (let n = 0; n < 300; n++) {
      // Headers are small: some are aimed at.
      const at =
        n < 40 ? random.int(32) : n < 120 ? headerByte(random.int(frames() * 24)) : random.int(logged.length);
      const mask = 1 << random.int(8);
      const rot = findRot(flipped(at, mask));
      expect(rot?.frames, `byte ${at}`).toEqual([at < 32 ? 0 : Math.floor((at - 32) / FRAME) + 1]);
      expect(rot!.lost).toBe(0);
      if (rot!.choices.length === 0) {
        expect(rot!.log.equals(logged), `byte ${at}`).toBe(true);
        turned++;
      } else expect(rot!.choices).toContainEqual({ at, mask });
    }
    expect(turned).toBeGreaterThan(180);
  });
  const headerByte = (n: number) => 32 + FRAME * Math.floor(n / 24) + (n % 24);

  it('costs nothing, be it that the checksum leaves a choice', () => {
    const sound = rowsOf(openReadingStore(killed(logged)));
    const random = createPrng(3);
    for (let n = 0; n < 16; n++) {
      const at = random.int(logged.length);
      // Every other one in the highest bits of a word, which look the same in many places.
      const place = n % 2 === 0 ? at : 32 + FRAME * random.int(frames()) + 24 + 4 * random.int(1024) + 3;
      const file = killed(flipped(place, 1 << random.int(8)));
      const names = readdirSync(join(file, '..'));
      const before = names.map((name) => readFileSync(join(file, '..', name)));
      const reader = openReadingStore(file);
      expect(reader.damagedLog).toMatchObject({ lost: 0, keptAs: undefined });
      expect(rowsOf(reader)).toEqual(sound);
      expect(readdirSync(join(file, '..'))).toEqual(names);
      expect(names.map((name) => readFileSync(join(file, '..', name)))).toEqual(before);

      const writer = openStore(file);
      const { keptAs, lost } = writer.damagedLog!;
      expect(lost).toBe(0);
      expect(readFileSync(keptAs!).equals(before[names.indexOf('regimen.db-wal')]!)).toBe(true);
      expect(rowsOf(writer)).toEqual(sound);
      const again = openStore(file);
      expect(again.damagedLog).toBeUndefined();
      again.close();
      expect(existsSync(`${file}-wal.mended`)).toBe(false);
    }
  });
});

describe('a damaged sector', () => {
  const sector = () => {
    const { from, to } = loggedTransactions(join(folder, 'killed.db'))[2]!;
    const frame = Math.floor((from + to) / 2 / FRAME);
    return { log: Buffer.from(logged).fill(7, 32 + FRAME * frame + 512, 32 + FRAME * frame + 1024), frame };
  };

  it('in a transaction that another one came after is told, with what it costs, and the log is kept', () => {
    const { log, frame } = sector();
    const reader = openReadingStore(killed(log));
    expect(reader.damagedLog).toMatchObject({ frames: [frame + 1], lost: LOGGED - 2, keptAs: undefined });
    expect(runsIn(reader)).toBe(5);
    const file = killed(log);
    const writer = openStore(file);
    expect(writer.damagedLog).toMatchObject({ frames: [frame + 1], lost: LOGGED - 2 });
    expect(readFileSync(writer.damagedLog!.keptAs!).equals(log)).toBe(true);
    expect(runsIn(writer)).toBe(5);
    // What is written now comes where the lost frames were.
    const second = openStore(file);
    add(second, 50);
    cpSync(file, join(folder, 'after.db'));
    cpSync(`${file}-wal`, join(folder, 'after.db-wal'));
    second.close();
    const after = openStore(join(folder, 'after.db'));
    expect(after.damagedLog).toBeUndefined();
    expect(runsIn(after)).toBe(6);
  });

  it('is told and left as it is while another connection has the database open', () => {
    const file = killed(sector().log);
    const other = new Database(file);
    other.prepare('SELECT count(*) FROM runs').get();
    const store = openStore(file);
    expect(store.damagedLog).toMatchObject({ lost: LOGGED - 2, keptAs: undefined });
    expect(readFileSync(`${file}-wal`).equals(sector().log)).toBe(true);
    store.close();
    other.close();
  });
});

function runsIn(store: Store): number {
  const count = store.raw.prepare('SELECT count(*) FROM runs').pluck().get() as number;
  store.close();
  return count;
}

/** All rows of all tables. */
function rowsOf(store: Store): unknown {
  const tables = store.raw
    .prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const rows = tables.map((table) => [table, store.raw.prepare(`SELECT * FROM main.${table}`).raw().all()]);
  store.close();
  return rows;
}
