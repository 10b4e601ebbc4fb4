import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUN_FIGURES } from '../../contract/run-figures.ts';
import { ARCHIVED_VERSIONS, type FirstRelease, unpackFirstRelease } from '../../testing/first-release.ts';
import { COLUMN_OF, HOLDOUT_COLUMN_OF } from '../figure-columns.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from './index.ts';

/** Each migration over rows that the version before wrote: none is lost, and each changes what it says and no more. */

type Row = Readonly<Record<string, unknown>>;
/** All rows by table, in the order of their keys. */
type Rows = Readonly<Record<string, readonly Row[]>>;

const inTable =
  (table: string, change: (row: Row) => Row) =>
  (rows: Rows): Rows => ({ ...rows, [table]: rows[table]!.map(change) });

/** What a migration makes of the rows that it finds, by the version that it brings. */
const CHANGES: Readonly<Record<number, (before: Rows) => Rows>> = {
  2: (before) => ({ ...inTable('runs', (run) => ({ ...run, tries: null }))(before), tries: [] }),
  3: inTable('queues', (queue) => ({ ...queue, retrain: 0 })),
  4: inTable('runs', ({ artefact_file, artefact_bytes, ...run }) => ({
    ...run,
    artifact_file: artefact_file,
    artifact_bytes: artefact_bytes,
  })),
  // A state more may come, and none has.
  5: (before) => before,
  // Of cells that were never trained, too: their queues' grids tell them.
  6: (before) => ({
    ...inTable('cells', (cell) => ({ ...cell, as_of: null }))(before),
    configurations: configurationsOf(before),
  }),
  7: (before) => ({ ...before, former_candles: [] }),
  8: (before) => ({
    ...before,
    strategies: ranked(before.strategies!).map((row) => ({ ...withNewFigures(row), rank: row.rank })),
    champions: before.champions!.map((row) => ({ ...withNewFigures(row), stale: null })),
    audit: before.audit!.map((row) => ({ ...row, old_stored_score: row.old_score })),
  }),
  9: (before) =>
    inTable('queues', ({ kept: _kept, deleted: _deleted, ...queue }) => ({
      ...queue,
      enqueued: 0,
      crowned: crownedOf(queue.id, before),
    }))(before),
  10: (before) => ({
    ...before,
    workspace: [{ one: 1, id: expect.stringMatching(/^[0-9a-f]{32}$/), generation: 0 }],
  }),
  11: (before) => inTable('runs', (run) => ({ ...run, ...bestFigures(run.id, before, isFirst) }))(before),
  12: (before) => ({
    ...before,
    champions: before.champions!.map((row) => ({ ...row, basis: null })),
    runs: before.runs!.map((row) => ({ ...row, training_key: null, evaluation_keys: null })),
  }),
  // What they are has its own tests.
  13: (before) => ({ ...before, sums: expect.any(Array), links: expect.any(Array) }),
  14: (before) => ({
    ...before,
    queues: before.queues!.map((row) => ({ ...row, kind: 'grid' })),
    cells: before.cells!.map((row) => ({ ...row, error: null })),
    runs: before.runs!.map((row) => ({ ...row, selection: null })),
    audit: before.audit!.map((row) => ({ ...row, old_score_error: null, new_score_error: null })),
    // Of those rows, as they are since.
    sums: expect.any(Array),
  }),
  // What was tried before is not counted, and is known as such.
  15: (before) => ({
    ...before,
    champions: before.champions!.map((row) => ({
      ...row,
      luck_score: null,
      skewness: null,
      kurtosis: null,
    })),
    luck_maxima: [],
    luck_windows: [],
    luck_cells: expect.toSatisfy((cells: readonly Row[]) => {
      const trained = before.runs!.filter((run) => run.status === 'completed');
      const scopes = 1 + before.regimes!.length;
      return cells.length === trained.length * scopes && cells.every((row) => row.counted === 0);
    }),
    sums: expect.any(Array),
  }),
  16: ({ tries: _tries, ...before }) => ({ ...before, sums: expect.any(Array) }),
  17: (before) => ({ ...before, robustness: [], sums: expect.any(Array) }),
  18: (before) => ({ ...before, looks: [], sums: expect.any(Array) }),
  19: (before) => ({
    ...before,
    validations: [],
    validation_folds: [],
    folds: [],
    sums: expect.any(Array),
  }),
  // A trigger became another, and with it the sum of the schema.
  20: (before) => ({ ...before, sums: expect.any(Array) }),
  21: (before) => ({ ...before, refits: [], sums: expect.any(Array) }),
  22: (before) => ({
    ...inTable('runs', (run) => ({ ...run, left_out: null }))(before),
    sums: expect.any(Array),
  }),
  23: (before) => ({ ...before, trials: [], sums: expect.any(Array) }),
  24: (before) => ({
    ...inTable('queues', (queue) => ({ ...queue, peak_memory: null }))(before),
    sums: expect.any(Array),
  }),
  25: (before) => ({ ...before, versions: [], aliases: [], journal: [], sums: expect.any(Array) }),
  26: (before) => ({ ...before, series_changes: [], sums: expect.any(Array) }),
  27: (before) => ({ ...before, tokens: [], submissions: [], trainings: [], sums: expect.any(Array) }),
  // What trainings came to has its own test.
  28: (before) => ({ ...before, sums: expect.any(Array) }),
  29: (before) => ({
    ...before,
    watched_folders: [],
    watched_files: [],
    file_readings: [],
    sums: expect.any(Array),
  }),
  30: (before) => ({ ...before, schedules: [], sums: expect.any(Array) }),
  31: (before) => ({ ...before, tracking: [], tracked: [], sums: expect.any(Array) }),
  32: (before) => ({ ...before, survival_models: [], survival_journal: [], sums: expect.any(Array) }),
  41: (before) => ({ ...before, views: [], sums: expect.any(Array) }),
  42: (before) => ({ ...before, bases: [], sums: expect.any(Array) }),
  39: (before) => ({
    ...inTable('runs', (run) => ({ ...run, ...bestFigures(run.id, before, (name) => !isFirst(name)) }))(
      before,
    ),
    sums: expect.any(Array),
  }),
  // An index alone.
  38: (before) => ({ ...before, sums: expect.any(Array) }),
  // Only triggers change, and an index comes.
  40: (before) => ({ ...before, sums: expect.any(Array) }),
  43: (before) => ({ ...before, sums: expect.any(Array) }),
  44: (before) => ({ ...before, sums: expect.any(Array) }),
  45: (before) => ({ ...before, run_changes: [], sums: expect.any(Array) }),
  // The same rows in another order.
  49: (before) => ({ ...before, sums: expect.any(Array) }),
  48: (before) => ({ ...before, decision_answers: [], sums: expect.any(Array) }),
  47: (before) => ({ ...before, audit_changes: [], sums: expect.any(Array) }),
  // Indexes go.
  46: (before) => ({ ...before, sums: expect.any(Array) }),
  37: (before) => ({ ...before, marks: [], sums: expect.any(Array) }),
  36: (before) => ({ ...before, broker_trades: [], sums: expect.any(Array) }),
  35: (before) => ({
    ...before,
    alert_targets: [],
    alerts: [],
    alert_states: [],
    sums: expect.any(Array),
  }),
  34: (before) => ({ ...before, forward_tests: [], forward_bars: [], sums: expect.any(Array) }),
  33: (before) => ({ ...before, arrivals: [], sums: expect.any(Array) }),
};

