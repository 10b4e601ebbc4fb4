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
import { assertWritable, BUSY_TIMEOUT_MS, damaged, INDEX_SUFFIX, LOG_SUFFIX, storeError } from './errors.ts';
import { assertSchema, pagesVerdict, renewIndexes } from './health.ts';
import { createLogKeeper, holdLog, type LogKeeper } from './log-keeper.ts';
import { type DamagedLog, mendLog } from './log-mending.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { layNewest } from './newest/lay.ts';
import { addSumFunctions } from './row-sum.ts';
import type { Tables } from './schema.ts';
import { copyStill } from './still-copy.ts';

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
  /** Writes it to a new file, piece by piece. */
  copyTo(file: string): Promise<void>;
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
  /** Appends rows that all have the columns of the first. `shared`: columns in which all rows have the same. */
  insertAll<T extends keyof Tables, S extends Partial<Insertable<Tables[T]>>>(
    table: T,
    rows: readonly Omit<Insertable<Tables[T]>, keyof S>[],
    shared?: S,
  ): void;
  /** What was wrong with the write-ahead log when it was opened. */
  readonly damagedLog: DamagedLog | undefined;
  /** A statement that is kept for the next time. */
  prepare(sql: string): Database.Statement;
  /** All or nothing, and on disk when it returns. `runs`: how many it records, for the length of the log. */
  transaction<T>(work: () => T, runs?: number): T;
  /**
   * What `work` reads is of one moment, whatever other processes write meanwhile. Nothing holds the write-ahead log once it has returned.
   * @throws EngineError `internal` in a transaction, which may still be taken back
   */
  reading<T>(work: () => T): T;
  /** Puts what the write-ahead log holds into the database, where nobody reads from it. */
  putLogAway(): void;
  close(): void;
}

/**
 * Opens or creates the database: write-ahead log with synchronous FULL, so a commit that returned survives a power
 * cut. @throws EngineError `store-newer`, `store-damaged`, `workspace-busy`, and `file-unreadable` where it can't be written to,
 * before it writes anything
 */
export function openStore(file: string): Store {
  if (file !== ':memory:') assertWritable(file);
  let db: Database.Database | undefined;
  let keeper: LogKeeper | undefined;
  let damagedLog: DamagedLog | undefined;
  try {
    if (existsSync(file)) {
      damagedLog = mendLog(file, (copy) => assertHealthy(copy, file));
      checkInPlace(file);
    } else createPrivately(file);
    db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    renewIndexes(db, file);
    layNewest(db);
    migrate(db, MIGRATIONS, file);
    if (file !== ':memory:') keeper = createLogKeeper(db, file);
  } catch (error) {
    db?.close();
    throw storeError(file, error);
  }
  return { ...createStore(db, file, () => keeper?.end(), keeper), damagedLog };
}

/** SQLite gives its further files the mode of this one. */
function createPrivately(file: string): void {
  if (file !== ':memory:') closeSync(openSync(file, 'a', PRIVATE_MODE));
}

/**
 * The database as it is now, whatever is written to it until the snapshot is closed; for reading only, on a connection of
 * its own.
 */
export function openSnapshot(store: Reader): Snapshot {
  const db = openForReading(store.file);
  return {
    ...createStore(db, store.file, holdLog(store.file)),
    async copyTo(file) {
      await db.backup(file);
    },
  };
}

/** To read through in pieces, whatever is written meanwhile on other connections: each statement sees one moment. */
export function openToVerify(file: string): Store {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    return createStore(db, file);
  } catch (error) {
    throw storeError(file, error);
  }
}

function openForReading(file: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.exec('BEGIN');
    // A transaction's view is fixed by its first read.
    db.prepare('SELECT 1 FROM queues LIMIT 1').get();
    return db;
  } catch (error) {
    db?.close();
    throw storeError(file, error);
  }
}

/**
 * Leaves every file as it is. Closing a connection that can write copies the log into the file, however damaged that is;
 * one that can't leaves an empty log behind where there was none, and makes an index where there was none.
 */
function checkInPlace(file: string): void {
  const hasLog = existsSync(file + LOG_SUFFIX);
  const copy = hasLog && !existsSync(file + INDEX_SUFFIX) ? copyStill(file) : undefined;
  try {
    const options = { readonly: hasLog && copy === undefined, timeout: BUSY_TIMEOUT_MS };
    const db = new Database(copy?.source ?? file, options);
    try {
      assertHealthy(db, file);
    } finally {
      db.close();
    }
  } finally {
    copy?.remove();
  }
}

/** `file` is what messages call it. @throws EngineError `store-damaged` */
export function assertHealthy(db: Database.Database, file: string): void {
  const verdict = pagesVerdict(db);
  if (verdict !== 'ok') throw damaged(file, verdict);
  assertSchema(db, file);
}

