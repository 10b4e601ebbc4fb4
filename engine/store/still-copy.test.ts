import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyStill } from './still-copy.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'still-copy-'));
  file = join(folder, 'regimen.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE accounts (id INTEGER PRIMARY KEY, held INTEGER, padding BLOB) STRICT');
  const insert = db.prepare('INSERT INTO accounts VALUES (?, 100, zeroblob(3000))');
  for (let id = 0; id < 40; id++) insert.run(id);
  db.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Moves amounts between accounts, two pages a time, and puts the log into the database every few of them. */
const MOVER = `
import Database from 'better-sqlite3';
const db = new Database(process.argv[2], { timeout: 5000 });
db.pragma('wal_autocheckpoint = 7');
let n = 0;
const move = db.transaction(() => {
  const [from, to] = [n % 40, (n * 7 + 3) % 40];
  db.prepare('UPDATE accounts SET held = held - 1 WHERE id = ?').run(from);
  db.prepare('UPDATE accounts SET held = held + 1 WHERE id = ?').run(to);
  n++;
});
let isOver = false;
process.once('message', () => (isOver = true));
process.send('begun');
function some() {
  for (let k = 0; k < 50; k++) move.immediate();
  // A copy needs a pause: it is refused where there is none.
  if (!isOver) return setTimeout(some, 2);
  db.close();
  process.disconnect();
}
some();
`;

function sumIn(source: Buffer | string): unknown {
  const db = new Database(source);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT sum(held) FROM accounts').pluck().get();
  } finally {
    db.close();
  }
}

describe('a copy', () => {
  it.each([
    ['in memory', undefined],
    ['in a folder', 0],
  ])('%s holds what the database does, which stays as it is', (_, largest) => {
    const copy = copyStill(file, largest);
    expect(typeof copy.source).toBe(largest === 0 ? 'string' : 'object');
    expect(sumIn(copy.source)).toBe(4000);
    copy.remove();
    if (typeof copy.source === 'string') expect(existsSync(copy.source)).toBe(false);
    expect(readdirSync(folder)).toEqual(['regimen.db']);
  });

  it('holds what is in the log only', () => {
    const db = new Database(file);
    db.prepare('UPDATE accounts SET held = 500 WHERE id = 3').run();
    const copy = copyStill(file);
    expect(sumIn(copy.source)).toBe(4400);
    copy.remove();
    db.close();
  });

  it('undoes what a process that died was about to write without a log', () => {
    const db = new Database(file);
    db.pragma('journal_mode = DELETE');
    // So that pages reach the file before the transaction ends.
    db.pragma('cache_size = 1');
    db.exec('BEGIN; UPDATE accounts SET held = held + 1, padding = zeroblob(2999)');
    expect(readdirSync(folder)).toContain('regimen.db-journal');
    const copy = copyStill(file);
    expect(sumIn(copy.source)).toBe(4000);
    copy.remove();
    db.close();
  });

  it('is of one moment while another process writes and empties its log', { timeout: 30_000 }, async () => {
    const script = join(folder, 'mover.mjs');
    writeFileSync(script, MOVER.replace("'better-sqlite3'", `'${import.meta.resolve('better-sqlite3')}'`));
    const mover = fork(script, [file]);
    const ended = new Promise((resolve) => mover.once('exit', resolve));
    await new Promise((resolve) => mover.once('message', resolve));
    const sums = new Set<unknown>();
    for (let copies = 0; copies < 60; copies++) {
      const copy = copyStill(file);
      sums.add(sumIn(copy.source));
      copy.remove();
      await new Promise(setImmediate);
    }
    mover.send('enough');
    expect(await ended).toBe(0);
    expect([...sums]).toEqual([4000]);
  });

  it('removes what a process left that was killed', () => {
    const left = join(tmpdir(), 'regimen-read-999999999-abcdef');
    mkdirSync(left, { recursive: true });
    copyStill(file, 0).remove();
    expect(existsSync(left)).toBe(false);
  });
});