/** Of a run's first strategy by rank; nothing where it has none. */
function bestFigures(run: unknown, { strategies }: Rows, has: (name: string) => boolean): Row {
  const best = strategies!.find((row) => row.run_id === run && row.rank === 1);
  return Object.fromEntries(
    Object.values(RUN_FIGURES)
      .filter(({ name }) => has(name))
      .map(({ name }) => [`best_${name}`, best?.[name] ?? null]),
  );
}

const LATER = ['expectancy', 'total_return'];
const isFirst = (name: string) => !LATER.includes(name);

/** Each that anything names, once, with the digest that is its name. */
function configurationsOf({ cells, runs }: Rows): Row[] {
  const hashes = new Set([...cells!, ...runs!].map((row) => String(row.config_hash)));
  return [...hashes].sort().map((hash) => ({ config_hash: hash, configuration: hash }));
}

/** Figures of the first release as they are since, without those of no trade, which were 0; the others were not counted. */
function withNewFigures(row: Row): Row {
  const ofTrades = (columns: readonly string[], trades: unknown) =>
    Object.fromEntries(columns.map((column) => [column, trades === 0 ? null : row[column]]));
  const old = ['sharpe', 'max_drawdown', 'win_rate', 'profit_factor', 'total_return'];
  const oldHoldout = ['holdout_sharpe', 'holdout_max_drawdown', 'holdout_win_rate'];
  const names = [...Object.values(COLUMN_OF), ...Object.values(HOLDOUT_COLUMN_OF)];
  return {
    ...Object.fromEntries(names.map((column) => [column, null])),
    ...row,
    ...ofTrades(old, row.trades),
    ...ofTrades(oldHoldout, row.holdout_trades),
  };
}

