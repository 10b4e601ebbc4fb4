import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openArtifactFolder } from '../artifacts/folder.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { columnsOf } from '../cells/columns.ts';
import { canonicalConfiguration, configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import { readCheckpoint } from '../checkpoint/checkpoint.ts';
import { type RestoreDeps, restoreCheckpoint } from '../checkpoint/restore.ts';
import { writeCheckpoint } from '../checkpoint/write.ts';
import { resultInputs } from '../contract/api/results.ts';
import type { Configuration } from '../contract/configuration.ts';
import { type GridSpec, parseGridSpec } from '../contract/grid.ts';
import { ERA_MIGRATION, type LaterAxes } from '../contract/testing/later-axes.ts';
import { createGrid } from '../grid/grid.ts';
import { formula } from '../grid/preview.ts';
import { historyCsv, historyTable } from '../interchange/history.ts';
import { decodeModelFile, encodeModelFile } from '../models/codec.ts';
import { windowsBefore } from '../pipeline/windows.ts';
import { type CommitDeps, commitResults } from '../queue/commit.ts';
import { restoredStates } from '../queue/restored.ts';
import type { SelectionRules } from '../selection/decide.ts';
import { insertChampion } from '../store/champions.ts';
import { findConfiguration } from '../store/configurations.ts';
import { openStore } from '../store/database.ts';
import { laySums } from '../store/lay-sums.ts';
import { cellsOf, insertQueue, requireQueue } from '../store/queues.ts';
import type { RunFilter } from '../store/run-filter.ts';
import { matchingRuns } from '../store/run-search.ts';
import { findRun, insertRun } from '../store/runs.ts';
import { exampleChampion, exampleRun, exampleStrategy } from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { datedChampionDtos } from '../views/champions.ts';
import { queueSummary } from '../views/queues.ts';
import { runDto, runDtos } from '../views/run.ts';

/** An axis is written once: these are in the table of axes and nowhere else. */
vi.mock('../contract/axes.ts', async (original) => {
  const { withLaterAxes } = await import('../contract/testing/later-axes.ts');
  const module = await original<{ AXES: Parameters<typeof withLaterAxes>[0] }>();
  return { ...module, AXES: withLaterAxes(module.AXES) };
});

const SPEC = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [12],
};
/** Of the one cell of that grid in the first release. */
const FIRST_HASH = 'ea1de587930ddba780088b9881c9638e50ff5c4d0749b83d41bfbae72803977f';

type Later = Configuration & LaterAxes;
const grid = createGrid(parseGridSpec({ ...SPEC, sessions: ['all', 'london'] }));
const [plain, inLondon] = [...grid.cells()] as [Later, Later];
const london: Later = { ...inLondon, indicatorTimeframes: {}, era: 2 };
const hash = configHash(london);

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'later-axes-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** Of a failed run. */
const NO_EXTRAS = { bestRegimes: [], best: undefined, job: null };

const RULES: SelectionRules = {
  scope: 'symbol_timeframe_regime',
  score: 'sharpe',
  min_score: 'auto',
  min_trades_per_regime: 10,
  min_improvement_threshold: 0.01,
  keep_top_n_per_regime: 1,
  delete_non_best_models: true,
};

function workspace(name: string): RestoreDeps {
  const store = openStore(join(root, `${name}.db`));
  laySums(store.raw, () => store.raw.exec(ERA_MIGRATION));
  const artifacts = openArtifactFolder(() => join(root, name));
  const now = () => 1e12;
  const folder = join(root, `${name}-checkpoints`);
  return { store, artifacts, folder, now, rules: RULES, states: restoredStates(store, now) };
}

const runKey = exampleRun(1).run_key;

/** A queue of one cell in London, which failed, and one that is still to be trained. */
function fill({ store, artifacts, now }: RestoreDeps): number {
  const cell = { asOf: null, state: 'pending', runId: null } as const;
  const waiting: Later = { ...london, horizon: 24 };
  const queueId = insertQueue(store, { name: 'q', spec: {}, createdAt: 1 }, [
    { ...cell, configuration: london, configHash: hash, runKey },
    { ...cell, configuration: waiting, configHash: configHash(waiting), runKey: 'waiting' },
  ]);
  const error = { code: 'training-failed', message: 'no', details: {} } as const;
  placeQueue(store, queueId, 'running', 'p');
  commitResults({ store, artifacts, now } as CommitDeps, requireQueue(store, queueId), [
    {
      cell: {
        configuration: london,
        configHash: hash,
        runKey,
        trainingKey: '',
        evaluationKeys: {},
        windows: windowsBefore(0, { holdoutDays: 30, selectionDays: 90 }, 60),
        synthetic: false,
        basis: {} as ResolvedCell['basis'],
        contextKey: '',
      },
      result: { status: 'failed', index: 0, error, seconds: 1 },
    },
  ]);
  placeQueue(store, queueId, 'paused');
  return queueId;
}

