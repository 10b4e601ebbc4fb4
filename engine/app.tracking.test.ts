import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine, type Engine } from './app.ts';
import type { EngineEvent } from './contract/events.ts';
import { createPrng } from './random/prng.ts';
import { train } from './testing/engines.ts';
import { RIDGE, search } from './testing/searches.ts';
import { fillSurvivalFolds } from './testing/survival-folds.ts';
import { CONFIG, prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';
import { type FakeMlflow, type FakeRun, startFakeMlflow } from './tracking/testing/fake-mlflow.ts';

/** What a tracking server is told of a workspace, through whole engines and a server in memory. */

/** Four models: enough for some that are kept and some that are not. */
const GRID = { ...TWELVE, model_types: ['ridge', 'lasso'], days_history: [60] };
const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;

let workspaces: Workspaces;
/** A grid, a search, a validation, and a version that the gate was asked of, nothing of which was tracked. */
let prepared: string;
let mlflow: FakeMlflow;
const engines: Engine[] = [];

beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  prepared = workspaces.create();
  const { call, close } = createEngine({ workspace: prepared, role: 'command', env: {} });
  await train({ call } as Engine, (await call('queue.create', { grid: GRID })).queueId);
  await search({ call } as Engine, { ...RIDGE, trials: 3 });
  const { version } = await call('production.register', { run: '1' });
  await call('production.promote', { ...PLACE, version, minVerdict: 'none' });
  await call('production.rollback', { ...PLACE, version });
  await close();
}, 120_000);
afterAll(() => workspaces.removeAll());
beforeEach(async () => {
  mlflow = await startFakeMlflow();
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  await mlflow.stop();
});

function open(workspace: string, options: Partial<Parameters<typeof createEngine>[0]> = {}): Engine {
  const env = { MLFLOW_TRACKING_URI: mlflow.uri };
  const engine = createEngine({ workspace, role: 'command', env, ...options });
  engines.push(engine);
  return engine;
}

const ofKind = (kind: string) => mlflow.runs.filter(({ tags }) => tags['regimen.kind'] === kind);
const keys = () => mlflow.runs.map(({ tags }) => tags['regimen.key']!).sort();
const figureOf = ({ metrics }: FakeRun, name: string, step = 0) =>
  metrics.find((metric) => metric.key === name && metric.step === step)?.value;

const NOTHING = { jobs: 0, versions: 0, gates: 0, validations: 0, trials: 0, models: 0 };

test('a model of what survives is a version there, and who speaks is its production', async () => {
  const workspace = workspaces.create();
  fillSurvivalFolds(workspace, { folds: 90, edge: 1.5 });
  const { call } = open(workspace);
  const { queueId } = await call('survival.train', { modelType: 'classifier', trials: 1 });
  await call('queue.start', { queueId });
  await call('queue.wait', { queueId });
  const { version } = await call('survival.promote', {});
  expect(await call('tracking.send', {})).toMatchObject({ waiting: NOTHING, refused: [] });
  const model = await call('survival.get', {});
  const told = ofKind('version')[0]!;
  expect(told.name).toBe(`what survives ${version}`);
  expect(figureOf(told, 'roc_auc')).toBe(model.classes.rocAuc);
  expect(Object.keys(told.files).join()).toContain(`survival_${version}.bin`);
  expect(mlflow.aliases['what survives']).toEqual({ production: '1' });
  await call('survival.retire', {});
  await call('tracking.send', {});
  expect(mlflow.aliases['what survives']).toEqual({});
});

test('favorites, tags and notes of jobs and models are there, and gone again', async () => {
  const workspace = workspaces.copyOf(prepared);
  const { call } = open(workspace);
  await call('marks.set', { run: '1', favorite: true, addTags: ['golden', 'asia'] });
  await call('tracking.send', {});
  const model = () => ofKind('model').find(({ tags }) => tags['regimen.run_number'] === '1')!.tags;
  const told = { 'regimen.favorite': 'true', 'regimen.tags': 'asia, golden', 'regimen.note': '' };
  expect(model()).toMatchObject(told);
  await call('marks.set', { jobId: 1, note: 'The first.' });
  await call('marks.set', { run: '1', favorite: false, removeTags: ['asia', 'golden'] });
  await call('tracking.send', {});
  expect(model()).toMatchObject({ 'regimen.favorite': '', 'regimen.tags': '' });
  const job = ofKind('job').find(({ tags }) => tags['regimen.job'] === '1')!;
  expect(job.tags['regimen.note']).toBe('The first.');
  // What was told is not told again.
  const before = mlflow.asked.length;
  await call('tracking.send', {});
  expect(mlflow.asked).toHaveLength(before);
});

