import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { demoMarket } from '../engine/market/demo-market.ts';
import { writeCandleFile } from '../engine/market/series/candle-file.ts';
import { openStore } from '../engine/store/database.ts';
import { allSeries, saveSeries } from '../engine/store/series.ts';
import { shrinkRuns } from '../engine/store/shrink.ts';
import { rawDatabase } from '../engine/store/testing/raw-database.ts';

/** Makes of a workspace with a trained grid one as a year of nights leaves it: its own rows, again and again, under other names and dates. */

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** After so many days a run that was not kept is shrunk; see storage.full_results_days. */
const FULL_DAYS = 90;
/** Runs a transaction. */
const PIECE = 2000;
const MINUTE_MS = 60_000;
const CACHE_KB = 4_000_000;

export interface YearSize {
  readonly runs: number;
  readonly series: number;
  readonly minuteBars: number;
  readonly artifactBytes: number;
}

/** What a year of this many runs has, as a million has it. */
export function yearOf(runs: number): YearSize {
  return {
    runs,
    series: Math.max(2, Math.round((200 * runs) / 1_000_000)),
    minuteBars: 10 * runs,
    artifactBytes: 5000 * runs,
  };
}

/** Series and model files; sparse, since nothing reads what is in the latter. */
export function fillFolders(workspace: string, { series, minuteBars, artifactBytes }: YearSize): void {
  const store = openStore(join(workspace, 'regimen.db'));
  const candles = join(workspace, 'candles');
  const demo = demoMarket()[0]!;
  const row = allSeries(store).find(({ symbol }) => symbol === demo.symbol)!;
  const save = (one: typeof demo) => {
    const { file, digest } = writeCandleFile(candles, one);
    const [first_time, last_time] = [one.time[0]!, one.time[one.length - 1]!];
    const { symbol, timeframe, length: bars } = one;
    saveSeries(store, { ...row, symbol, timeframe, bars, first_time, last_time, digest, file });
  };
  for (let i = 0; i < series; i++) save({ ...demo, symbol: `S${String(i).padStart(3, '0')}USD` });
  const column = (of: (i: number) => number) => Float64Array.from({ length: minuteBars }, (_, i) => of(i));
  const price = (i: number) => 1 + Math.sin(i / 5000) / 10;
  const start = demo.time[demo.length - 1]! - minuteBars * MINUTE_MS;
  save({
    ...demo,
    symbol: 'MINUTES',
    timeframe: 'M1',
    length: minuteBars,
    time: column((i) => start + i * MINUTE_MS),
    open: column(price),
    high: column((i) => price(i) + 0.001),
    low: column((i) => price(i) - 0.001),
    close: column((i) => price(i + 1)),
    volume: column(() => 1),
    ...(demo.spread !== undefined && { spread: column(() => 0.0001) }),
  });
  store.close();
  const folder = join(workspace, 'artifacts');
  mkdirSync(folder, { recursive: true });
  const FILES = 100;
  for (let i = 0; i < FILES; i++) {
    const path = join(folder, `ridge_EURUSD_H1_${`${i}`.padStart(8, '0')}-0000-8000-8000-000000000000.model`);
    writeFileSync(path, '');
    truncateSync(path, Math.round(artifactBytes / FILES));
  }
}

/**
 * Copies the runs that there are, with strategies, decisions, cells and what luck keeps of them, until there are `count`, evenly over a year;
 * those older than 90 days as they are after a cleanup.
 */
