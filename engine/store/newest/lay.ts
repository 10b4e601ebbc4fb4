import type { Database } from 'better-sqlite3';
import { layTriggers, noteSchema } from '../lay-sums.ts';
import { addSumFunctions } from '../row-sum.ts';
import { INDEXES } from './indexes.ts';
import { TABLES } from './tables.ts';
import { TRIGGERS } from './triggers.ts';
import { VERSION } from './version.ts';

/**
 * Makes all that a new database has in one transaction: what the migrations up to `VERSION` bring it to when they run one after the
 * other, for which they take half a second. A database that has anything already is left to them, as is whatever came after.
 */
export function layNewest(db: Database): void {
  addSumFunctions(db);
  if (!isNew(db)) return;
  db.transaction(() => {
    // Two processes may have found it new; one of them was first.
    if (!isNew(db)) return;
    db.exec(TABLES);
    db.exec(INDEXES);
    db.exec(TRIGGERS);
    layTriggers(db);
    db.exec(WORKSPACE);
    db.pragma(`user_version = ${VERSION}`);
    noteSchema(db);
  }).immediate();
}

/** The only row that a new database has: an id of its own, and that it never began to train. */
const WORKSPACE = 'INSERT INTO workspace (one, id, generation) VALUES (1, lower(hex(randomblob(16))), 0)';

function isNew(db: Database): boolean {
  return (
    db.pragma('user_version', { simple: true }) === 0 &&
    db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
  );
}
