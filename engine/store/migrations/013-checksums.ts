import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** Checksums over what rows hold: figures and decisions are read from nothing that a disk has changed. See docs/decisions/checksums.md. */
export function checksums(db: Database): void {
  laySums(db);
}
