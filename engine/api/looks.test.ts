import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { EFFECTS, type ReadingMethod } from '../contract/api/effects.ts';
import type { EngineEvent } from '../contract/events.ts';
import { decodeResults, STORED_METRICS } from '../pipeline/results-blob.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { firstChampion, readingInputs } from '../testing/reading-inputs.ts';
import { CONFIG, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open } = useEngines();

const KEEP_ALL = `${CONFIG}model_management: { delete_non_best_models: false }\n`;
const GRID = { ...TWELVE, model_types: ['ridge', 'xgboost'], days_history: [60], horizons: [3] };
const NOW = Date.UTC(2026, 10, 28, 14, 30);
const HOLDOUT_FROM = '2025-05-28T21:00:00.000Z';
const HOLDOUT_TO = '2025-06-27T21:00:00.000Z';

let workspace: string;
let engine: Engine;
let treeRun: string;
let written = 0;
beforeEach(async () => {
  workspace = createWorkspace(KEEP_ALL);
  engine = open(workspace, { now: () => NOW });
  expect(await train(engine, GRID)).toMatchObject({ completed: 2, kept: 2 });
  const { runs } = await engine.call('history.search', {});
  treeRun = String(runs.find(({ modelType }) => modelType === 'xgboost')!.id);
  // A version that is registered tells nothing either.
  await engine.call('production.register', { run: treeRun });
});

/** Every figure of the holdout that is stored, and that is no figure of the selection window by chance. */
function storedHoldout(): { ofRows: Set<number>; ofTables: Set<number> } {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  const all = (text: string) => db.prepare(text).all() as Record<string, number | Buffer>[];
  const ofRows = new Set<number>();
  const ofTables = new Set<number>();
  const other = new Set<number>();
  for (const row of [...all('SELECT * FROM champions'), ...all('SELECT * FROM strategies')]) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number' || name.endsWith('win_rate')) continue;
      (name.startsWith('holdout_') ? ofRows : other).add(value);
    }
  }
  for (const { results } of all('SELECT results FROM runs')) {
    const table = decodeResults(results as Buffer);
    for (let strategy = 0; strategy < table.strategies; strategy++) {
      for (let segment = 0; segment <= table.regimeNames.length; segment++) {
        // A win rate is one of few fractions, which other figures come to as well.
        for (const metric of STORED_METRICS.filter((name) => name !== 'winRate')) {
          ofTables.add(table.read(strategy, 'holdout', segment, metric));
          other.add(table.read(strategy, 'selection', segment, metric));
        }
      }
    }
  }
  db.close();
  const own = (values: Set<number>) =>
    new Set(
      [...values].filter((value) => !Number.isInteger(value) && !Number.isNaN(value) && !other.has(value)),
    );
  return { ofRows: own(ofRows), ofTables: own(ofTables) };
}

/** All numbers in an answer, and all times. */
function contentsOf(value: unknown, into: { numbers: Set<number>; times: string[] }): void {
  if (typeof value === 'number') into.numbers.add(value);
  else if (typeof value === 'string') into.times.push(...(value.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []));
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) contentsOf(part, into);
  }
}

/** What all methods that only read say, of every run and strategy that there is something to ask about. */
async function everythingRead() {
  const said = { numbers: new Set<number>(), times: [] as string[] };
  const files: string[] = [];
  const out = (ending: string) => {
    const file = join(workspace, `read-${written++}.${ending}`);
    files.push(file);
    return file;
  };
  const candleFile = join(workspace, 'bars.csv');
  writeFileSync(candleFile, 'time,open,high,low,close\n2024-01-02T00:00:00,1,2,0.5,1.5\n');
  const exported = join(workspace, 'model.json');
  await engine.call('model.export', { run: treeRun, out: exported, overwrite: true });
  const bundle = join(workspace, 'run.zip');
  await engine.call('run.export', { run: treeRun, out: bundle, overwrite: true });
  const inputs = readingInputs({
    candleFile,
    champion: await firstChampion(engine),
    run: treeRun,
    exported,
    bundle,
    grid: GRID,
    out,
  });
  const methods = Object.entries(EFFECTS).flatMap(([method, effect]) =>
    effect === 'reads' ? [method as ReadingMethod] : [],
  );
  for (const method of methods) {
    // There is no validation; the folds of one end where the holdout begins.
    if (method === 'validation.get' || method === 'evidence.curve') continue;
    // There is no search, and what these write are hyper-parameters.
    if (method === 'search.best' || method === 'search.export') continue;
    // No gate was asked, and there is nothing to compare one version with.
    if (['production.report', 'production.compare', 'production.export'].includes(method)) continue;
    // Nothing was trained for production.
    if (method === 'production.training') continue;
    // Nobody is in charge, so nothing is traded on paper.
    if (method === 'forward.show' || method === 'statement.compare') continue;
    // Nothing is known yet of what survives.
    if (method === 'survival.get' || method === 'survival.gate') continue;
    contentsOf(await engine.call(method, inputs[method]() as never), said);
  }
  for (const { runId: run, strategyIndex, regime } of await engine.call('champions.list', {})) {
    contentsOf(await engine.call('history.get', { run }), said);
    contentsOf(await engine.call('run.trace', { run, strategyIndex, regime }), said);
    contentsOf(await engine.call('run.trades', { run, regime, csv: out('csv') }), said);
  }
  const texts = files.filter((file) => file.endsWith('.csv')).map((file) => readFileSync(file, 'utf8'));
  return { ...said, texts };
}

