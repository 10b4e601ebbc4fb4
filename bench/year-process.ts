import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine, type Engine } from '../engine/app.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';
import { openStore } from '../engine/store/database.ts';
import { rawDatabase } from '../engine/store/testing/raw-database.ts';
import { unpackFirstRelease } from '../engine/testing/first-release.ts';
import { fillFolders, fillRuns, yearOf } from './fill-year.ts';
import { newDays } from './new-days.ts';
import { median } from './subject.ts';
import { PAGES, PLACES } from './year-places.ts';

/**
 * A year of nightly use, in a process of its own: `fill WORKSPACE RUNS` makes the workspace, `sizes WORKSPACE` says how large it is, `look WORKSPACE` measures what its user does there,
 * `migrate RUNS` how long a database of the first release takes to be of today. Each prints one JSON document.
 */

const TIMES = 5;

async function ms(work: () => unknown): Promise<number> {
  return (await timed(work)).clock;
}

/** Milliseconds by the clock, and of the processor, of the host's own thread. */
interface Timed {
  readonly clock: number;
  readonly processor: number;
}

async function timed(work: () => unknown): Promise<Timed> {
  const [start, before] = [performance.now(), process.threadCpuUsage()];
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return { clock: performance.now() - start, processor: (user + system) / 1000 };
}

const GRID: GridSpecInput = {
  name: 'Year',
  model_types: ['ridge', 'lasso', 'elasticnet', 'linear_regression'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
  timeframes: ['H1', 'H4'],
  days_history: [60, 120],
  horizons: [3, 12],
};

async function fill(workspace: string, runs: number): Promise<unknown> {
  const engine = createEngine({ workspace, role: 'command', threads: 2 });
  await engine.call('market.demo', {});
  const { queueId } = await engine.call('queue.create', { grid: GRID });
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  await engine.close();
  fillFolders(workspace, yearOf(runs));
  const seconds = (await ms(() => fillRuns(workspace, runs, Date.now()))) / 1000;
  return { seconds, ...sizesOf(workspace) };
}

/** Bytes of the database, and of a run that was shrunk and of one that was not, all of their rows and indexes. */
function sizesOf(workspace: string) {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  const results = db
    .prepare('SELECT max(length(results)) FROM runs WHERE kept = 0 AND length(results) <= 2000')
    .pluck()
    .get() as number | null;
  db.close();
  return { databaseBytes: statSync(join(workspace, 'regimen.db')).size, largestShrunk: results ?? 0 };
}

type Page = (typeof PAGES)[number] | { readonly offset: number };

/** Pages of the history, each as the middle of so many times. */
async function pagesOf(
  engine: Engine,
  pages: readonly Page[],
  times: number,
): Promise<Record<string, Timed>> {
  const found: Record<string, Timed> = {};
  for (const filter of pages) {
    const each: Timed[] = [];
    for (let i = 0; i < times; i++) {
      each.push(await timed(() => engine.call('history.search', { limit: 50, ...filter })));
    }
    found[JSON.stringify(filter)] = {
      clock: median(each.map(({ clock }) => clock)),
      processor: median(each.map(({ processor }) => processor)),
    };
  }
  return found;
}

/** Until a host has computed what it keeps of a long history: it does nothing for some seconds. */
async function settled(): Promise<void> {
  const WATCHED_MS = 2000;
  for (let busy = true; busy; ) {
    const before = process.threadCpuUsage();
    await delay(WATCHED_MS);
    const { user, system } = process.threadCpuUsage(before);
    busy = (user + system) / 1000 > WATCHED_MS / 50;
  }
}

async function look(workspace: string): Promise<unknown> {
  const began = performance.now();
  const command = createEngine({ workspace, role: 'command', threads: 2 });
  await command.call('history.search', { limit: 50 });
  // The runtime and its modules count, as they do for a user.
  const start = performance.now();
  const { total } = await command.call('history.search', { limit: 1 });
  const alone = await pagesOf(command, [{ symbol: 'DEMO_EURUSD' }, ...PAGES], 1);
  await command.close();
  const engine = createEngine({ workspace, role: 'host', threads: 2 });
  const warmUp = await timed(settled);
  const pages = await pagesOf(engine, [...PAGES, { offset: Math.floor(total / 2) }], TIMES);
  const places: Record<string, Timed> = {};
  for (const [name, method] of Object.entries(PLACES)) {
    places[name] = await timed(() => engine.call(method, {}));
  }
  const memory = process.memoryUsage().rss / 1024 / 1024;
  const run = await ms(() => engine.call('history.get', { run: String(Math.floor(total / 3)) }));
  const commits = await trainMore(engine, workspace);
  const backupFile = join(workspace, '..', 'year.backup');
  const backup = await ms(() => engine.call('backup.create', { file: backupFile, overwrite: true }));
  const cleanup = await ms(() => engine.call('cleanup.run', { dryRun: false }));
  await engine.close();
  rmSync(backupFile, { force: true });
  const host = { warmUp: warmUp.processor, memory };
  return { start, opened: start - began, total, alone, pages, places, host, run, commits, backup, cleanup };
}

/** Trains a few more: milliseconds of the host's thread for each result, all that comes with it included. */
async function trainMore(engine: Engine, workspace: string): Promise<number> {
  const grid = { ...GRID, days_history: newDays(workspace, [60]), horizons: [1, 2, 4, 5, 6] };
  const { queueId } = await engine.call('queue.create', { grid });
  const before = process.threadCpuUsage();
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  const { user, system } = process.threadCpuUsage(before);
  const { completed } = await engine.call('queue.summary', { queueId });
  if (completed === 0) throw new Error('nothing was trained');
  return (user + system) / 1000 / completed;
}

/** The first release kept no more of a run than these rows. */
async function migrated(runs: number): Promise<unknown> {
  const release = unpackFirstRelease();
  try {
    const file = release.database(3);
    const db = rawDatabase(file);
    const columns = (db.pragma('table_info(runs)') as { name: string }[]).map(({ name }) => name);
    const there = db.prepare('SELECT count(*) FROM runs').pluck().get() as number;
    const values = columns.map((name) => {
      if (name === 'id') return 'n.value';
      if (name === 'uuid') return "printf('%08x-0000-8000-8000-000000000000', n.value)";
      return name === 'run_key' ? "printf('%064x', n.value)" : `r.${name}`;
    });
    db.prepare(
      `INSERT INTO runs WITH RECURSIVE n(value) AS (SELECT max(id) + 1 FROM runs UNION ALL SELECT value + 1 FROM n WHERE value < ?)
       SELECT ${values.join(', ')} FROM n JOIN (SELECT row_number() OVER () AS place, * FROM runs) r ON r.place = 1 + n.value % ?`,
    ).run(runs, there);
    db.close();
    const seconds = (await ms(() => openStore(file).close())) / 1000;
    return { seconds, bytes: statSync(file).size };
  } finally {
    release.remove();
  }
}

const [what, ...rest] = process.argv.slice(2);
const made =
  what === 'fill'
    ? await fill(rest[0]!, Number(rest[1]))
    : what === 'sizes'
      ? { seconds: 0, ...sizesOf(rest[0]!) }
      : what === 'look'
        ? await look(rest[0]!)
        : await migrated(Number(rest[0]));
process.stdout.write(JSON.stringify(made));
