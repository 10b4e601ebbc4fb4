import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWorkspaceConfig } from '../config/files.ts';
import { decodeResults } from '../pipeline/results-blob.ts';
import { openSnapshot, openStore, type Store } from '../store/database.ts';
import { findRun } from '../store/runs.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { shrinkRuns } from '../store/shrink.ts';
import { findDamage } from '../store/soundness.ts';
import { damageRows } from '../store/testing/damage-rows.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';
import { shrink, shrinkingDue } from './shrink.ts';

/** A grid as it was trained, and the same a hundred days later; what stays is read by SQL and from the tables as they were. */

const DAY = 86_400_000;
const KILLED = fileURLToPath(new URL('../store/testing/killed-shrink.ts', import.meta.url));
const { createWorkspace, open, close } = useEngines();

let workspace: string;
/** The same, for one test of its own. */
let backedUp: string;
let before: Readonly<Record<string, unknown>>;
let tables: ReadonlyMap<number, Buffer>;
let audit: readonly Decision[];
beforeAll(async () => {
  workspace = createWorkspace('storage: { min_free_mb: 0 }\nqueue: { test_robustness: false }\n');
  const engine = open(workspace, { threads: 2 });
  await train(engine, TWELVE);
  before = await seenIn(engine);
  await close(engine);
  backedUp = createWorkspace('');
  cpSync(workspace, backedUp, { recursive: true });
  const db = new Database(join(workspace, 'regimen.db'), { readonly: true });
  for (const name of ['changed.db', 'killed.db', 'copied.db'])
    db.prepare('VACUUM INTO ?').run(join(workspace, name));
  const rows = db.prepare('SELECT id, results FROM runs WHERE kept = 0').all() as {
    id: number;
    results: Buffer;
  }[];
  tables = new Map(rows.map(({ id, results }) => [id, results]));
  audit = db.prepare('SELECT run_id, regime, strategy_index, new_score FROM audit').all() as Decision[];
  db.close();
});

interface Decision {
  readonly run_id: number;
  readonly regime: string;
  readonly strategy_index: number | null;
  readonly new_score: number | null;
}

/** A column of a run as it was. */
function wholeColumn(id: number, name: string): string {
  const db = new Database(join(workspace, 'changed.db'), { readonly: true });
  const text = db.prepare(`SELECT ${name} FROM runs WHERE id = ?`).pluck().get(id) as string;
  db.close();
  return text;
}

/** What a row takes, at most. */
const bytesOf = (row: Readonly<Record<string, unknown>>) =>
  Object.values(row).reduce<number>((sum, value) => {
    if (value === null) return sum + 1;
    return sum + (typeof value === 'number' ? 9 : 2 + (value as string | Uint8Array).length);
  }, 0);

/** Features of a run as it was, most important first; of several as important the one that was named first. */
function importanceOf(id: number): string[] {
  const { names, gain } = JSON.parse(wholeColumn(id, 'importance')) as { names: string[]; gain: number[] };
  return names
    .map((name, i) => ({ name, gain: gain[i]! }))
    .sort((a, b) => b.gain - a.gain)
    .map(({ name }) => name);
}

/** What lists, champions and evidence say. */
async function seenIn(engine: Engine): Promise<Readonly<Record<string, unknown>>> {
  return {
    history: await engine.call('history.search', { limit: 100 }),
    champions: await engine.call('champions.list', {}),
    heat: await engine.call('regimes.heatmap', {}),
    evidence: await engine.call('evidence.summary', {}),
  };
}

const said: string[] = [];
async function shrunk<T>(
  days: number,
  work: (store: Store) => T | Promise<T>,
  mayGoOn = () => true,
  change?: (store: Store) => void,
): Promise<T> {
  const name = change === undefined ? 'regimen.db' : 'changed.db';
  const store = openStore(join(workspace, name));
  change?.(store);
  const newest = store.prepare('SELECT max(created_at) FROM runs').pluck().get() as number;
  const now = () => newest + days * DAY + 1;
  const feed = { info: (_queue: unknown, text: string) => void said.push(text) };
  await shrink({ store, config: readWorkspaceConfig(workspace), now, feed: feed as never }, mayGoOn);
  const result = await work(store);
  store.close();
  return result;
}

const sizesOf = (store: Store) =>
  store.prepare('SELECT id, length(results) AS bytes, kept FROM runs').all() as {
    id: number;
    bytes: number;
    kept: number;
  }[];

