import { closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import {
  type Compilable,
  DummyDriver,
  type Insertable,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { EngineError } from '../contract/errors.ts';
import { PRIVATE_MODE } from '../files/atomic-write.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { rescueAdvice } from './rescue.ts';
import type { Tables } from './schema.ts';

/** Builds typed SQL; it never runs any. */
export const sqlBuilder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** A query that changes nothing, whatever it is made of. */
export type Query<O> = Compilable<O> & { readonly isSelectQueryBuilder: true };

/** Reads the ledger, and by its type can do no more. */
export interface Reader {
  readonly file: string;
  /** Rows of a query; its result type comes from the builder. */
  all<O>(query: Query<O>): O[];
  first<O>(query: Query<O>): O | undefined;
}

/** The ledger of one moment. */
export interface Snapshot extends Reader {
  close(): void;
}

/**
 * The workspace's ledger. All calls are synchronous and on one thread, so a transaction is a plain function and
 * nothing can slip in between its statements.
 */
export interface Store extends Reader {
  readonly raw: Database.Database;
  /** Runs a statement; returns the id of the inserted row and how many rows changed. */
  run(query: Compilable): { id: number; changes: number };
  /**
   * Appends a row and returns its id. By a statement that is prepared once: of thousands of rows, building each query
   * would take longer than running it.
   */
  insert<T extends keyof Tables>(table: T, row: Insertable<Tables[T]>): number;
  /** A statement that is kept for the next time. */
  prepare(sql: string): Database.Statement;
  /** All or nothing, and on disk when it returns. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens or creates the database: write-ahead log with synchronous FULL, so a commit that returned survives a power
 * cut. Throws `store-newer` and `store-damaged` before it writes anything.
 */
export function openStore(file: string): Store {
  assertHealthy(file);
  const db = connect(file, {}, () => createPrivately(file));
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    migrate(db, MIGRATIONS, file);
  } catch (error) {
    db.close();
    throw error;
  }
  return createStore(db, file);
}

/** SQLite gives its further files the mode of this one. */
function createPrivately(file: string): void {
  if (file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', PRIVATE_MODE));
}

function connect(file: string, options: Database.Options, before?: () => void): Database.Database {
  try {
    before?.();
    return new Database(file, options);
  } catch (error) {
    throw new EngineError(
      'file-unreadable',
      `The database ${file} can't be opened: ${messageOf(error)}.`,
      { file },
      error,
    );
  }
}

/**
 * The database as it is now, whatever is written to it until the snapshot is closed; for reading only, on a connection of
 * its own.
 */
export function openSnapshot(store: Reader): Snapshot {
  const db = new Database(store.file, { readonly: true, fileMustExist: true });
  db.exec('BEGIN');
  // A transaction's view is fixed by its first read.
  db.prepare('SELECT 1 FROM queues LIMIT 1').get();
  return createStore(db, store.file);
}

/**
 * Leaves every file as it is. Closing a connection that can write copies the log into the file, however damaged that is;
 * one that can't leaves an empty log behind where there was none.
 */
function assertHealthy(file: string): void {
  if (!existsSync(file)) return;
  const db = connect(file, { readonly: existsSync(`${file}-wal`) });
  let verdict: unknown;
  try {
    verdict = db.pragma('quick_check(1)', { simple: true });
  } catch (error) {
    verdict = messageOf(error);
  } finally {
    db.close();
  }
  if (verdict === 'ok') return;
  const found = String(verdict).replace(/^\*\*\* in database main \*\*\*\s+/, '');
  throw new EngineError(
    'store-damaged',
    `The database ${file} is damaged (${found}). Nothing was written to it. ${rescueAdvice(file)}`,
    { file },
  );
}

function createStore(db: Database.Database, file: string): Store {
  const statements = new Map<string, Database.Statement>();
  /** By table and columns. */
  const inserts = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  /** Gives SQLite's word for a full disk Regimen's own code. */
  function named<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_FULL')) throw error;
      throw new EngineError(
        'disk-full',
        `There is no room left to write the database ${file}. Free some space and try again.`,
        { file },
        error,
      );
    }
  }
  return {
    file,
    raw: db,
    all<O>(query: Query<O>) {
      const { sql, parameters } = query.compile();
      return prepare(sql).all(...parameters) as O[];
    },
    first<O>(query: Query<O>) {
      const { sql, parameters } = query.compile();
      return prepare(sql).get(...parameters) as O | undefined;
    },
    run(query) {
      const { sql, parameters } = query.compile();
      return named(() => {
        const { lastInsertRowid, changes } = prepare(sql).run(...parameters);
        return { id: Number(lastInsertRowid), changes };
      });
    },
    insert(table, row) {
      const columns = Object.keys(row);
      const shape = `${table} ${columns.join()}`;
      let statement = inserts.get(shape);
      if (statement === undefined) {
        statement = db.prepare(
          `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
        );
        inserts.set(shape, statement);
      }
      return named(() => Number(statement.run(Object.values(row)).lastInsertRowid));
    },
    prepare,
    transaction: (work) => named(() => db.transaction(work).immediate()),
    close: () => db.close(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
