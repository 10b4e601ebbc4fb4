import type Database from 'better-sqlite3';
import type { Store } from './database.ts';
import { damaged } from './errors.ts';
import { schemaSum, storedSchemaSum } from './lay-sums.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { rescueAdvice } from './rescue.ts';
import { type Damage, damageInSteps, damageText, findDamage } from './soundness.ts';

/**
 * Up to this size everything is looked through whenever a database is opened, about 0.3 ms a run. In a larger one rows are checked as
 * they are read, and all of it once a week and by `verify`.
 */
export const CHECKED_AT_OPENING_BYTES = 16 * 1024 * 1024;

/**
 * Up to this size each page is looked at whenever a database is opened, about half a second. In a larger one these tables, which grow with each
 * result, are left to the look at everything once a week, and to SQLite itself, which notices a damaged page when it comes to it.
 */
export const PAGES_CHECKED_BYTES = 256 * 1024 * 1024;
const GROWING: ReadonlySet<string> = new Set([
  'runs',
  'strategies',
  'audit',
  'cells',
  'configurations',
  'bases',
  'luck_cells',
  'sums',
  'links',
  'trials',
  'folds',
]);

/** `ok`, or what is wrong with pages that are looked at when a database is opened. */
export function pagesVerdict(db: Database.Database, most = PAGES_CHECKED_BYTES): string {
  if (bytesOf(db) <= most) return String(db.pragma('quick_check(1)', { simple: true }));
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all();
  for (const name of tables) {
    if (GROWING.has(name)) continue;
    const verdict = String(db.pragma(`quick_check(${name})`, { simple: true }));
    if (verdict !== 'ok') return verdict;
  }
  return 'ok';
}

function bytesOf(db: Database.Database): number {
  const pages = db.pragma('page_count', { simple: true }) as number;
  return pages * (db.pragma('page_size', { simple: true }) as number);
}

const isSmall = (db: Database.Database) => bytesOf(db) <= CHECKED_AT_OPENING_BYTES;

/**
 * Tables, indexes and triggers must be those that were made: what is read by wrong ones is wrong. Asked before any migration. Nothing
 * is said of a database from the future. @throws EngineError `store-damaged`
 */
export function assertSchema(db: Database.Database, file: string): void {
  if ((db.pragma('user_version', { simple: true }) as number) > MIGRATIONS.length) return;
  const wanted = storedSchemaSum(db);
  if (wanted !== undefined && wanted !== schemaSum(db)) {
    throw damaged(file, 'its tables are not described as they were made');
  }
}

/** Whether a database is small, and all that the quick check and `renewIndexes` look for is as it should be: in one look instead of two. */
export function isWholeWithIndexes(db: Database.Database): boolean {
  return isSmall(db) && db.pragma('integrity_check(1)', { simple: true }) === 'ok';
}

/**
 * Makes the indexes of a small database anew where they don't say what the tables say: nothing is lost by that. The tables' own order
 * is checked elsewhere. @throws EngineError `store-damaged`
 */
export function renewIndexes(db: Database.Database, file: string): void {
  if (!isSmall(db)) return;
  const verdict = () => String(db.pragma('integrity_check(1)', { simple: true }));
  if (verdict() === 'ok') return;
  try {
    db.exec('REINDEX');
  } catch {
    // Rows that are damaged may have the same key; they are found by their checksums.
    return;
  }
  const found = verdict();
  // What a column may hold is a matter of checksums, too.
  if (found !== 'ok' && !/value in|NULL value|CHECK constraint/.test(found)) throw damaged(file, found);
}

export interface DatabaseProblem {
  readonly message: string;
  /** Number of the run that it is about; null where it is about none. */
  readonly run: number | null;
  /** The rows that it is about; null for what is wrong with the file itself. */
  readonly damage: Damage | null;
}

/** Everything that is wrong with a database; `pause` is awaited between two pieces. */
export async function databaseProblems(
  { raw }: Pick<Store, 'raw'>,
  pause: () => Promise<void>,
): Promise<DatabaseProblem[]> {
  const problems: DatabaseProblem[] = [];
  for (const check of integrityChecks(raw)) {
    const verdicts = raw.prepare<[], string>(`PRAGMA main.integrity_check(${check})`).pluck().all();
    problems.push(
      ...verdicts.filter((v) => v !== 'ok').map((message) => ({ message, run: null, damage: null })),
    );
    await pause();
  }
  for (const damage of damageInSteps(raw)) {
    await pause();
    if (damage === null) continue;
    problems.push({
      message: `${damageText(damage)} is not what was written`,
      run: runOf(damage),
      damage,
    });
  }
  return problems;
}

/** A small database is checked as a whole, its free pages included; a large one table by table. */
function integrityChecks(raw: Database.Database): readonly (string | number)[] {
  if (isSmall(raw)) return [20];
  return raw.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
}

/** A champion's owner ends with its run. */
function runOf({ kind, owner }: Damage): number | null {
  if (kind === 'champions') return Number(String(owner).split(' ').at(-1));
  return OF_RUNS.has(kind) ? Number(owner) : null;
}

/** Kinds whose owner is a run. */
const OF_RUNS: ReadonlySet<string> = new Set(['runs', 'run_states', 'strategies', 'audit']);

/** What somebody who looks at a workspace should know of its database: what is not as it was written. */
export function damageNotes({ raw, file }: Pick<Store, 'raw' | 'file'>): string[] {
  if (!isSmall(raw)) return [];
  const found = findDamage(raw);
  if (found.length === 0) return [];
  const list = found.slice(0, LISTED).map(damageText).join('; ');
  const more = found.length > LISTED ? ` and ${found.length - LISTED} more` : '';
  return [
    `The database ${file} is not what was written: ${list}${more}. A disk or another program changed it. Figures made of that may be wrong, and nothing is decided by it; all else can be used. "verify" says what it can be had from. ${rescueAdvice(file)}`,
  ];
}

const LISTED = 5;
