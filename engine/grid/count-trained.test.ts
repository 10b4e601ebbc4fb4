import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createResolver } from '../binding/resolver.ts';
import { columnsOf } from '../cells/columns.ts';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import { readDefaults } from '../config/files.ts';
import { loadConfig } from '../config/load.ts';
import { type GridSpecInput, parseGridSpec } from '../contract/grid.ts';
import { digestOf, uuidFrom } from '../identity/digest.ts';
import { demoMarket } from '../market/demo-market.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { createPrng } from '../random/prng.ts';
import { type CandleLibrary, createCandleLibrary } from '../store/candle-library.ts';
import { openStore, type Store } from '../store/database.ts';
import { insertRun, type NewRun } from '../store/runs.ts';
import { exampleRun } from '../store/testing/example-rows.ts';
import { checkGrid, MOST_CONFIGURATIONS, previewGrid } from './check.ts';
import { createGrid } from './grid.ts';

const range = (length: number, from = 1) => Array.from({ length }, (_, i) => from + i);

/** More cells than are listed, some of which the candles are too short for. */
const GRID: GridSpecInput = {
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
  timeframes: ['H1', 'H4'],
  encoders: ['normalized', 'absolute'],
  days_history: [60, 90, 3650],
  horizons: range(20),
  hyperparameters: { ridge: { alpha: [1, 2, 3] } },
};

let folder: string;
let store: Store;
let library: CandleLibrary;
const config = loadConfig(readDefaults());

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'count-trained-'));
  store = openStore(':memory:');
  library = createCandleLibrary(store, join(folder, 'candles'), () => 'new_york');
  for (const candles of demoMarket().slice(0, 2)) {
    library.record(writeSeries(library.folder, candles), 0, undefined);
  }
  insertRuns();
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** Runs of cells of a grid that has other ones, too: as they would be trained today, on other candles, without their file, or failed. */
function insertRuns(): void {
  const wider = createGrid(
    parseGridSpec({
      ...GRID,
      days_history: [60, 90, 120],
      horizons: range(25),
      hyperparameters: { ridge: { alpha: [2, 3, 4] } },
    }),
  );
  const resolver = createResolver(library, config);
  const random = createPrng(3);
  for (let n = 1; n <= 400; n++) {
    const cell = resolver.resolve(wider.cell(random.int(wider.size)));
    const kind = random.int(6);
    const key = kind < 2 ? cell.runKey : digestOf(['other', n]);
    const file = kind === 1 ? 'missing.model' : kind === 2 ? 'there.model' : null;
    // Under another key of its own, but the same model with the same figures.
    const isSame = kind === 3;
    const run: NewRun = {
      ...exampleRun(n),
      ...columnsOf(cell.configuration),
      uuid: uuidFrom(digestOf(n)),
      run_key: key,
      attempt: n,
      training_key: isSame ? cell.trainingKey : null,
      evaluation_keys: isSame ? JSON.stringify(cell.evaluationKeys) : null,
      configuration: canonicalConfiguration(cell.configuration),
      config_hash: cell.configHash,
      basis: JSON.stringify(kind === 4 ? { ...cell.basis, as_of: '2020-01-01T00:00:00.000Z' } : cell.basis),
      artifact_file: file,
      kept: file === null ? 0 : 1,
      status: kind === 5 ? 'failed' : 'completed',
    };
    insertRun(store, run, []);
  }
}

function previews(spec: GridSpecInput, retrain = false) {
  const models = { has: (name: string) => name === 'there.model' };
  const deps = { store, library, models, config, threads: 2 };
  const wishes = { retrain, skipImpossible: true };
  const grid = parseGridSpec(spec);
  return { counted: () => previewGrid(deps, grid, wishes), listed: () => checkGrid(deps, grid, wishes) };
}

const sortedOutdated = <T extends { outdated: readonly { reason: string }[] }>(preview: T) => ({
  ...preview,
  outdated: preview.outdated.toSorted((a, b) => (a.reason < b.reason ? -1 : 1)),
});

test('counting a grid comes to what going through its cells comes to', () => {
  for (const changes of [{}, { days_history: [60, 90], timeframes: ['H1'] }, { model_types: ['ridge'] }]) {
    const { counted, listed } = previews({ ...GRID, ...changes });
    const preview = listed().preview;
    expect(preview.totalConfigs).toBeGreaterThan(200);
    expect(sortedOutdated(counted())).toEqual(sortedOutdated(preview));
  }
  const { preview } = previews(GRID).listed();
  expect(preview.totalConfigs).toBeGreaterThan(1000);
  expect(preview.alreadyTrained).toBeGreaterThan(50);
  expect(preview.impossible).toBe(preview.totalConfigs / 3);
  expect(preview.outdated.length).toBeGreaterThan(1);
});

test('where all is to be trained again, nothing counts as trained', () => {
  const { counted, listed } = previews(GRID, true);
  expect(counted()).toEqual(listed().preview);
  expect(counted().alreadyTrained).toBe(0);
});

test('a grid that is too large for one job is counted, says so, and makes no job', () => {
  const { counted, listed } = previews({
    ...GRID,
    days_history: range(100, 30),
    horizons: range(100),
    hyperparameters: { ridge: { alpha: range(14) } },
  });
  const { totalConfigs, most, notes, toTrain, alreadyTrained, impossible, formula } = counted();
  expect([totalConfigs, most]).toEqual([2 * 2 * 2 * 100 * 100 * 15, MOST_CONFIGURATIONS]);
  expect(toTrain + alreadyTrained + impossible).toBe(totalConfigs);
  expect(alreadyTrained).toBeGreaterThan(20);
  expect(formula).toMatch(/= 1,200,000 configurations - \d+ already trained.* = [\d,]+ to train$/);
  expect(notes[0]).toMatch(
    /^One job may have 100,000 configurations, this grid has 1,200,000: .* or make several/,
  );
  expect(listed).toThrow(expect.objectContaining({ code: 'grid-invalid' }));
});
