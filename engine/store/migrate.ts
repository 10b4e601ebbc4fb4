import type { Database } from 'better-sqlite3';
import { EngineError } from '../contract/errors.ts';
import { noteSchema } from './lay-sums.ts';
import { addSumFunctions } from './row-sum.ts';

/** SQL, or what can't be said in it. Both run inside a transaction of their own. */
export type Migration = string | ((db: Database) => void);

/**
 * Brings the database to the newest version, one transaction per migration; SQLite's `user_version` is raised in
 * that same transaction, so schema and number can't disagree. (Kysely's migrator runs SQLite migrations outside a
 * transaction and keeps its record apart.)
 * Throws `store-newer` for a database from a newer Regimen, before anything is written.
 */
export function migrate(db: Database, migrations: readonly Migration[], file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new EngineError(
      'store-newer',
      `${file} has version ${version}; this Regimen knows versions up to ${migrations.length}. Update Regimen, or choose another workspace.`,
      { file, found: version, newestKnown: migrations.length },
    );
  }
  addSumFunctions(db);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      if (typeof migration === 'string') db.exec(migration);
      else migration(db);
      db.pragma(`user_version = ${index + 1}`);
      noteSchema(db);
    }).immediate();
  }
}
