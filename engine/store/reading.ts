import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { assertHealthy, createStore, type Store } from './database.ts';
import { BUSY_TIMEOUT_MS, INDEX_SUFFIX, LOG_SUFFIX, storeError } from './errors.ts';
import { assertSchema, isWholeWithIndexes, renewIndexes } from './health.ts';
import { hasRot, mendCopiedLog } from './log-mending.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { copyStill, IN_MEMORY_BYTES } from './still-copy.ts';

/** What is shown otherwise than it is stored: jobs whose process died, the regimes of config.yaml. */
const SHADOWED = ['queues', 'regimes'] as const;

/**
 * Opens a database to be read, and changes nothing on disk: neither the database nor the files that SQLite keeps beside it. It
 * is read from a copy, which is brought to the newest version; writing to the store changes that copy. One that is larger than
 * `largestInMemory` bytes and in use, or was when its process died, is read where it is: SQLite renews its index then.
 * @throws EngineError `store-newer`, `store-damaged`, `file-unreadable`, `workspace-busy`
 */
export function openReadingStore(file: string, largestInMemory = IN_MEMORY_BYTES): Store {
  try {
    const inPlace = isLargeAndInUse(file, largestInMemory) ? openInPlace(file) : undefined;
    return inPlace ?? openCopy(file, largestInMemory);
  } catch (error) {
    throw storeError(file, error);
  }
}

/** Whether there is a database to be read. @throws EngineError `file-unreadable` where that is kept from this user */
export function hasDatabase(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw storeError(file, error);
  }
}

function openCopy(file: string, largestInMemory: number): Store {
  const copy = copyStill(file, largestInMemory);
  let db: Database.Database | undefined;
  try {
    const damagedLog = typeof copy.source === 'string' ? mendCopiedLog(copy.source, file) : undefined;
    db = new Database(copy.source);
    const hasSoundIndexes = isWholeWithIndexes(db);
    if (hasSoundIndexes) assertSchema(db, file);
    else assertHealthy(db, file);
    // Nothing of it outlives the process.
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = ON');
    if (!hasSoundIndexes) renewIndexes(db, file);
    migrate(db, MIGRATIONS, file);
    return { ...createStore(db, file, copy.remove), damagedLog };
  } catch (error) {
    db?.close();
    copy.remove();
    throw error;
  }
}

/** With log and index in place, and room to lock in them, SQLite makes no file. */
function isLargeAndInUse(file: string, largest: number): boolean {
  const [log, index] = [LOG_SUFFIX, INDEX_SUFFIX].map((suffix) => file + suffix);
  if (!existsSync(log!) || !existsSync(index!)) return false;
  if (statSync(file).size + statSync(log!).size <= largest || hasRot(file)) return false;
  try {
    for (const path of [dirname(file), index!]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Undefined for a database of an older version, which can only be read as a copy. */
function openInPlace(file: string): Store | undefined {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    assertHealthy(db, file);
    if (db.pragma('user_version', { simple: true }) !== MIGRATIONS.length) {
      db.close();
      return undefined;
    }
    db.pragma('temp_store = MEMORY');
    // Names without a schema mean these from now on.
    for (const table of SHADOWED) db.exec(`CREATE TEMP TABLE ${table} AS SELECT * FROM main.${table}`);
    db.exec('CREATE UNIQUE INDEX temp.regimes_by_name ON regimes (name)');
    return createStore(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}
