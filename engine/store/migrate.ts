import type { Database } from 'better-sqlite3';
import { EngineError } from '../contract/errors.ts';

/**
 * Brings the database to the newest version, one transaction per migration; SQLite's `user_version` is raised in
 * that same transaction, so schema and number can't disagree. (Kysely's migrator runs SQLite migrations outside a
 * transaction and keeps its record apart.)
 * Throws `store-newer` for a database from a newer Regimen, before anything is written.
 */
export function migrate(db: Database, migrations: readonly string[], file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new EngineError(
      'store-newer',
      `${file} has version ${version}; this Regimen knows versions up to ${migrations.length}. Update Regimen, or choose another workspace.`,
      { file, found: version, newestKnown: migrations.length },
    );
  }
  for (let next = version + 1; next <= migrations.length; next++) {
    db.transaction(() => {
      db.exec(migrations[next - 1]!);
      db.pragma(`user_version = ${next}`);
    }).immediate();
  }
}