describe('a run whose model was not kept', () => {
  it('is whole for 90 days, and while it may not go on nothing shrinks', async () => {
    const whole = await shrunk(89, sizesOf);
    expect(tables.size).toBeGreaterThan(2);
    expect(whole.every(({ bytes }) => bytes > 10_000)).toBe(true);
    expect(await shrunk(100, sizesOf, () => false)).toEqual(whole);
    expect(said).toEqual([]);
  });

  let bases: { id: number; basis: string }[] = [];
  let texts: string[] = [];
  let rows: Record<string, unknown>[] = [];
  it('has 2 kB after that, with the figures of its contenders as they were; kept ones are as they were', async () => {
    const after = await shrunk(100, (store) => {
      expect(findDamage(store.raw)).toEqual([]);
      const sampled = store.prepare('SELECT count(*) FROM luck_cells WHERE sample IS NOT NULL').pluck().get();
      // Champions were chosen in this window.
      expect(sampled).toBeGreaterThan(0);
      const due = shrinkingDue({
        store,
        config: readWorkspaceConfig(workspace),
        now: () => Date.now() + 1000 * DAY,
      });
      expect(due).toEqual({ runs: 0, freedBytes: 0 });
      bases = store.prepare('SELECT id, basis FROM runs WHERE kept = 0').all() as typeof bases;
      texts = store.prepare('SELECT basis FROM bases').pluck().all() as string[];
      rows = store.prepare('SELECT * FROM runs WHERE kept = 0').all() as typeof rows;
      return store.prepare('SELECT id, results, kept FROM runs').all() as {
        id: number;
        results: Buffer;
        kept: number;
      }[];
    });
    expect(said).toEqual([
      expect.stringMatching(new RegExp(`^${tables.size} runs older than 90 days, .* shrank`)),
    ]);
    // Each text once, and two rows to a page.
    expect(bases.map(({ basis }) => basis)).toEqual(bases.map(() => expect.stringMatching(/^[0-9a-f]{32}$/)));
    expect(new Set(texts)).toEqual(new Set(bases.map(({ id }) => wholeColumn(id, 'basis'))));
    expect(texts.length).toBeLessThan(bases.length);
    for (const row of rows) expect(bytesOf(row)).toBeLessThan(2000);
    let contenders = 0;
    for (const { id, results, kept } of after) {
      if (kept === 1) {
        expect(results.length).toBeGreaterThan(10_000);
        continue;
      }
      expect(results.length).toBeLessThanOrEqual(2000);
      const [was, is] = [decodeResults(tables.get(id)!), decodeResults(results)];
      for (const { regime, strategy_index, new_score } of audit.filter(({ run_id }) => run_id === id)) {
        if (strategy_index === null || new_score === null) continue;
        contenders++;
        const segment = 1 + was.regimeNames.indexOf(regime);
        expect(is.read(strategy_index, 'selection', segment, 'sharpe')).toBe(Math.fround(new_score));
        for (const window of ['selection', 'holdout'] as const)
          for (const metric of ['sharpe', 'sharpeError', 'trades', 'maxDrawdown', 'composite'] as const)
            expect(is.read(strategy_index, window, segment, metric)).toBe(
              was.read(strategy_index, window, segment, metric),
            );
      }
      const [unknown] = [...Array(was.strategies).keys()].filter((s) =>
        is.places!.every(({ strategy }) => strategy !== s),
      );
      expect(is.read(unknown!, 'selection', 0, 'trades')).toBeNaN();
    }
    expect(contenders).toBeGreaterThan(2);
  });

  it('looks in lists, heat map and evidence as it did, and says in its own details what was let go', async () => {
    const engine = open(workspace, { threads: 2 });
    expect(await seenIn(engine)).toEqual(before);
    const id = audit.find((one) => tables.has(one.run_id) && one.new_score !== null)!.run_id;
    const run = await engine.call('history.get', { run: String(id) });
    expect(run.basis).toEqual(JSON.parse(wholeColumn(id, 'basis')));
    expect(run).toMatchObject({ strategies: [], regimes: [], missingTable: expect.stringMatching(/let go/) });
    expect(
      run.contenders
        .filter(({ regime }) => regime !== null)
        .map(({ regime, index }) => [regime, index])
        .sort(),
    ).toEqual(
      audit
        .filter((one) => one.run_id === id && one.new_score !== null)
        .map((one) => [one.regime, one.strategy_index])
        .sort(),
    );
    const features = (run.importance ?? []).map(({ feature }) => feature);
    expect(features).toEqual(importanceOf(id).slice(0, 10));
    expect(run.contenders.some(({ regime, index }) => regime === null && index === run.bestStrategy)).toBe(
      true,
    );
    // Its bundle has no table to compare with, and what is trained already is not trained again.
    expect(
      await engine.call('run.export', { run: String(id), out: join(workspace, 'run.zip') }),
    ).toMatchObject({ withTable: false });
    const preview = await engine.call('grid.preview', { grid: TWELVE });
    expect(preview).toMatchObject({ alreadyTrained: 12 });
    await close(engine);
  });
});

