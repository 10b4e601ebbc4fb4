import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSnapshot, openStore, sqlBuilder } from './database.ts';
import { insertRun } from './runs.ts';
import { exampleRun } from './testing/example-rows.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(folder, 'regimen.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function errorOf(work: () => unknown): { code?: string; message: string } {
  try {
    work();
  } catch (error) {
    return error as { code?: string; message: string };
  }
  throw new Error('it was expected to throw');
}

/** A database with runs whose second half is overwritten with zeros. */
function damage(): Buffer {
  const store = openStore(file);
  for (let n = 1; n <= 50; n++) insertRun(store, exampleRun(n), []);
  store.close();
  const bytes = readFileSync(file).fill(0, 8192);
  writeFileSync(file, bytes);
  return bytes;
}

describe('openStore', () => {
  it('refuses a damaged database and writes nothing to it', () => {
    const bytes = damage();
    const { code, message } = errorOf(() => openStore(file));
    expect(code).toBe('store-damaged');
    expect(message).toContain('Restore it from a backup, or move');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('names the newest checkpoint, or better the newest backup, to restore from', () => {
    damage();
    const checkpoints = join(folder, 'checkpoints', 'training_pipeline');
    mkdirSync(checkpoints, { recursive: true });
    const checkpoint = join(checkpoints, 'queue_3_checkpoint_20260102_030405.json');
    writeFileSync(checkpoint, '{}');
    expect(errorOf(() => openStore(file)).message).toContain(checkpoint);
    writeFileSync(join(folder, 'monday.zip'), '');
    expect(errorOf(() => openStore(file)).message).toContain(`regimen restore ${join(folder, 'monday.zip')}`);
  });

  it('refuses what is no database, and a newer one', () => {
    writeFileSync(file, 'no database, but text of some length');
    expect(errorOf(() => openStore(file)).code).toBe('store-damaged');
    rmSync(file);
    const store = openStore(file);
    store.raw.pragma('user_version = 999');
    store.close();
    expect(errorOf(() => openStore(file)).code).toBe('store-newer');
  });

  it('has what was committed before a kill', () => {
    const module = new URL('./database.ts', import.meta.url).href;
    const script = `
      const { openStore } = await import(${JSON.stringify(module)});
      const store = openStore(${JSON.stringify(file)});
      store.raw.exec("INSERT INTO regimes VALUES ('calm', 0, '{}', 1)");
      process.kill(process.pid, 'SIGKILL');`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal).toBe('SIGKILL');
    expect(readdirSync(folder)).toContain('regimen.db-wal');
    const store = openStore(file);
    expect(store.all(sqlBuilder.selectFrom('regimes').select('name'))).toEqual([{ name: 'calm' }]);
    store.close();
  });
});

describe('openSnapshot', () => {
  it('shows the database as it was, whatever is written meanwhile', () => {
    const store = openStore(file);
    insertRun(store, exampleRun(1), []);
    const snapshot = openSnapshot(store);
    insertRun(store, exampleRun(2), []);
    const count = (of: typeof store) => of.all(sqlBuilder.selectFrom('runs').select('id')).length;
    expect([count(snapshot), count(store)]).toEqual([1, 2]);
    expect(() => snapshot.run(sqlBuilder.deleteFrom('runs'))).toThrow(/readonly/);
    snapshot.close();
    store.close();
  });
});