describe('a tracking server that is set later', () => {
  test('is told of everything that the workspace has, in the same figures', async () => {
    const engine = open(workspaces.copyOf(prepared));
    const { call } = engine;
    expect(await call('tracking.send', {})).toMatchObject({ state: 'idle', waiting: NOTHING, refused: [] });

    const jobs = await call('jobs.list', {});
    expect(
      ofKind('job')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(jobs.map(({ id, name }) => `${id} ${name}`).sort());
    const { runs, total } = await call('history.search', { limit: 500 });
    expect(ofKind('model')).toHaveLength(total);
    for (const run of runs) {
      const shown = ofKind('model').find(({ tags }) => tags['regimen.run'] === run.uuid)!;
      expect(shown.params).toMatchObject({ model_type: run.modelType, horizon: String(run.horizon) });
      expect(figureOf(shown, 'rmse')).toBe(run.rmse);
      expect(figureOf(shown, 'best_sharpe')).toBe(run.sharpe ?? undefined);
      expect(figureOf(shown, 'n_samples')).toBe(
        (await call('history.get', { run: String(run.id) })).trainRows,
      );
      const parent = mlflow.runs.find(({ run_id }) => run_id === shown.tags['mlflow.parentRunId'])!;
      expect(parent.tags['regimen.kind']).toBe('job');
      expect(shown.status).toBe('FINISHED');
    }

    const [found] = await call('search.list', {});
    expect(ofKind('trial')).toHaveLength(found!.trials.length);
    for (const trial of found!.trials) {
      const shown = ofKind('trial').find(({ tags }) => tags['regimen.trial'] === String(trial.trial))!;
      expect(figureOf(shown, found!.objective)).toBe(trial.value ?? undefined);
      expect(shown.metrics.filter(({ key }) => key.startsWith('fold_')).map(({ value }) => value)).toEqual(
        trial.intermediate,
      );
    }

    const validations = await call('validation.list', {});
    expect(ofKind('validation')).toHaveLength(validations.length);
    for (const { id, folds, stitched } of validations) {
      const shown = ofKind('validation').find(({ tags }) => tags['regimen.validation'] === String(id))!;
      expect(figureOf(shown, 'oos_sharpe')).toBe(stitched.sharpe ?? undefined);
      for (const { index, metrics } of folds) {
        expect(figureOf(shown, 'fold_spearman', index)).toBe(metrics?.spearman?.value);
      }
    }
  });

  test('has gates with their reports, versions with their models, and their aliases', async () => {
    const workspace = workspaces.copyOf(prepared);
    const { call } = open(workspace);
    await call('tracking.send', {});
    const [gate] = ofKind('gate');
    const { entries } = await call('production.journal', {});
    const { gate: report } = entries.find((entry) => entry.gate !== null)!;
    expect(JSON.parse(gate!.files['gate.json']!)).toEqual(report);
    expect(gate!.files['gate.html']).toContain('<!doctype html>');
    expect(figureOf(gate!, 'passed')).toBe(report!.passed ? 1 : 0);

    const [name] = await call('production.list', {});
    const [version] = name!.versions;
    const [shown] = ofKind('version');
    expect(Object.keys(shown!.files).sort()).toEqual([
      `model/model_${version!.version}.bin`,
      `model/model_${version!.version}.json`,
    ]);
    expect(mlflow.models).toEqual({ 'DEMO_EURUSD H4': [{ version: '1', run_id: shown!.run_id }] });
    expect(mlflow.aliases).toEqual({ 'DEMO_EURUSD H4': { production: '1' } });

    await call('production.retire', PLACE);
    await call('tracking.send', {});
    expect(mlflow.aliases).toEqual({ 'DEMO_EURUSD H4': { previous: '1' } });
    expect(ofKind('version')).toHaveLength(1);
  });
});

describe('each thing is sent once', () => {
  test('whatever answers are lost, whoever goes on', async () => {
    const whole = open(workspaces.copyOf(prepared));
    await whole.call('tracking.send', {});
    const expected = mlflow.runs.map(({ run_id: _, tags, ...run }) => ({ ...run, key: tags['regimen.key'] }));
    mlflow.runs.length = 0;

    const workspace = workspaces.copyOf(prepared);
    const random = createPrng(7);
    mlflow.fate = () => (random.float() < 0.15 ? 'lost' : undefined);
    let failures = 0;
    for (let state = ''; state !== 'idle'; ) {
      // Another process each time, which knows what the database says alone.
      const engine = createEngine({ workspace, role: 'command', env: { MLFLOW_TRACKING_URI: mlflow.uri } });
      const sent = await engine.call('tracking.send', {}).catch(() => undefined);
      state = sent?.state ?? 'down';
      failures += sent === undefined ? 1 : 0;
      await engine.close();
    }
    expect(failures).toBeGreaterThan(3);
    const got = mlflow.runs.map(({ run_id: _, tags, ...run }) => ({ ...run, key: tags['regimen.key'] }));
    const byKey = (a: { key: string | undefined }, b: { key: string | undefined }) =>
      a.key! < b.key! ? -1 : 1;
    expect(got.sort(byKey)).toEqual(expected.sort(byKey));
    expect(Object.values(mlflow.models).map((versions) => versions.length)).toEqual([2]);
  });

  test('also where the server comes to it after whoever asked has gone', async () => {
    let creations = 0;
    mlflow.fate = (path) => (path === 'runs/create' && ++creations === 2 ? 'late' : undefined);
    const { call } = open(workspaces.copyOf(prepared));
    // It fails, or what began by itself before it has.
    await call('tracking.send', {}).catch(() => undefined);
    expect(await call('tracking.send', {})).toMatchObject({ state: 'idle', waiting: NOTHING });
    expect(keys()).toEqual([...new Set(keys())]);
    expect(mlflow.asked).toContain('POST runs/delete');
  });

  test('by one process at a time', async () => {
    const workspace = workspaces.copyOf(prepared);
    const self = { host: 'here', pid: 1, processStart: 'a' };
    const alive = { self, exists: () => true, startOf: (pid: number) => (pid === 1 ? 'a' : 'b') };
    const other = { ...alive, self: { host: 'here', pid: 2, processStart: 'b' } };
    mlflow.fate = (path) => (path === 'runs/create' ? 'silence' : undefined);
    const first = open(workspace, { processes: alive });
    const sending = first.call('tracking.send', {}).catch(() => undefined);
    while (mlflow.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = open(workspace, { processes: other });
    expect(await second.call('tracking.status', {})).toMatchObject({ state: 'elsewhere' });
    await expect(second.call('tracking.send', {})).rejects.toThrow(/Another Regimen process/);
    await first.close();
    await sending;
    mlflow.fate = () => undefined;
    expect(await second.call('tracking.send', {})).toMatchObject({ state: 'idle', waiting: NOTHING });
    expect(keys()).toEqual([...new Set(keys())]);
  });

  test('and again where the server has lost it', async () => {
    const { call, ...engine } = open(workspaces.copyOf(prepared));
    await call('tracking.send', {});
    mlflow.runs.length = 0;
    const queueId = 1;
    await call('queue.extend', { queueId, grid: { ...GRID, horizons: [3, 6, 9] }, skipImpossible: false });
    await train({ call, ...engine } as Engine, queueId);
    await call('tracking.send', {});
    expect(ofKind('job')).toMatchObject([{ tags: { 'regimen.job': '1' }, status: 'FINISHED' }]);
    expect(ofKind('model').length).toBeGreaterThan(0);
  });
});

describe('a server that is down', () => {
  test('holds nothing up, is said once, and gets later what it missed', async () => {
    await mlflow.stop();
    const workspace = workspaces.create();
    const engine = open(workspace, { role: 'host' });
    const said: string[] = [];
    engine.subscribe((event: EngineEvent) => {
      if (event.type === 'feed' && event.line.topic === 'tracking') said.push(event.line.message);
    });
    const { queueId } = await engine.call('queue.create', { grid: GRID });
    expect(await train(engine, queueId)).toMatchObject({ state: 'completed', completed: 4 });
    await expect(engine.call('tracking.send', {})).rejects.toThrow(/can't be told.*What waits is kept/);
    const status = await engine.call('tracking.status', {});
    expect(status).toMatchObject({ waiting: { ...NOTHING, jobs: 1, models: 4 }, lastSentAt: null });
    const downs = () => said.filter((message) => message.includes("can't be told"));
    // It is tried a while after something has happened, however soon the job was done.
    await vi.waitFor(() => expect(downs()).toHaveLength(1), 20_000);
    // Longer than until the next try.
    await delay(1500);
    expect(downs()).toHaveLength(1);

    await mlflow.start();
    expect(await engine.call('tracking.send', {})).toMatchObject({ state: 'idle', waiting: NOTHING });
    expect(mlflow.runs).toHaveLength(5);
    expect(said.at(-1)).toMatch(/has what it missed/);
  });

  test('or that never answers, is not waited for at the end', async () => {
    mlflow.fate = () => 'silence';
    const engine = open(workspaces.copyOf(prepared));
    while (mlflow.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const begin = performance.now();
    await engine.close();
    expect(performance.now() - begin).toBeLessThan(14_000);
  });
});

describe('what the server refuses', () => {
  test('is told with its reason, and holds up nothing else', async () => {
    mlflow.fate = (path, body) =>
      path === 'runs/create' && /^trial 2/.test(`${body.run_name}`) ? 400 : undefined;
    const { call } = open(workspaces.copyOf(prepared));
    const { waiting, refused } = await call('tracking.send', {});
    expect(waiting).toEqual(NOTHING);
    expect(refused).toMatchObject([{ refusal: '400 as the test wants' }]);
    expect(refused[0]!.key).toMatch(/^trial\/.*\/1$/);
    expect(ofKind('trial')).toHaveLength(2);
    expect(ofKind('model').length).toBeGreaterThan(3);
  });

  test('a name and password, it is down until they are right', async () => {
    mlflow.fate = () => 401;
    const { call } = open(workspaces.copyOf(prepared), {
      env: { MLFLOW_TRACKING_URI: mlflow.uri, MLFLOW_TRACKING_TOKEN: 'wrong' },
    });
    await expect(call('tracking.send', {})).rejects.toThrow(/it answers 401/);
    expect([...mlflow.authorizations]).toEqual(['Bearer wrong']);
    expect((await call('tracking.status', {})).refused).toEqual([]);
  });

  test('files, where it does not serve them: all else is sent', async () => {
    mlflow.servesArtifacts = false;
    const { call } = open(workspaces.copyOf(prepared));
    expect(await call('tracking.send', {})).toMatchObject({ waiting: NOTHING, refused: [] });
    expect(mlflow.runs.flatMap(({ files }) => Object.keys(files))).toEqual([]);
    expect(ofKind('version')).toHaveLength(1);
  });
});

describe('what is chosen', () => {
  test('kept models alone', async () => {
    const workspace = workspaces.copyOf(prepared);
    writeFileSync(
      join(workspace, 'config.yaml'),
      `${CONFIG}mlflow: { models: kept, experiment_name: mine }\n`,
    );
    const { call } = open(workspace);
    await call('tracking.send', {});
    const { total } = await call('history.search', { kept: true, limit: 1 });
    expect(total).toBeGreaterThan(0);
    expect(ofKind('model')).toHaveLength(total);
    expect(await call('tracking.status', {})).toMatchObject({ experiment: 'mine', waiting: NOTHING });
  });

  test('no server: nothing is asked, and what to do is said', async () => {
    const { call } = open(workspaces.copyOf(prepared), { env: {} });
    expect(await call('tracking.status', {})).toMatchObject({ state: 'off', uri: null });
    await expect(call('tracking.send', {})).rejects.toThrow(/Set mlflow.tracking_uri/);
    expect(mlflow.asked).toEqual([]);
  });
});