describe('an axis that is added to the table', () => {
  it('changes no hash where it has the value that it starts with', () => {
    expect(plain).toMatchObject({ session: 'all', era: 1 });
    expect(configHash(plain)).toBe(FIRST_HASH);
    expect(hash).not.toBe(configHash(inLondon));
    expect(new Set([FIRST_HASH, configHash(inLondon), hash]).size).toBe(3);
    expect(canonicalConfiguration(london)).toMatch(/,"era":2,.*,"session":"london",/);
  });

  it('is an axis of grids, and nothing to grids that were stored before', () => {
    expect(formula(grid, 0)).toMatch(/ 1 horizon x 2 sessions = 2 configurations$/);
    const stored = createGrid(SPEC as unknown as GridSpec);
    expect([stored.size, stored.cell(0)]).toEqual([1, plain]);
    expect(() => parseGridSpec({ ...SPEC, sessions: ['paris'] })).toThrow(/sessions\[0\]/);
  });

  it('is stored with cells and runs, and shown', async () => {
    const ws = workspace('stored');
    const queueId = fill(ws);
    const { store } = ws;
    expect(findConfiguration(store, hash)).toEqual(london);
    const run = findRun(store, 1)!;
    expect(run).toMatchObject({ era: 2, status: 'failed' });
    expect(runDto(run, NO_EXTRAS)).toMatchObject({ session: 'london', era: 2, horizon: 12 });
    expect(runDtos(store, [1])).toEqual([{ ...runDto(run, NO_EXTRAS), job: { queueId, name: 'q' } }]);
    const queue = requireQueue(store, queueId);
    const { failures } = await queueSummary(
      store,
      queue,
      { has: () => true },
      async () => null,
      createChampionJudge(store),
    );
    const [failure] = failures;
    expect(failure?.configuration).toBe(
      'Ridge EURUSD H1, 60 days, 12 bars ahead, normalized, london session',
    );
    expect(describeConfiguration(plain)).toBe('Ridge EURUSD H1, 60 days, 12 bars ahead, normalized');
    store.close();
  });

  it('stands beside champions', async () => {
    const { store } = workspace('champions');
    const row = { ...exampleRun(1), ...columnsOf(london), config_hash: hash };
    insertRun(store, { ...row, configuration: canonicalConfiguration(london) }, [exampleStrategy(0)]);
    insertChampion(store, exampleChampion(1, 'bull_trending', 1));
    const champions = await datedChampionDtos(
      store,
      { has: () => true },
      async () => null,
      createChampionJudge(store),
    );
    expect(champions).toMatchObject([{ session: 'london', horizon: 12 }]);
    store.close();
  });

  it('is a column of the exported history', () => {
    const ws = workspace('csv');
    fill(ws);
    const [head, row] = [...historyCsv(historyTable(ws.store, [1], new Map()))]
      .join('')
      .split('\r\n')
      .map((line) => line.split(','));
    expect(row?.[head?.indexOf('trading_session') ?? -1]).toBe('london');
    expect(row?.[head?.indexOf('era') ?? -1]).toBe('2');
    ws.store.close();
  });

  it('is searched and sorted by', () => {
    const { store } = workspace('searched');
    for (const [n, era] of [2, 1, 3].entries()) {
      const configuration: Later = { ...london, era, horizon: n + 1 };
      const row = {
        ...exampleRun(n + 1),
        ...columnsOf(configuration),
        config_hash: configHash(configuration),
      };
      insertRun(store, { ...row, configuration: canonicalConfiguration(configuration) }, []);
    }
    const filter = resultInputs['history.export'].parse({ era: '3', sort: 'era' });
    expect(filter).toMatchObject({ era: 3, sort: 'era' });
    const order = { sort: filter.sort, descending: true };
    expect(matchingRuns(store, {}, order)).toEqual([3, 1, 2]);
    expect(matchingRuns(store, { era: 3 } as RunFilter)).toEqual([3]);
    store.close();
  });

  it('comes back from a checkpoint, of what was trained and of what was not', async () => {
    const before = workspace('before');
    const checkpoint = await readCheckpoint(await writeCheckpoint(before, fill(before)));
    const after = workspace('after');
    await restoreCheckpoint(after, checkpoint);
    const [trained, waiting] = cellsOf(after.store, 1).map((cell) =>
      findConfiguration(after.store, cell.config_hash),
    );
    expect([trained, waiting]).toEqual([london, { ...london, horizon: 24 }]);
    expect(runDto(findRun(after.store, 1)!, NO_EXTRAS)).toMatchObject({ session: 'london', era: 2 });
    for (const { store } of [before, after]) store.close();
  });

  it('comes back from a model file, and leaves those without it as they were', () => {
    const file = (configuration: Configuration) =>
      encodeModelFile({
        configuration,
        configHash: configHash(configuration),
        modelKey: runKey,
        pipelineVersion: 1,
        trainingDataDigest: 'd',
        featureNames: ['a'],
        members: [Uint8Array.of(1)],
      });
    expect(decodeModelFile(file(london), '').configuration).toEqual(london);
    const { session: _session, era: _era, ...first } = plain;
    expect(file(plain)).toEqual(file(first));
    expect(decodeModelFile(file(first), '').configuration).toEqual(plain);
  });
});
