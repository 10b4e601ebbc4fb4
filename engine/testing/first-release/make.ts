import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { zipSync } from 'fflate';
import { BEGIN, CONFIG, candlesCsv, GRIDS, REGIMES } from './scenario.ts';

/**
 * Writes the archive beside this file: `node make.ts FIRST_RELEASE [OLDER]…`, each a checkout with its node_modules. The
 * first gives the workspace and what its command line prints; each of all gives a database of the version that it
 * writes. Everything in the archive is written by those checkouts' code; this one only packs it.
 */

/** What a checkout's engine is used for; its own types are not those of today. */
interface Engine {
  call(method: string, input: object): Promise<unknown>;
  subscribe(listener: (event: { readonly type: string }) => void): () => void;
  close(): Promise<void>;
}

interface EngineModule {
  createEngine(options: object): Engine;
}

/** A second passes with each look at the clock, so that rows have times of their own. */
function ticking(): () => number {
  let time = BEGIN;
  return () => {
    time += 1000;
    return time;
  };
}

/** Brings a workspace into the state that the README describes. */
async function write(checkout: string, workspace: string): Promise<void> {
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'config.yaml'), CONFIG);
  const { createEngine } = (await import(
    pathToFileURL(join(checkout, 'engine/app.ts')).href
  )) as EngineModule;
  const engine = createEngine({ workspace, role: 'host', threads: 1, home: workspace, now: ticking() });
  const create = async (grid: object, options: object = {}) =>
    ((await engine.call('queue.create', { grid, ...options })) as { queueId: number }).queueId;
  const train = async (queueId: number) => {
    await engine.call('queue.start', { queueId });
    await engine.call('queue.wait', { queueId });
  };
  /** Trains, and asks for `method` when so many results are there. */
  async function interrupt(queueId: number, results: number, method: string): Promise<void> {
    let seen = 0;
    const asked = Promise.withResolvers<unknown>();
    const unsubscribe = engine.subscribe(({ type }) => {
      if (type === 'queue.progress' && ++seen === results) asked.resolve(engine.call(method, { queueId }));
    });
    await engine.call('queue.start', { queueId });
    await asked.promise;
    await engine.call('queue.wait', { queueId });
    unsubscribe();
  }

  for (const symbol of ['EURUSD', 'USDJPY'] as const) {
    const file = join(workspace, '..', `${symbol}.csv`);
    writeFileSync(file, candlesCsv(symbol));
    await engine.call('market.import', { file, symbol, timeframe: 'H1' });
  }
  const completed = await create(GRIDS.completed);
  await train(completed);
  await engine.call('queue.retry', { queueId: completed });
  await train(completed);
  await engine.call('regimes.save', { regimes: REGIMES });
  await interrupt(await create(GRIDS.paused), 4, 'queue.pause');
  await interrupt(await create(GRIDS.cancelled), 2, 'queue.cancel');
  // A word of the third version; the two before it skip what is trained.
  const retrain = await create(GRIDS.pending, { retrain: true }).catch(() => create(GRIDS.pending));
  await engine.call('queue.priority', { queueId: retrain, priority: 5 });
  await engine.close();
}

const PRINTED: Readonly<Record<string, readonly string[]>> = {
  'history.json': ['history', '--limit', '1000'],
  'champions.json': ['champions'],
  'queues.json': ['queue', 'list'],
  'series.json': ['market', 'list'],
  'regimes.json': ['regimes', 'list'],
};

/** One that is kept, one that was deleted, one that failed. */
const PRINTED_RUNS = [1, 5, 16];

/** What the checkout's command line prints of a workspace. */
function print(checkout: string, workspace: string, command: readonly string[]): Buffer {
  const cli = join(checkout, 'main/cli/regimen.ts');
  return execFileSync(process.execPath, [cli, ...command, '--workspace', workspace, '--json']);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The workspace as it was closed, and what is printed of it after that. */
function packRelease(checkout: string, folder: string): Record<string, Buffer> {
  const workspace = join(folder, 'workspace');
  const files = filesBelow(workspace)
    .map((file) => [relative(folder, file), readFileSync(file)] as const)
    .filter(([name]) => !name.includes('logs'));
  const printed = Object.entries({
    ...PRINTED,
    ...Object.fromEntries(PRINTED_RUNS.map((id) => [`run-${id}.json`, ['run', String(id)]])),
  }).map(([name, command]) => [`printed/${name}`, print(checkout, workspace, command)] as const);
  return Object.fromEntries([...files, ...printed]);
}

/** The database alone, named by its version: bytes 60 to 63 of its file. */
function packDatabase(folder: string): Record<string, Buffer> {
  const database = readFileSync(join(folder, 'workspace', 'regimen.db'));
  return { [`version-${database.readUInt32BE(60)}.db`]: database };
}

async function main(checkouts: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'first-release-'));
  const archive: Record<string, Buffer> = {};
  for (const [i, given] of checkouts.entries()) {
    const checkout = resolve(given);
    const folder = join(root, String(i));
    mkdirSync(folder);
    await write(checkout, join(folder, 'workspace'));
    Object.assign(archive, i === 0 ? packRelease(checkout, folder) : packDatabase(folder));
  }
  rmSync(root, { recursive: true });
  for (const [name, bytes] of Object.entries(archive)) console.log(name, bytes.length);
  // Stored, then compressed as a whole: the databases have most of their bytes in common.
  const zip = zipSync(archive, { level: 0, mtime: BEGIN });
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  writeFileSync(join(import.meta.dirname, 'first-release.zip.br'), brotliCompressSync(zip, { params }));
}

await main(process.argv.slice(2));
