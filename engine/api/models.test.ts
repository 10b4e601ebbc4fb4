import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDto } from '../contract/dto/index.ts';
import { importXgboostJson } from '../interchange/xgboost-json/read.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';

const GRID = {
  name: 'Models',
  model_types: ['ridge', 'xgboost'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [90],
  horizons: [6],
  hyperparameters: { xgboost: { n_estimators: 15, max_depth: 3 } },
};

let workspace: TestWorkspace;
let deleted: RunDto;
let ridge: RunDto;
let xgboost: RunDto;
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  await engine.call('settings.set', { changes: { 'evaluation.min_trades_per_regime': 100_000 } });
  await train(engine, { ...GRID, model_types: ['xgboost'], horizons: [3] });
  await engine.call('settings.set', {
    changes: { 'evaluation.min_trades_per_regime': 10, 'model_management.delete_non_best_models': false },
  });
  await train(engine, GRID);
  const { runs } = await engine.call('history.search', { descending: false });
  [deleted, ridge, xgboost] = runs as [RunDto, RunDto, RunDto];
  expect(runs.map((run) => run.kept)).toEqual([false, true, true]);
});
afterAll(() => workspace.dispose());

const file = (name: string) => join(workspace.folder, name);
const exportRun = (run: RunDto, name: string, more = {}) =>
  workspace.engine.call('model.export', { run: String(run.id), out: file(name), ...more });
const importFor = (run: RunDto, name: string) =>
  workspace.engine.call('model.import', { file: file(name), run: run.uuid });

