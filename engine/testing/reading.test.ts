import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../app.ts';
import { EFFECTS, isReading, type ReadingMethod } from '../contract/api/effects.ts';
import type { Method } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { restoreWorkspace } from '../workspace/offline.ts';
import { create, train } from './engines.ts';
import { unpackFirstRelease } from './first-release.ts';
import { contentsOf } from './folder-contents.ts';
import { firstChampion, readingInputs } from './reading-inputs.ts';
import { mountReadOnly } from './unwritable.ts';
import { CONFIG, prepareWorkspaces, TWELVE, type Workspaces } from './workspace.ts';

/** Whoever only looks changes nothing: not a byte, not a name, in whatever state the workspace is. */

const KEEP_ALL = `${CONFIG}model_management: { delete_non_best_models: false }\n`;
const GRID = { ...TWELVE, model_types: ['ridge', 'xgboost'], days_history: [60], horizons: [3] };
/** Of the job that a process trained which is no more. */
const INTERRUPTED = 2;

let workspaces: Workspaces;
/** With its log, as it is while another process has it open, or after a crash. */
let crashed: string;
let closed: string;
/** For files that are asked for. */
let outside: string;
let candleFile: string;
let treeRun: string;
let written = 0;

beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  const workspace = workspaces.create(KEEP_ALL);
  outside = join(dirname(workspace), 'outside');
  mkdirSync(outside, { mode: 0o777 });
  candleFile = join(outside, 'bars.csv');
  writeFileSync(
    candleFile,
    'time,open,high,low,close\n2024-01-02T00:00:00,1,2,0.5,1.5\n2024-01-02T01:00:00,1,2,0.5,1.5\n',
  );
  const engine = createEngine({ workspace, role: 'command', threads: 1 });
  expect(await train(engine, GRID)).toMatchObject({ completed: 2, kept: 2 });
  expect(await create(engine, TWELVE)).toBe(INTERRUPTED);
  const db = rawDatabase(join(workspace, 'regimen.db'));
  const owner = JSON.stringify({ host: 'a-machine-that-is-gone', pid: 1, processStart: null });
  db.prepare("UPDATE queues SET state = 'running', owner = ?, heartbeat_at = 0 WHERE id = ?").run(
    owner,
    INTERRUPTED,
  );
  crashed = workspaces.copyOf(workspace);
  db.close();
  await engine.close();
  closed = workspace;
  const { runs } = await look(closed, (reader) => reader.call('history.search', {}));
  treeRun = String(runs.find(({ modelType }) => modelType === 'xgboost')!.id);
  expect(
    readdirSync(crashed)
      .filter((name) => name.startsWith('regimen.db'))
      .sort(),
  ).toEqual(['regimen.db', 'regimen.db-shm', 'regimen.db-wal']);
  expect(readdirSync(closed)).not.toContain('regimen.db-wal');
});
afterAll(() => workspaces.removeAll());

async function look<T>(workspace: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine({ workspace, role: 'reader', home: join(outside, 'home') });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const out = (ending: string) => join(outside, `file-${written++}.${ending}`);

/** Calls every method that reads; returns the answers by method, of a refusal its code. */
async function callAll(engine: Engine): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  const inputs = readingInputs({
    candleFile,
    champion: await firstChampion(engine),
    run: treeRun,
    exported: join(outside, 'exported.json'),
    bundle: join(outside, 'bundle.zip'),
    grid: GRID,
    out,
  });
  for (const method of Object.keys(inputs) as ReadingMethod[]) {
    const call = engine.call as (method: Method, input: unknown) => Promise<unknown>;
    answers[method] = await call(method, inputs[method]()).catch((error: unknown) => {
      if (error instanceof EngineError) return error.message;
      throw error;
    });
    const { file } = (answers[method] ?? {}) as { file?: string };
    if (method === 'model.export' && file !== undefined) cpSync(file, join(outside, 'exported.json'));
    if (method === 'run.export' && file !== undefined) cpSync(file, join(outside, 'bundle.zip'));
  }
  return answers;
}

async function figures({ call }: Engine) {
  return {
    history: await call('history.search', {}),
    champions: await call('champions.list', {}),
    jobs: await call('jobs.list', {}),
    trades: await call('run.trades', { run: treeRun }),
  };
}

const STATES: readonly (readonly [string, () => string])[] = [
  ['was closed', () => workspaces.copyOf(closed)],
  ['was left by a crash', () => workspaces.copyOf(crashed)],
  ['was copied with its log, but not its index', () => without(crashed, '-shm')],
  ['was copied without its log', () => without(closed, '-shm', '-wal')],
];

function without(workspace: string, ...suffixes: string[]): string {
  const copy = workspaces.copyOf(workspace);
  for (const suffix of suffixes) rmSync(join(copy, `regimen.db${suffix}`), { force: true });
  return copy;
}

const NO_VERSIONS =
  'DEMO_EURUSD H4 has no versions. Nothing is registered yet. A champion or a run becomes one when it is made a candidate.';

const NO_SURVIVAL = 'No model of what survives was trained yet: `regimen survival train` does.';

