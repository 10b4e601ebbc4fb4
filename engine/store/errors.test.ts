import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineError } from '../contract/errors.ts';
import { openStore, type Store } from './database.ts';
import { storeError } from './errors.ts';
import { findQueue, insertQueue, updateQueue } from './queues.ts';
import { placeQueue } from './testing/queue-state.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-errors-'));
  file = join(folder, 'regimen.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what SQLite says', () => {
  const said = (code: string) => storeError(file, new Database.SqliteError('what it says', code));

  it.each([
    ['SQLITE_BUSY', 'workspace-busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'workspace-busy'],
    ['SQLITE_PROTOCOL', 'workspace-busy'],
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_CANTOPEN', 'file-unreadable'],
    ['SQLITE_READONLY_DIRECTORY', 'file-unreadable'],
    ['SQLITE_IOERR_READ', 'file-unreadable'],
    ['SQLITE_NOTADB', 'store-damaged'],
    ['SQLITE_CORRUPT_VTAB', 'store-damaged'],
  ])('%s is %s', (code, named) => {
    expect(said(code)).toMatchObject({ code: named, details: { file } });
  });

  it('is no advice to give the database up unless it is damaged', () => {
    for (const code of ['SQLITE_BUSY', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_FULL']) {
      expect((said(code) as EngineError).message).not.toMatch(/move|Restore|regimen.db is damaged/);
    }
    expect((said('SQLITE_CORRUPT') as EngineError).message).toContain('Restore it from a backup');
  });

  it('is left as it is where it is a defect of the program', () => {
    const defect = new Database.SqliteError('no such table', 'SQLITE_ERROR');
    expect(storeError(file, defect)).toBe(defect);
  });
});

describe('a database that a process keeps locked', () => {
  const HOLDER = `
import Database from 'better-sqlite3';
const db = new Database(process.argv[2]);
process.on('message', () => {
  db.exec("BEGIN IMMEDIATE; CREATE TABLE never_committed (a)");
  process.send('begun');
});
process.send('there');
`;
  let holder: ChildProcess;
  let store: Store;
  beforeEach(async () => {
    store = openStore(file);
    const script = join(folder, 'holder.mjs');
    writeFileSync(script, HOLDER.replace("'better-sqlite3'", `'${import.meta.resolve('better-sqlite3')}'`));
    holder = fork(script, [file]);
    await new Promise((resolve) => holder.once('message', resolve));
  });
  afterEach(() => {
    store.close();
    holder.kill('SIGKILL');
  });

  /** It neither goes on nor ends, as far as the system allows. */
  async function stopInTransaction(): Promise<void> {
    const begun = new Promise((resolve) => holder.once('message', resolve));
    holder.send('begin');
    await begun;
    if (process.platform !== 'win32') holder.kill('SIGSTOP');
  }

  function refusal(work: () => unknown): EngineError {
    const before = Date.now();
    try {
      work();
    } catch (error) {
      expect(Date.now() - before).toBeGreaterThan(4000);
      return error as EngineError;
    }
    throw new Error('it was not locked');
  }

  it('can be read; whoever wants to write waits, then is told who trains in it, and since when', async () => {
    const queueId = insertQueue(store, { name: 'Night', spec: {}, createdAt: 1 }, []);
    updateQueue(store, queueId, { started_at: Date.UTC(2026, 0, 2, 3, 4, 5) });
    const owner = { host: 'this-machine', pid: holder.pid, processStart: null };
    placeQueue(store, queueId, 'running', JSON.stringify(owner));
    await stopInTransaction();
    expect(findQueue(store, queueId)).toMatchObject({ name: 'Night', message: null });
    const { code, message, details } = refusal(() => updateQueue(store, queueId, { priority: 1 }));
    expect(code).toBe('workspace-busy');
    expect(message).toContain(
      `is locked: process ${holder.pid} on this-machine, which trains queue ${queueId} "Night" since 2026-01-02 03:04 UTC, has kept it so for 5 seconds.`,
    );
    expect(message).toContain('nothing is damaged');
    expect(details).toEqual({
      file,
      pid: holder.pid,
      host: 'this-machine',
      queueId,
      since: '2026-01-02T03:04:05.000Z',
    });
  });

  it('by one that trains nothing is named where the system tells who it is', async () => {
    await stopInTransaction();
    const { code, message } = refusal(() => store.transaction(() => undefined));
    expect(code).toBe('workspace-busy');
    expect(message).toContain(
      process.platform === 'linux' ? `process ${holder.pid} on ${hostname()} has` : 'another process has',
    );
  });

  it('is not what another process trains, if that is not the one', { timeout: 30_000 }, async () => {
    const queueId = insertQueue(store, { name: 'Night', spec: {}, createdAt: 1 }, []);
    placeQueue(
      store,
      queueId,
      'running',
      JSON.stringify({ host: 'h', pid: process.pid, processStart: null }),
    );
    await stopInTransaction();
    const { message } = refusal(() => store.transaction(() => undefined));
    expect(message).toContain(
      process.platform === 'linux' ? `process ${holder.pid} on` : `process ${process.pid} on h`,
    );
  });

  it('altogether is not taken for damaged when it is opened', async () => {
    store.close();
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refusal(() => openStore(file))).toMatchObject({ code: 'workspace-busy' });
    other.close();
    store = openStore(file);
  });
});