const found = (values: Set<number>, said: Set<number>) => [...values].filter((value) => said.has(value));

it('hides every figure, trade and bar of a holdout from every method until its look is spent, then shows all', async () => {
  const { ofRows, ofTables } = storedHoldout();
  expect(ofRows.size).toBeGreaterThan(20);
  expect(ofTables.size).toBeGreaterThan(100);
  const before = await everythingRead();
  expect(found(ofRows, before.numbers)).toEqual([]);
  expect(found(ofTables, before.numbers)).toEqual([]);
  const champions = await engine.call('champions.list', {});
  expect(champions.length).toBeGreaterThan(1);
  for (const { runId: run, strategyIndex, regime, holdout, holdoutLook } of champions) {
    expect({ holdout, opened: holdoutLook.opened }).toEqual({ holdout: null, opened: null });
    expect(holdoutLook.hidden).toMatch(
      /^The holdout of DEMO_EURUSD H4 of 2025-05-28 to 2025-06-27 is hidden/,
    );
    const trace = await engine.call('run.trace', { run, strategyIndex, regime });
    expect(trace.holdoutFrom).toBe(trace.time.length);
    expect(trace.equity).toHaveLength(trace.time.length);
    expect(trace.time.at(-1)!).toBeLessThan(Date.parse(HOLDOUT_FROM));
    expect(trace.trades.every(({ closed }) => closed <= HOLDOUT_FROM)).toBe(true);
  }
  for (const text of before.texts) expect(text).not.toMatch(/,yes\r?\n|,holdout,/);
  const features = { run: treeRun, out: join(workspace, 'holdout.csv'), holdout: true };
  await expect(engine.call('model.features', features)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is hidden until you spend the one look at it'),
  });

  await engine.call('champions.open', { all: true });
  const after = await everythingRead();
  const ofChampions = new Set(
    (await engine.call('champions.list', {})).flatMap(({ holdout }) => Object.values(holdout!)),
  );
  expect(ofChampions.size).toBeGreaterThan(3);
  // Not the total return, which no list shows.
  expect(found(ofRows, after.numbers).length).toBeGreaterThan(5);
  expect(found(ofTables, after.numbers).length).toBe(ofTables.size);
  expect(after.texts.some((text) => /,yes\r?\n/.test(text))).toBe(true);
  const { windows } = await engine.call('model.features', features);
  expect(windows.map(({ window }) => window)).toEqual(['training', 'selection', 'holdout']);
});

it('spends one look for all runs of a market, writes it down once, and says it to others', async () => {
  const events: EngineEvent[] = [];
  engine.subscribe((event) => events.push(event));
  const [first] = await engine.call('champions.list', {});
  const champion = `${first!.symbol.toLowerCase()}/4h/${first!.regime}`;
  const look = {
    symbol: 'DEMO_EURUSD',
    timeframe: 'H4',
    from: HOLDOUT_FROM,
    to: HOLDOUT_TO,
    openedAt: new Date(NOW).toISOString(),
    openedBy: 'command line',
    openedFor: champion,
  };
  expect(await engine.call('champions.open', { champion })).toEqual([{ ...look, isNew: true }]);
  expect(events).toContainEqual({ type: 'workspace.changed', what: 'looks' });
  for (const { holdout, holdoutLook } of await engine.call('champions.list', {})) {
    expect(holdout).not.toBeNull();
    expect(holdoutLook).toEqual({
      from: HOLDOUT_FROM,
      to: HOLDOUT_TO,
      opened: { at: look.openedAt, by: 'command line' },
      hidden: null,
    });
  }
  const again = await engine.call('champions.open', { run: treeRun });
  expect(again).toEqual([{ ...look, openedFor: `run ${treeRun}`, isNew: false }]);
  const db = rawDatabase(join(workspace, 'regimen.db'));
  expect(db.prepare('SELECT * FROM looks').all()).toHaveLength(1);
  for (const change of ['UPDATE looks SET holdout_to = 0', 'DELETE FROM looks']) {
    expect(() => db.exec(change), change).toThrow('A look that was spent is never');
  }
  db.close();
});

it('has a holdout that nobody has looked at where the as-of date is newer', async () => {
  await engine.call('champions.open', { all: true });
  const db = rawDatabase(join(workspace, 'regimen.db'));
  const before = db.prepare('SELECT basis FROM runs WHERE id = 1').pluck().get() as string;
  db.close();
  expect(before).toContain(HOLDOUT_TO);
  await engine.call('settings.set', { changes: { 'evaluation.as_of': '2025-06-20' } });
  const older = await train(engine, { ...GRID, model_types: ['ridge'] });
  expect(older.completed).toBe(1);
  const { runs } = await engine.call('history.search', { limit: 1 });
  // What lies before what was looked at is open.
  const earlier = await engine.call('history.get', { run: runs[0]!.uuid });
  expect(earlier.holdoutLook.to < HOLDOUT_TO).toBe(true);
  expect(earlier.holdoutLook.opened).not.toBeNull();
});

it('opens only what is named, and says what can be', async () => {
  const spend = (input: object) => engine.call('champions.open', input);
  await expect(spend({})).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(spend({ run: treeRun, all: true })).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(spend({ champion: 'EURUSD' })).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(spend({ champion: 'DEMO_EURUSD/H1/bull_trending' })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('DEMO_EURUSD/H4/'),
  });
  const [first] = await engine.call('champions.list', {});
  expect(first!.holdout).toBeNull();
});