/** How much of the runs that were not kept has been let go, and that each of them is whole or shrunk, and sound. */
function shrunkIn(store: Store): number {
  expect(findDamage(store.raw)).toEqual([]);
  expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = store.prepare('SELECT id FROM runs WHERE kept = 0').pluck().all() as number[];
  const left = rows.filter((id) => {
    const { results, basis, importance } = findRun(store, id)!;
    expect(JSON.parse(basis)).toEqual(JSON.parse(wholeColumn(id, 'basis')));
    const isWhole = Buffer.from(results!).equals(tables.get(id)!);
    expect([isWhole, isWhole]).toEqual([
      results!.length > 2000,
      importance === wholeColumn(id, 'importance'),
    ]);
    return !isWhole;
  });
  return left.length;
}

it('loses nothing when it is killed in the middle, again and again, and goes on from there', () => {
  const file = join(workspace, 'killed.db');
  const child = (...argv: string[]) => spawnSync(process.execPath, [KILLED, ...argv]).signal;
  const reached = [7, 20, 60].map((calls) => {
    expect(child('shrink', file, String(calls))).toBe('SIGKILL');
    const store = openStore(file);
    const shrunk = shrunkIn(store);
    store.close();
    return shrunk;
  });
  expect(reached[0]).toBeLessThan(tables.size);
  expect(child('shrink', file, '0')).toBeNull();
  const store = openStore(file);
  expect(shrunkIn(store)).toBe(tables.size);
  store.close();
});

it('is copied as it is at one moment, though it shrinks meanwhile', async () => {
  const store = openStore(join(workspace, 'copied.db'));
  const steps = shrinkRuns(store, Number.MAX_SAFE_INTEGER);
  const snapshot = openSnapshot(store);
  const copying = snapshot.copyTo(join(workspace, 'copy.db'));
  for (const _ of steps) await nextTurn();
  await copying;
  snapshot.close();
  expect(shrunkIn(store)).toBe(tables.size);
  store.close();
  const copy = openStore(join(workspace, 'copy.db'));
  expect(shrunkIn(copy)).toBe(0);
  copy.close();
});

it('is backed up as it is at one moment, though a cleanup shrinks it meanwhile', async () => {
  const engine = open(backedUp, { threads: 1, now: () => Date.now() + 100 * DAY });
  const file = join(backedUp, '..', 'shrinking.backup');
  const cleaning = engine.call('cleanup.run', { dryRun: false });
  const [cleaned] = await Promise.all([cleaning, engine.call('backup.create', { file })]);
  expect(cleaned.shrunk).toBe(tables.size);
  const database = join(backedUp, 'regimen.db');
  await close(engine);
  const after = openStore(database);
  expect(shrunkIn(after)).toBe(tables.size);
  after.close();
  const restored = open(backedUp, { threads: 1 });
  await restored.call('backup.restore', { file });
  await close(restored);
  const store = openStore(database);
  // Whole pieces, each in a transaction: some of them, all or none.
  expect(shrunkIn(store)).toBeLessThanOrEqual(tables.size);
  expect(store.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(12);
  store.close();
});

it('refuses a run whose basis is not what was written, and verify finds the text', async () => {
  const name = join(workspace, 'regimen.db');
  const store = openStore(name);
  const [id] = tables.keys();
  const digest = store.prepare('SELECT basis FROM runs WHERE id = ?').pluck().get(id) as string;
  const basis = store.raw.prepare('SELECT basis FROM bases WHERE digest = ?').pluck().get(digest) as string;
  const put = store.prepare('UPDATE bases SET basis = ? WHERE digest = ?');
  put.run(basis.replace('"seed":42', '"seed":43'), digest);
  expect(() => findRun(store, id!)).toThrow(expect.objectContaining({ code: 'artifact-damaged' }));
  expect(() => scoredRun(store, id!)).toThrow(/what runs are based on/);
  expect(findDamage(store.raw)).toEqual([{ kind: 'bases', owner: digest }]);
  put.run(basis, digest);
  expect(findRun(store, id!)!.basis).toBe(basis);
  store.close();
});

it("leaves a run alone that is not what was written, and somebody's favorite", async () => {
  const [id, favorite] = tables.keys();
  const after = await shrunk(
    100,
    sizesOf,
    () => true,
    (store) => {
      damageRows(store, `UPDATE runs SET rmse = rmse + 1 WHERE id = ${id}`);
      store.raw.exec(`INSERT INTO marks SELECT 'run', uuid, 1, '[]', '', 0 FROM runs WHERE id = ${favorite}`);
    },
  );
  for (const row of after)
    expect(row.bytes > 10_000).toBe(row.kept === 1 || row.id === id || row.id === favorite);
});
