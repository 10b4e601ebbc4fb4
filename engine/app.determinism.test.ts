import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from './app.ts';
import type { GridSpecInput } from './contract/grid.ts';
import { MARK_NAME } from './files/folder-mark.ts';

/** The same seed gives the same workspace, bit for bit, whoever finished first. */

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const TREES = { n_estimators: 8 };
const GRID = {
  name: 'same',
  model_types: ['linear_regression', 'lasso', 'random_forest', 'lightgbm'],
  symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'],
  timeframes: ['H1', 'H4'],
  days_history: [60],
  horizons: [3, 12],
  hyperparameters: { random_forest: TREES, lightgbm: TREES },
} satisfies GridSpecInput;

type Row = Readonly<Record<string, unknown>>;

/** All that training leaves behind, apart from how long it took and how much memory it was seen to take. */
interface Ledger {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** Bytes of the files in the folders of candles and models. */
  readonly files: Readonly<Record<string, Buffer>>;
}

const folders: string[] = [];

async function train(threads: number, grids: readonly GridSpecInput[]): Promise<Ledger> {
  const workspace = mkdtempSync(join(tmpdir(), 'determinism-'));
  folders.push(workspace);
  const engine = createEngine({ workspace, role: 'command', threads, now: () => NOW });
  await engine.call('market.demo', {});
  for (const grid of grids) {
    const { queueId } = await engine.call('queue.create', { grid });
    await engine.call('queue.start', { queueId });
    expect(await engine.call('queue.wait', { queueId })).toMatchObject({ state: 'completed', failed: 0 });
  }
  await engine.close();
  return { tables: tablesOf(join(workspace, 'regimen.db')), files: filesIn(workspace) };
}

/** Each workspace has an id of its own, and its checksums cover what things took. */
function tablesOf(path: string): Ledger['tables'] {
  const database = new Database(path, { readonly: true });
  const names = database.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('workspace', 'sums', 'links')",
  );
  const tables = names
    .pluck()
    .all()
    .map((name) => {
      const rows = database.prepare(`SELECT * FROM ${name}`).all() as Row[];
      return [name, rows.map(({ seconds: _seconds, peak_memory: _memory, ...row }) => row)] as const;
    });
  database.close();
  return Object.fromEntries(tables);
}

function filesIn(workspace: string): Ledger['files'] {
  const paths = ['artifacts', 'candles'].flatMap((folder) =>
    readdirSync(join(workspace, folder))
      .filter((name) => name !== MARK_NAME)
      .map((name) => join(folder, name)),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(workspace, path))]));
}

let alone: Ledger;
beforeAll(async () => {
  alone = await train(1, [GRID]);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('one thread and four', () => {
  let together: Ledger;
  beforeAll(async () => {
    together = await train(4, [GRID]);
  });

  it('leave the same rows in every table', () => {
    expect(Object.keys(together.tables)).toEqual(Object.keys(alone.tables));
    for (const [name, rows] of Object.entries(alone.tables)) {
      expect(together.tables[name], name).toEqual(rows);
    }
    const filled = ['series', 'queues', 'cells', 'runs', 'strategies', 'regimes', 'champions', 'audit'];
    for (const name of filled) expect(alone.tables[name]!.length, name).toBeGreaterThan(0);
    expect(alone.tables.runs).toHaveLength(32);
  });

  it('leave the same files', () => {
    expect(Object.keys(together.files)).toEqual(Object.keys(alone.files));
    for (const [path, bytes] of Object.entries(alone.files)) {
      expect(together.files[path]!.equals(bytes), path).toBe(true);
    }
    expect(Object.keys(alone.files).some((path) => path.endsWith('.model'))).toBe(true);
  });
});

describe('every target, on one thread and three', () => {
  const targets = {
    ...GRID,
    model_types: ['ridge', 'xgboost'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H1'],
    horizons: [6],
    targets: ['return', 'direction', 'barrier', { target: 'outcome', take_profit: 1.5 }],
    hyperparameters: { xgboost: TREES },
  } satisfies GridSpecInput;

  it('leaves the same rows and files, and as many strategies as each target has', async () => {
    const [one, three] = [await train(1, [targets]), await train(3, [targets])];
    expect(three).toEqual(one);
    const { runs = [] } = one.tables;
    expect(runs.map(({ strategies_tested: tested }) => tested)).toEqual([135, 135, 135, 135, 90, 90, 90, 90]);
    expect(runs.map(({ left_out: sides }) => sides !== null)).toEqual([false, false, ...Array(6).fill(true)]);
    const written = one.tables.configurations!.map(
      ({ configuration }) => JSON.parse(configuration as string).target ?? 'return',
    );
    expect(new Set(written)).toEqual(new Set(['return', 'direction', 'barrier 2:1', 'outcome 1.5:1']));
  });
});

describe('the same configurations in other queues, in another order', () => {
  /** What a run is, whatever it was compared with: not its number, nor whether it was kept. */
  const byHash = ({ tables }: Ledger) =>
    new Map(
      tables.runs!.map(
        ({ id: _id, kept: _kept, artifact_file: _file, ...run }) => [run.config_hash, run] as const,
      ),
    );

  it('give the same results and models', async () => {
    const apart = await train(2, [
      { ...GRID, symbols: ['DEMO_USDJPY'], horizons: [12, 3], model_types: GRID.model_types.toReversed() },
      { ...GRID, symbols: ['DEMO_EURUSD'], timeframes: ['H4', 'H1'] },
    ]);
    const runs = byHash(apart);
    expect(runs.size).toBe(32);
    for (const [hash, run] of byHash(alone)) expect(runs.get(hash)).toEqual(run);

    const models = ({ files }: Ledger) => Object.keys(files).filter((path) => path.endsWith('.model'));
    const inBoth = models(apart).filter((path) => path in alone.files);
    expect(inBoth.length).toBeGreaterThan(2);
    for (const path of inBoth) expect(apart.files[path]!.equals(alone.files[path]!), path).toBe(true);
  });
});
