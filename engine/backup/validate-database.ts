import Database from 'better-sqlite3';
import { EngineError } from '../contract/errors.ts';
import { migrate } from '../store/migrate.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { schemaDifferences } from '../store/schema-check.ts';
import { DATABASE, damagedBackup, damagedBackupIn } from './manifest.ts';

/** Columns whose text is JSON, by table; of today's schema. */
const JSON_COLUMNS = {
  series: ['quality'],
  former_candles: ['views'],
  series_changes: ['series', 'former'],
  queues: ['spec', 'owner'],
  configurations: ['configuration'],
  runs: ['indicator_timeframes', 'hyperparameters', 'error', 'basis', 'importance', 'left_out', 'tries'],
  bases: ['basis'],
  regimes: ['definition'],
  versions: ['manifest'],
  journal: ['skipped', 'gate'],
  forward_tests: ['promise'],
  alert_targets: ['options'],
  alerts: ['alert'],
  marks: ['tags'],
  watched_folders: ['options', 'owner'],
  watched_files: ['series'],
  file_readings: ['reading'],
} as const;

/**
 * Opens a backup's unpacked database once nothing in it can do harm: it has the tables of its version and no others, no trigger and no
 * view; it is intact; no row refers to one that is not there. It is brought to today's version. The caller closes it. `file`: the backup,
 * for messages.
 * @throws EngineError `artifact-damaged`, `store-newer`
 */
export function openUnpackedDatabase(file: string, path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { fileMustExist: true });
    // What a schema may call while it is read.
    db.pragma('trusted_schema = OFF');
    assertVersion(db, file);
    assertIntact(db, file);
    migrate(db, MIGRATIONS, path);
    assertJson(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof EngineError) throw error;
    throw damagedBackup(file, `its database is damaged (${(error as Error).message})`, error);
  }
}

function assertVersion(db: Database.Database, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > MIGRATIONS.length) {
    throw new EngineError(
      'store-newer',
      `The database in ${file} has version ${version}; this Regimen knows versions up to ${MIGRATIONS.length}. Update Regimen to restore it.`,
      { file },
    );
  }
  if (version < 1) throw damagedBackup(file, 'its database is none that Regimen made: it has no version');
  const differences = schemaDifferences(db, version);
  if (differences.length === 0) return;
  throw damagedBackupIn(
    file,
    differences.map((difference) => ({ path: DATABASE, message: `it ${difference}` })),
  );
}

function assertIntact(db: Database.Database, file: string): void {
  const verdict: unknown = db.pragma('integrity_check(1)', { simple: true });
  if (verdict !== 'ok') throw damagedBackup(file, `its database is damaged (${String(verdict)})`);
  const loose = db.prepare('SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1').get() as
    | { table: string; parent: string }
    | undefined;
  if (loose === undefined) return;
  throw damagedBackup(
    file,
    `its database is damaged (a row of ${loose.table} refers to one of ${loose.parent} that is not there)`,
  );
}

/** Where the text of a column may be instead. */
const ELSEWHERE: Readonly<Record<string, string>> = { basis: 'AND basis NOT IN (SELECT digest FROM bases)' };

function assertJson(db: Database.Database, file: string): void {
  for (const [table, columns] of Object.entries(JSON_COLUMNS)) {
    for (const column of columns) {
      const bad = db
        .prepare(
          `SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL AND NOT json_valid(${column}) ${ELSEWHERE[column] ?? ''}`,
        )
        .pluck()
        .get() as number;
      if (bad === 0) continue;
      throw damagedBackup(
        file,
        `its database is damaged (${bad} rows of ${table} have no JSON in ${column})`,
      );
    }
  }
}