/** `onClose` is called once the connection is closed; `keeper`, of a connection that writes to a file, after each commit. */
export function createStore(
  db: Database.Database,
  file: string,
  onClose: () => void = () => undefined,
  keeper?: LogKeeper,
): Store {
  addSumFunctions(db);
  const statements = new Map<string, Database.Statement>();
  /** By table; few have rows of several shapes. */
  const inserts = new Map<string, Shape[]>();
  /** Transactions begun here that have not ended: what their statements do is kept an eye on when they do. */
  let open = 0;
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  /** Appends so many rows at once, each with these columns. */
  function inserting(table: string, columns: readonly string[], rows = 1): Database.Statement {
    let shapes = inserts.get(table);
    if (shapes === undefined) {
      shapes = [];
      inserts.set(table, shapes);
    }
    let shape = shapes.find((one) => isSame(one.columns, columns));
    if (shape === undefined) {
      shape = { columns: [...columns], byRows: new Map() };
      shapes.push(shape);
    }
    let statement = shape.byRows.get(rows);
    if (statement === undefined) {
      const row = `(${columns.map(() => '?').join()})`;
      statement = db.prepare(
        `INSERT INTO ${table} (${columns.join()}) VALUES ${Array(rows).fill(row).join()}`,
      );
      shape.byRows.set(rows, statement);
    }
    return statement;
  }
  /** Gives what SQLite says Regimen's own words. */
  function named<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw error instanceof Database.SqliteError ? storeError(file, error) : error;
    }
  }
  function writing<T>(work: () => T, runs = 1): T {
    if (open > 0) return named(work);
    if (!db.inTransaction) keeper?.makeRoom(runs);
    const result = named(work);
    if (!db.inTransaction) keeper?.committed(runs);
    return result;
  }
  return {
    file,
    raw: db,
    damagedLog: undefined,
    all<O>(query: Query<O>) {
      const { sql, parameters } = query.compile();
      return named(() => prepare(sql).all(...parameters) as O[]);
    },
    first<O>(query: Query<O>) {
      const { sql, parameters } = query.compile();
      return named(() => prepare(sql).get(...parameters) as O | undefined);
    },
    run(query) {
      const { sql, parameters } = query.compile();
      return writing(() => {
        const { lastInsertRowid, changes } = prepare(sql).run(...parameters);
        return { id: Number(lastInsertRowid), changes };
      });
    },
    insert(table, row) {
      const columns = Object.keys(row);
      const statement = inserting(table, columns);
      return writing(() => Number(statement.run(Object.values(row)).lastInsertRowid));
    },
    insertAll(table, rows, shared) {
      const [first] = rows;
      if (first === undefined) return;
      const columns = Object.keys(first);
      const begin = Object.values(shared ?? {});
      const all = [...Object.keys(shared ?? {}), ...columns];
      writing(() => {
        for (let from = 0; from < rows.length; ) {
          const count = batchOf(rows.length - from);
          const values: unknown[] = [];
          for (const row of rows.slice(from, from + count)) {
            const own = valuesOf(row, columns);
            if (own?.includes(undefined) !== false) throw unlike(table, columns, row);
            values.push(...begin, ...own);
          }
          inserting(table, all, count).run(values);
          from += count;
        }
      });
    },
    prepare,
    transaction: (work, runs) =>
      writing(() => {
        open++;
        try {
          return db.transaction(work).immediate();
        } finally {
          open--;
        }
      }, runs),
    reading(work) {
      if (db.inTransaction) {
        const message =
          'Expected to read what is permanent, found a transaction that may still be taken back.';
        throw new EngineError('internal', message);
      }
      return named(() => db.transaction(work).deferred());
    },
    putLogAway: () => keeper?.putAway(),
    close() {
      db.close();
      onClose();
    },
  };
}

/** What rows of a table that have the same columns are appended by. */
interface Shape {
  readonly columns: readonly string[];
  /** By how many rows they append. */
  readonly byRows: Map<number, Database.Statement>;
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** Rows that one statement appends at most: each saves its beginning and its end, and more parameters would have to be prepared. */
const MOST_AT_ONCE = 8;

/** Rows of the next statement, a power of two, so that few are ever prepared. */
const batchOf = (left: number) => Math.min(MOST_AT_ONCE, 2 ** Math.floor(Math.log2(left)));

/** In the order of these columns; undefined of a row that has other ones. */
function valuesOf(row: object, columns: readonly string[]): unknown[] | undefined {
  const names = Object.keys(row);
  if (names.length !== columns.length) return undefined;
  // Most rows name them in the same order: to look each up by its name takes several times as long.
  if (names.every((column, c) => column === columns[c])) return Object.values(row);
  const own = row as Readonly<Record<string, unknown>>;
  return columns.map((column) => own[column]);
}

function unlike(table: string, columns: readonly string[], row: object): EngineError {
  return new EngineError(
    'internal',
    `Expected rows of the table ${table} with the columns ${columns.join()}, found one with ${Object.keys(row).join()}. Insert it on its own.`,
  );
}
