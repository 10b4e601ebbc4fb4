import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { findQueue, insertQueue } from './queues.ts';
import { openReadingStore } from './reading.ts';
import { configuredRegimes, syncRegimes } from './regimes.ts';
import { placeQueue } from './testing/queue-state.ts';

let folder: string;
let file: string;
/** Another process's, as it were. */
let writer: Store;
let queueId: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reading-'));
  file = join(folder, 'regimen.db');
  writer = openStore(file);
  queueId = insertQueue(writer, { name: 'Night', spec: {}, createdAt: 1 }, []);
});
afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

const regime = (name: string) => ({
  name,
  title: name,
  description: '',
  active: true,
  rules: { returns: '> 0' },
});

/** The database is larger than this, and another process has it open: it is read where it is. */
const IN_PLACE = 0;

describe.each([
  ['from a copy', undefined],
  ['where it is', IN_PLACE],
])('a database that is read %s', (_, largest) => {
  it('takes what is written to the reader for itself', () => {
    const reader = openReadingStore(file, largest);
    expect(reader.raw.readonly).toBe(largest === IN_PLACE);
    placeQueue(reader, queueId, 'crashed');
    syncRegimes(reader, [regime('one'), regime('two')]);
    syncRegimes(reader, [regime('two')]);
    reader.transaction(() => placeQueue(reader, queueId, 'paused'));
    expect(findQueue(reader, queueId)).toMatchObject({ name: 'Night', state: 'paused' });
    expect(configuredRegimes(reader).map(({ name }) => name)).toEqual(['two']);
    reader.close();
    expect(findQueue(writer, queueId)).toMatchObject({ state: 'pending' });
    expect(configuredRegimes(writer)).toEqual([]);
  });

  it('keeps nobody from writing', () => {
    const reader = openReadingStore(file, largest);
    placeQueue(writer, queueId, 'paused');
    expect(findQueue(writer, queueId)).toMatchObject({ state: 'paused' });
    reader.close();
    expect(readdirSync(folder).sort()).toEqual(['regimen.db', 'regimen.db-shm', 'regimen.db-wal']);
  });
});

it('an older database is read as the newest, and stays of its version, however large', () => {
  const older = join(folder, 'older.db');
  const db = new Database(older);
  db.pragma('journal_mode = WAL');
  for (const migration of MIGRATIONS.slice(0, 6)) {
    if (typeof migration === 'string') db.exec(migration);
    else migration(db);
  }
  db.pragma('user_version = 6');
  const reader = openReadingStore(older, IN_PLACE);
  expect(reader.raw.readonly).toBe(false);
  expect(reader.raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
  reader.close();
  expect(db.pragma('user_version', { simple: true })).toBe(6);
  db.close();
});

it('a damaged one is refused, and stays as it is', () => {
  writer.raw.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096);
  const copy = join(folder, 'copy.db');
  writeFileSync(copy, bytes);
  for (const largest of [undefined, IN_PLACE]) {
    expect(() => openReadingStore(copy, largest)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  }
  expect(readFileSync(copy).equals(bytes)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
});
