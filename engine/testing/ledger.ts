import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

type Row = Record<string, unknown>;

/** Columns that tell of time, or number rows; runs are named by their UUID instead. */
const ASIDE = new Set([
  'id',
  'queue_id',
  'run_id',
  'old_run_id',
  'created_at',
  'achieved_at',
  'at',
  'seconds',
  'computed_at',
  'ended_at',
]);

type LedgerTable =
  | 'queues'
  | 'cells'
  | 'runs'
  | 'strategies'
  | 'champions'
  | 'audit'
  | 'validations'
  | 'validation_folds'
  | 'folds'
  | 'refits'
  | 'trials';

/**
 * What a workspace's database has come to, times and ids aside: two queues that trained the same must agree in it. Rows
 * stand in the order in which they were written.
 */
export function ledgerOf(workspace: string): Record<LedgerTable, Row[]> {
  const db = new Database(join(workspace, 'regimen.db'), { readonly: true });
  try {
    const uuid = (id: string) => `(SELECT uuid FROM runs WHERE id = ${id})`;
    const tables: Record<LedgerTable, string> = {
      queues:
        'SELECT name, kind, state, message, priority, spec, total, crowned, owner FROM queues ORDER BY id',
      cells: `SELECT c.*, ${uuid('c.run_id')} AS run FROM cells c ORDER BY queue_id, cell_index`,
      runs: 'SELECT * FROM runs ORDER BY id',
      strategies: `SELECT s.*, ${uuid('s.run_id')} AS run FROM strategies s ORDER BY run_id, strategy_index`,
      champions: `SELECT c.*, ${uuid('c.run_id')} AS run FROM champions c ORDER BY symbol, timeframe, regime, run_id`,
      validations: 'SELECT * FROM validations ORDER BY queue_id, position',
      validation_folds: 'SELECT * FROM validation_folds ORDER BY validation_id, fold_index',
      folds: 'SELECT * FROM folds ORDER BY id',
      refits: 'SELECT * FROM refits ORDER BY validation_id',
      trials: 'SELECT * FROM trials ORDER BY queue_id, study, trial',
      audit: `SELECT a.*, ${uuid('a.run_id')} AS run, ${uuid('a.old_run_id')} AS old_run FROM audit a ORDER BY id`,
    };
    return Object.fromEntries(
      Object.entries(tables).map(([name, query]) => [
        name,
        (db.prepare(query).all() as Row[]).map(comparable),
      ]),
    ) as Record<LedgerTable, Row[]>;
  } finally {
    db.close();
  }
}

function comparable(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !ASIDE.has(column))
      .map(([column, value]) => [column, Buffer.isBuffer(value) ? digest(value) : value]),
  );
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What must be true of a workspace at every instant, a kill included; the broken rules, in words. */
export function brokenPromises(workspace: string, files: readonly string[]): string[] {
  // Not read-only: after a kill, the log of the last writes is to be played back.
  const db = new Database(join(workspace, 'regimen.db'));
  try {
    const broken: string[] = [];
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') broken.push(`integrity check: ${String(integrity)}`);
    const foreign = db.pragma('foreign_key_check') as Row[];
    if (foreign.length > 0) broken.push(`${foreign.length} rows refer to rows that are not there`);
    const twice = db.prepare('SELECT run_key FROM runs GROUP BY run_key HAVING count(*) > 1').all() as {
      run_key: string;
    }[];
    for (const { run_key } of twice) broken.push(`run key ${run_key} has two results`);
    const loose = db
      .prepare(
        "SELECT count(*) FROM runs WHERE id NOT IN (SELECT run_id FROM cells WHERE state = 'completed' AND run_id IS NOT NULL)",
      )
      .pluck()
      .get() as number;
    if (loose > 0) broken.push(`${loose} runs without the progress of their queue`);
    const unexplained = db
      .prepare(
        "SELECT count(*) FROM runs WHERE status = 'completed' AND id NOT IN (SELECT run_id FROM audit)",
      )
      .pluck()
      .get() as number;
    if (unexplained > 0) broken.push(`${unexplained} runs without an audit row`);
    const kept = db
      .prepare('SELECT artifact_file FROM runs WHERE artifact_file IS NOT NULL')
      .pluck()
      .all() as string[];
    const refits = db.prepare('SELECT artifact_file FROM refits WHERE artifact_file IS NOT NULL').pluck();
    kept.push(...(refits.all() as string[]));
    for (const name of kept) if (!files.includes(name)) broken.push(`${name} is kept, but not there`);
    return broken;
  } finally {
    db.close();
  }
}