describe.each(STATES)('a workspace that %s', (_, make) => {
  it('is the same, byte for byte, after every method that reads', async () => {
    const workspace = make();
    const before = contentsOf(workspace);
    const answers = await look(workspace, callAll);
    expect(contentsOf(workspace)).toEqual(before);
    const refused = Object.entries(answers).filter(([, answer]) => typeof answer === 'string');
    expect(refused).toEqual([
      [
        'search.best',
        'Job 1 has no trial of a search that was tried to its end yet; of LONG and SHORT models it takes one of each.',
      ],
      ['search.export', 'Job 1 is no search.'],
      [
        'statement.compare',
        'There is no forward test at EURUSD H1. It begins when a version is put in charge: `regimen production promote`. `regimen forward list` shows those there are.',
      ],
      [
        'forward.show',
        'There is no forward test at EURUSD H1. It begins when a version is put in charge: `regimen production promote`. `regimen forward list` shows those there are.',
      ],
      ['queue.wait', 'Queue 1 was not started by this process.'],
      ['production.show', NO_VERSIONS],
      ['production.training', 'There is no job "train_none_1.000" in this workspace.'],
      ['survival.get', NO_SURVIVAL],
      ['survival.gate', NO_SURVIVAL],
      ['production.compare', NO_VERSIONS],
      ['production.report', NO_VERSIONS],
      ['production.export', NO_VERSIONS],
      ['evidence.curve', 'There is no validation 1 in this workspace.'],
      ['validation.get', 'There is no validation 1 in this workspace.'],
    ]);
    expect(answers).toMatchObject({
      'history.search': { total: 2 },
      'market.list': { length: 3 },
      'recovery.list': [{ queueId: INTERRUPTED }],
      'queue.list': [{ state: 'completed' }, { state: 'crashed' }],
      'history.export': { runs: 2 },
      'run.replay': { differenceCount: 0 },
    });
  });

  it('can be read, but not trained in, on a medium that is read-only', async (test) => {
    const workspace = make();
    const mounted = mountReadOnly(workspace);
    if (mounted === undefined) return test.skip('this user can mount nothing');
    try {
      const before = contentsOf(workspace);
      expect(await look(mounted.path, figures)).toEqual(await look(workspace, figures));
      for (const role of ['command', 'host'] as const) {
        expect(() => createEngine({ workspace: mounted.path, role })).toThrow(
          expect.objectContaining({
            code: 'file-unreadable',
            message: `The workspace ${mounted.path} can't be written to, since its file system is read-only: give write permission for the folder and the files in it, or copy it to where there is one.`,
          }),
        );
      }
      await expect(restoreWorkspace(join(outside, 'none.zip'), mounted.path)).rejects.toThrow(
        /can't be written to, since its file system is read-only/,
      );
      expect(contentsOf(workspace)).toEqual(before);
    } finally {
      mounted.release();
    }
  });
});

describe('what is shown', () => {
  afterEach(() => rmSync(join(outside, 'home'), { recursive: true, force: true }));

  it('is the regimes of config.yaml, though they are not stored', async () => {
    const workspace = workspaces.copyOf(crashed);
    const regime = { name: 'any', rules: { returns: '> 0' } };
    writeFileSync(
      join(workspace, 'config.yaml'),
      `${KEEP_ALL}regimes: { definitions: ${JSON.stringify([regime])} }\n`,
    );
    const before = contentsOf(workspace);
    expect(await look(workspace, (reader) => reader.call('regimes.list', {}))).toMatchObject([
      { name: 'any' },
    ]);
    expect(contentsOf(workspace)).toEqual(before);
  });

  it('of a workspace of the first release is all it had, which stays of the first release', async () => {
    const release = unpackFirstRelease();
    try {
      const before = contentsOf(release.workspace);
      const { runs } = await look(release.workspace, (reader) =>
        reader.call('history.search', { limit: 1000 }),
      );
      expect(runs).toMatchObject(release.printed<object[]>('history'));
      expect(contentsOf(release.workspace)).toEqual(before);
      const db = new Database(join(release.workspace, 'regimen.db'));
      expect(db.pragma('user_version', { simple: true })).toBeLessThan(MIGRATIONS.length);
      db.close();
    } finally {
      release.remove();
    }
  });

  it('of a folder that is none is nothing, and it does not come into being', async () => {
    const workspace = join(outside, 'none');
    const list = await look(workspace, (reader) => reader.call('history.search', {}));
    expect(list).toEqual({ runs: [], total: 0 });
    expect(existsSync(workspace)).toBe(false);
  });

  it('is half a restore to nobody', async () => {
    const workspace = workspaces.copyOf(closed);
    mkdirSync(join(workspace, '.restore'));
    writeFileSync(
      join(workspace, '.restore', 'journal.json'),
      '{"phase":"in","replaced":"x","aside":[],"in":[]}',
    );
    const before = contentsOf(workspace);
    await expect(look(workspace, callAll)).rejects.toMatchObject({ code: 'conflict' });
    expect(contentsOf(workspace)).toEqual(before);
  });
});

it('an engine that reads refuses every method that changes something', async () => {
  await look(workspaces.copyOf(closed), async ({ call }) => {
    for (const method of (Object.keys(EFFECTS) as Method[]).filter((name) => !isReading(name))) {
      await expect(call(method, {} as never)).rejects.toThrow('was opened to read');
    }
  });
});