describe('model.export', () => {
  it('writes the mean of the members, or one of them, and says what is in it', async () => {
    const mean = await exportRun(xgboost, 'mean.json');
    expect(mean).toMatchObject({
      run: xgboost.id,
      file: file('mean.json'),
      member: null,
      members: 3,
      trees: 45,
      predicts: 'return',
      meanAbsoluteReturn: null,
      withStatistics: true,
    });
    const written = importXgboostJson(readFileSync(file('mean.json'), 'utf8'));
    expect(written.featureNames).toEqual(mean.features);
    expect(await exportRun(xgboost, 'second.json', { member: 2 })).toMatchObject({ member: 2, trees: 15 });
  });

  it('replaces a file only when told to', async () => {
    writeFileSync(file('mine.json'), 'mine');
    await expect(exportRun(xgboost, 'mine.json')).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(file('mine.json'), 'utf8')).toBe('mine');
    await exportRun(xgboost, 'mine.json', { overwrite: true });
    expect(readFileSync(file('mine.json'), 'utf8')).toContain('gbtree');
  });

  it('says why a run has nothing to export', async () => {
    await expect(exportRun(deleted, 'a.json')).rejects.toThrow(
      /its model was deleted.*delete_non_best_models to false/,
    );
    await expect(exportRun(ridge, 'a.json', { format: 'xgboost-json' })).rejects.toThrow(
      /Ridge has no trees.*can be written as onnx \(ONNX\), csv .*, json/,
    );
    await expect(exportRun(xgboost, 'a.json', { member: 4 })).rejects.toThrow(/members 1 to 3, not 4/);
    await expect(exportRun(xgboost, 'no-folder/a.json')).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('model.export of a run with a LONG and a SHORT model', () => {
  const pair = (run: RunDto, name: string, more = {}) =>
    workspace.engine.call('model.export', { run: String(run.id), out: file(name), ...more });
  let barrier: RunDto;
  let outcome: RunDto;
  let linear: RunDto;
  beforeAll(async () => {
    const targets = ['barrier', 'outcome'];
    const days = { days_history: [240], horizons: [12], targets };
    await train(workspace.engine, { ...GRID, ...days });
    const { runs } = await workspace.engine.call('history.search', { limit: 4 });
    const of = (type: string, target: string) =>
      runs.find((run) => run.modelType === type && run.target === target)!;
    [barrier, outcome, linear] = [
      of('xgboost', 'barrier 2:1'),
      of('xgboost', 'outcome 2:1'),
      of('ridge', 'outcome 2:1'),
    ];
  });
  const read = (folder: string, name: string) => JSON.parse(readFileSync(join(file(folder), name), 'utf8'));

  it('has trades whose stop and target are where they are left at, or beyond where the price jumped', async () => {
    const reasons = new Set<string>();
    for (const run of [barrier, outcome]) {
      const { trades } = await workspace.engine.call('run.trades', { run: String(run.id) });
      expect(trades.length).toBeGreaterThan(0);
      for (const { side, entryPrice, exitPrice, stop, takeProfit, reason } of trades) {
        const way = side === 'long' ? 1 : -1;
        expect((takeProfit! - entryPrice) / (entryPrice - stop!)).toBeCloseTo(2, 6);
        expect(way * (takeProfit! - entryPrice)).toBeGreaterThan(0);
        if (reason === 'stop') expect(way * (exitPrice - stop!)).toBeLessThanOrEqual(0);
        if (reason === 'target') expect(way * (exitPrice - takeProfit!)).toBeGreaterThanOrEqual(0);
        reasons.add(reason);
      }
    }
    expect(reasons).toContain('stop');
    expect(reasons).toContain('target');
  });

  it('writes both models and what they need to be used', async () => {
    const written = await pair(outcome, 'pair');
    const names = ['model_long_4h_latest.json', 'model_short_4h_latest.json', 'metadata_4h_latest.json'];
    expect(written).toMatchObject({
      file: join(file('pair'), 'metadata_4h_latest.json'),
      files: names.map((name) => join(file('pair'), name)),
      members: 3,
      trees: 90,
      predicts: 'outcome',
    });
    const metadata = read('pair', 'metadata_4h_latest.json');
    expect(metadata).toMatchObject({
      version: expect.stringMatching(/^4h_\d{8}_\d{6}$/),
      run: outcome.uuid,
      target: 'outcome 2:1',
      take_profit: 2,
      stop_loss: 1,
      horizon: 12,
      features: written.features,
      long: [{ file: names[0], calibration: null, scale: { offset: 0, slope: 1 } }],
      short: [{ file: names[1], calibration: null, scale: { offset: 0, slope: 1 } }],
    });
    expect(metadata.spearman_long).toBeTypeOf('number');
    const long = importXgboostJson(readFileSync(join(file('pair'), names[0]!), 'utf8'));
    expect(long.featureNames).toEqual(written.features);
    expect(long.trees).toBe(45);
  });

  it('writes the members of probabilities one by one, with their calibrations', async () => {
    const written = await pair(barrier, 'members');
    expect(written.files).toHaveLength(7);
    const { long, short } = read('members', 'metadata_4h_latest.json');
    expect([...long, ...short].map((model) => model.calibration.kind)).toEqual(Array(6).fill('sigmoid'));
    expect(long[2].file).toBe('model_long_4h_latest_3.json');
  });

  it('refuses a file for two models, files that are there, and types without trees', async () => {
    await expect(pair(outcome, 'pair.json')).rejects.toThrow(/name a folder, or one member/);
    await pair(outcome, 'again');
    await expect(pair(outcome, 'again')).rejects.toMatchObject({ code: 'conflict' });
    await pair(outcome, 'again', { overwrite: true });
    await expect(pair(linear, 'linear')).rejects.toThrow(
      /ending of .*linear does not say.*onnx \(\.onnx\), csv/,
    );
    expect(existsSync(file('linear'))).toBe(false);
    expect(await pair(barrier, 'one.json', { member: 4 })).toMatchObject({
      member: 4,
      predicts: 'probability',
    });
  });
});

describe('model.features', () => {
  const features = (run: RunDto, name: string, more = {}) =>
    workspace.engine.call('model.features', { run: String(run.id), out: file(name), ...more });

  it('writes what the model of the run was trained on, under the names its export has', async () => {
    const written = await features(xgboost, 'features.csv');
    expect(written).toMatchObject({ run: xgboost.id, file: file('features.csv'), horizon: 6 });
    const { trainRows } = await workspace.engine.call('history.get', { run: xgboost.uuid });
    expect(written.windows.map(({ window }) => window)).toEqual(['training', 'selection']);
    expect(written.windows[0]!.labeled).toBe(trainRows);

    const text = readFileSync(file('features.csv'), 'utf8');
    expect(written.bytes).toBe(text.length);
    const exported = await exportRun(xgboost, 'named.json');
    expect(exported.features.some((name) => name.endsWith('@D1'))).toBe(true);
    expect(written.features).toEqual(exported.features);
    expect(text.split('\r\n')[0]).toBe(['time', 'window', 'label', ...exported.features].join(','));
    expect(text).not.toContain(',holdout,');
  });

  it('writes the holdout when asked to, once the look at it is spent', async () => {
    const asked = () => features(xgboost, 'holdout.csv', { holdout: true });
    await expect(asked()).rejects.toMatchObject({ code: 'conflict' });
    await workspace.engine.call('champions.open', { run: xgboost.uuid });
    const { windows } = await asked();
    expect(windows.map(({ window }) => window)).toEqual(['training', 'selection', 'holdout']);
    const rows = readFileSync(file('holdout.csv'), 'utf8').match(/,holdout,/g);
    expect(rows).toHaveLength(windows[2]!.rows);
  });

  it('needs no model of the run', async () => {
    expect(await features(deleted, 'deleted.csv')).toMatchObject({ run: deleted.id, horizon: 3 });
    expect((await features(ridge, 'ridge.csv')).features).not.toEqual([]);
  });

  it('replaces a file only when told to', async () => {
    writeFileSync(file('mine.csv'), 'mine');
    await expect(features(ridge, 'mine.csv')).rejects.toMatchObject({
      code: 'conflict',
      details: { remedy: 'overwrite' },
    });
    expect(readFileSync(file('mine.csv'), 'utf8')).toBe('mine');
    await features(ridge, 'mine.csv', { overwrite: true });
    expect(readFileSync(file('mine.csv'), 'utf8')).toMatch(/^time,window,label,/);
  });

  it('says when the place can not be written to', async () => {
    await expect(features(ridge, 'no-folder/a.csv')).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(existsSync(file('no-folder'))).toBe(false);
  });
});

describe('model.import', () => {
  beforeAll(() => exportRun(xgboost, 'import.json'));

  it('ranks its strategies beside those of the run, and keeps nothing', async () => {
    const { engine } = workspace;
    const state = async () => [
      await engine.call('history.search', {}),
      await engine.call('champions.list', {}),
    ];
    const before = await state();
    const report = await importFor(xgboost, 'import.json');
    expect(await state()).toEqual(before);

    expect(report).toMatchObject({ run: xgboost.id, trees: 45, strategies: 135, minTrades: 10 });
    expect(report.featuresUsed).toBe(report.features);
    for (const list of [report.imported, report.trained]) {
      expect(list).toHaveLength(5);
      const sharpe = list.map(({ selection }) => selection.sharpe);
      expect(sharpe).toEqual(sharpe.toSorted((a, b) => b! - a!));
      for (const { selection } of list) expect(selection.trades).toBeGreaterThanOrEqual(10);
    }
    const { strategies } = await engine.call('history.get', { run: xgboost.uuid });
    for (const { index, selection, holdout } of report.trained) {
      expect(strategies[index]).toMatchObject({ index, selection, holdout });
    }
  });

  it('needs no model of the run, only what it was evaluated on', async () => {
    expect(await importFor(deleted, 'import.json')).toMatchObject({ run: deleted.id, horizon: 3 });
  });

  it('refuses a file that is not there or holds no model', async () => {
    rmSync(file('gone.json'), { force: true });
    await expect(importFor(xgboost, 'gone.json')).rejects.toMatchObject({ code: 'file-unreadable' });
    writeFileSync(file('text.json'), 'no model');
    await expect(importFor(xgboost, 'text.json')).rejects.toMatchObject({ code: 'data-invalid' });
  });

  it('measures by the rules of the run, whatever they are today, and refuses without its candles', async () => {
    const { engine } = workspace;
    const before = await importFor(xgboost, 'import.json');
    const regimes = await engine.call('regimes.list', {});
    await engine.call('regimes.save', { regimes: regimes.slice(1) });
    expect(await importFor(xgboost, 'import.json')).toEqual(before);
    for (const { symbol, timeframe } of await engine.call('market.list', {})) {
      await engine.call('market.remove', { symbol, timeframe });
    }
    await expect(importFor(xgboost, 'import.json')).rejects.toThrow(
      /can't be the measure of another model: .*candles were removed/,
    );
  });
});