export function fillRuns(workspace: string, count: number, now: number): void {
  const file = join(workspace, 'regimen.db');
  const own = rawDatabase(file);
  const whole = own.prepare('SELECT count(*) FROM runs').pluck().get() as number;
  // One of each scope, while there are few and they are whole: to look for them with every run would take longer with each.
  const luck = own.prepare('SELECT * FROM luck_cells GROUP BY symbol, timeframe, regime').all();
  const copy = copierOf(own, luck);
  // The same once more, as what shrank is copied from.
  own.transaction(() => {
    for (let id = 1; id <= whole; id++) copy(whole + id, id, now - YEAR_DAYS * DAY_MS);
  })();
  own.close();
  const store = openStore(file);
  for (const _ of shrinkRuns(store, now - FULL_DAYS * DAY_MS));
  store.close();

  const db = rawDatabase(file);
  // Whoever is killed here begins again.
  db.pragma('synchronous = OFF');
  // All indexes at once: their entries go to random places, and each page would be read and written again for nearly each run.
  db.pragma(`cache_size = -${CACHE_KB}`);
  const nights = nightsOf(db, count);
  const copyRun = copierOf(db, luck);
  for (let from = 2 * whole + 1; from <= count; from += PIECE) {
    db.transaction(() => {
      for (let id = from; id < Math.min(from + PIECE, count + 1); id++) {
        const age = (1 - id / count) * YEAR_DAYS;
        const template = 1 + (id % whole) + (age > FULL_DAYS ? whole : 0);
        copyRun(id, template, now - age * DAY_MS, nights(id));
      }
    })();
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** A job for each night of the year, as the first one. @returns the job of a run */
function nightsOf(db: Database, count: number): (id: number) => number {
  const first = db.prepare('SELECT min(id) FROM queues').pluck().get() as number;
  const copy = inserted(db, 'queues', { id: '@id' });
  const nights = Array.from({ length: YEAR_DAYS }, () => {
    const id = (db.prepare('SELECT max(id) + 1 FROM queues').pluck().get() as number) ?? 1;
    copy.run({ id, from: first });
    return id;
  });
  return (id) => nights[Math.min(YEAR_DAYS - 1, Math.floor((id / count) * YEAR_DAYS))]!;
}

/** Copies one run to another number. `luckCells`: what luck knows of a cell, one row of each scope. */
function copierOf(db: Database, luckCells: readonly unknown[]) {
  db.exec('CREATE TEMP TABLE luck_template AS SELECT * FROM luck_cells LIMIT 0');
  const put = db.prepare(
    `INSERT INTO temp.luck_template VALUES (${(db.pragma('table_info(luck_cells)') as { name: string }[]).map(({ name }) => `@${name}`).join()})`,
  );
  for (const row of luckCells) put.run(row);
  // As spread as keys and UUIDs are: each goes to another place of its index.
  db.function('spread', { deterministic: true }, (id) => createHash('sha256').update(`${id}`).digest('hex'));
  const hex = (id: string) => `spread(${id})`;
  const runs = inserted(db, 'runs', {
    id: '@id',
    uuid: "substr(spread(@id), 1, 8) || '-0000-8000-8000-' || substr(spread(@id), 9, 12)",
    run_key: hex('@id'),
    config_hash: hex('@id % 20000'),
    kept: '0',
    artifact_file: 'NULL',
    created_at: 'CAST(@at AS INTEGER)',
  });
  const strategies = inserted(db, 'strategies', { run_id: '@id' }, 'run_id');
  const audit = inserted(
    db,
    'audit',
    { id: 'NULL', run_id: '@id', at: 'CAST(@at AS INTEGER)', decision: "'rejected'" },
    'run_id',
  );
  const configurations = db.prepare(
    `INSERT OR IGNORE INTO configurations SELECT ${hex('@id % 20000')}, configuration FROM configurations
     WHERE config_hash = (SELECT config_hash FROM runs WHERE id = @from)`,
  );
  const luck = db.prepare(
    `INSERT OR IGNORE INTO luck_cells (symbol, timeframe, regime, key, counted, window, count, sharpe_sum, sharpe_squares, varying, sums, sample)
     SELECT symbol, timeframe, regime, substr(unhex(${hex('@id')}), 17, 16), counted, iif(@old, NULL, window), iif(@old, 0, count),
       iif(@old, 0, sharpe_sum), iif(@old, 0, sharpe_squares), iif(@old, 0, varying), iif(@old, NULL, sums), NULL
     FROM temp.luck_template WHERE (symbol, timeframe) IN (SELECT symbol, timeframe FROM runs WHERE id = @from)`,
  );
  const cells = inserted(
    db,
    'cells',
    {
      queue_id: 'coalesce(@job, queue_id)',
      cell_index: '@id',
      run_id: '@id',
      run_key: hex('@id'),
      config_hash: hex('@id % 20000'),
    },
    'run_id',
  );
  const statements = [configurations, runs, strategies, audit, luck, cells];
  return (id: number, from: number, at: number, job: number | null = null) => {
    const old = Date.now() - at > FULL_DAYS * DAY_MS ? 1 : 0;
    for (const statement of statements) statement.run({ id, from, at, old, job });
  };
}

/** A statement that copies the rows of a run; columns that are named get what is said here. */
function inserted(db: Database, table: string, changes: Readonly<Record<string, string>>, key = 'id') {
  const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const values = columns.map((name) => changes[name] ?? name);
  const names = columns.join(', ');
  return db.prepare(
    `INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM ${table} WHERE ${key} = @from`,
  );
}