/** A run's strategies, of which no more than ten had a row before, but for champions. */
function ranked(strategies: readonly Row[]): readonly (Row & { readonly rank: number | null })[] {
  return strategies.map((row) => {
    const better = strategies.filter(
      (other) =>
        other.run_id === row.run_id &&
        ((other.sharpe as number) > (row.sharpe as number) ||
          (other.sharpe === row.sharpe && (other.strategy_index as number) < (row.strategy_index as number))),
    );
    return { ...row, rank: better.length < 10 ? better.length + 1 : null };
  });
}

/** Runs of a queue that became champions, by the audit. */
function crownedOf(queue: unknown, { cells, audit }: Rows): number {
  const trained = new Set(
    cells!.flatMap((cell) => (cell.queue_id === queue && cell.state === 'completed' ? [cell.run_id] : [])),
  );
  const crowned = audit!.filter(({ decision, run_id }) => decision === 'champion' && trained.has(run_id));
  return new Set(crowned.map(({ run_id }) => run_id)).size;
}

let release: FirstRelease;
beforeEach(() => {
  release = unpackFirstRelease();
});
afterEach(() => release.remove());

/** A copy of the newest database that code of at most this version wrote, brought to the version. */
function databaseOf(version: number): Database.Database {
  const archived = ARCHIVED_VERSIONS.findLast((known) => known <= version)!;
  const file = join(release.root, 'copy.db');
  cpSync(release.database(archived), file);
  const db = new Database(file);
  expect(versionOf(db)).toBe(archived);
  migrate(db, MIGRATIONS.slice(0, version), file);
  return db;
}

const versionOf = (db: Database.Database) => db.pragma('user_version', { simple: true });

function tablesOf(db: Database.Database): string[] {
  return db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
}

function rowsOf(db: Database.Database): Rows {
  return Object.fromEntries(
    tablesOf(db).map((table) => {
      const columns = db.pragma(`table_info(${table})`) as { name: string; pk: number }[];
      const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
      const order = key.length === 0 ? 'rowid' : key.map(({ name }) => name).join();
      const rows = db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${order}`).all();
      return [table, rows.map(comparable)];
    }),
  );
}

/** Blobs and whole configurations by their digest: a difference is read more easily than thousands of bytes. */
function comparable(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      Buffer.isBuffer(value) || column === 'configuration'
        ? createHash('sha256')
            .update(value as string | Buffer)
            .digest('hex')
        : value,
    ]),
  );
}

const schemaOf = (db: Database.Database) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

describe.each(MIGRATIONS.map((_, i) => i + 1).slice(1))('migration %d', (version) => {
  it('keeps each row of the version before, and changes what it says', () => {
    const change = CHANGES[version];
    expect(change, `CHANGES says what migration ${version} does to rows`).toBeDefined();
    const db = databaseOf(version - 1);
    const before = rowsOf(db);
    for (const table of [
      'runs',
      'strategies',
      'champions',
      'audit',
      'queues',
      'cells',
      'series',
      'regimes',
    ]) {
      expect(before[table]!.length).toBeGreaterThan(0);
    }
    migrate(db, MIGRATIONS.slice(0, version), 'copy.db');
    expect(versionOf(db)).toBe(version);
    expect(rowsOf(db)).toEqual(change!(before));
    db.close();
  });
});

describe.each(ARCHIVED_VERSIONS)('a database of version %d', (version) => {
  it('is whole in the newest version, and has the tables and indexes of a new one', () => {
    const db = databaseOf(version);
    const before = rowsOf(db);
    migrate(db, MIGRATIONS, 'copy.db');
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const fresh = new Database(':memory:');
    migrate(fresh, MIGRATIONS, ':memory:');
    expect(schemaOf(db)).toEqual(schemaOf(fresh));
    const after = rowsOf(db);
    const { tries: _gone, ...kept } = before;
    for (const [table, rows] of Object.entries(kept)) expect(after[table]).toHaveLength(rows.length);
    fresh.close();
    db.close();
  });
});
