import Database from 'better-sqlite3';
import { addSumFunctions } from '../row-sum.ts';

/** A database to be changed past the store: its checksums follow. */
export function rawDatabase(file: string): Database.Database {
  const db = new Database(file);
  addSumFunctions(db);
  return db;
}
