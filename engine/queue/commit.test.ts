import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openArtifactFolder } from '../artifacts/folder.ts';
import { METRICS, type MetricName } from '../backtest/metrics.ts';
import type { Basis } from '../binding/basis.ts';
import type { ResolvedCell } from '../binding/resolver.ts';
import { readWorkspaceConfig } from '../config/files.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import { rowIndex, tableSize } from '../pipeline/evaluation-table.ts';
import type { CellResult } from '../pipeline/job.ts';
import { windowsBefore } from '../pipeline/windows.ts';
import { openStore, type Store } from '../store/database.ts';
import { figureColumns, NO_LUCK } from '../store/figure-columns.ts';
import { cellsOf, insertQueue, type QueueRow, requireQueue } from '../store/queues.ts';
import { exampleConfiguration } from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { type CommitDeps, type CommitStep, commitResults } from './commit.ts';
import { type FreshScores, NO_FRESH_SCORES } from './rescore.ts';
import { skipTrained } from './skip-trained.ts';

/** One strategy, one regime and the rest: the better of two runs pushes the other out. */
const REGIMES = ['bull_trending', UNCLASSIFIED];
const STRATEGY = {
  predictionMethod: 'direct',
  ensembleMethod: 'mean',
  confidenceThreshold: 0.4,
  lookbackWindow: 50,
} as const;

let folder: string;
let store: Store;
let queue: QueueRow;
/** Another connection: it sees what is permanent. */
let onDisk: Database.Database;
beforeEach(begin);
afterEach(end);

function begin(): void {
  folder = mkdtempSync(join(tmpdir(), 'regimen-commit-'));
  store = openStore(join(folder, 'regimen.db'));
  onDisk = new Database(join(folder, 'regimen.db'), { readonly: true });
  const cells = [0, 1, 2].map((n) => ({
    configuration: exampleConfiguration(3),
    asOf: null,
    configHash: digestOf(n),
    runKey: digestOf(['run', n]),
    state: 'pending' as const,
    runId: null,
  }));
  const id = insertQueue(store, { name: 'Nightly', spec: {}, createdAt: 1 }, cells);
  placeQueue(store, id, 'running', '{"pid":1}');
  queue = requireQueue(store, id);
}

function end(): void {
  onDisk.close();
  store.close();
  rmSync(folder, { recursive: true });
}

function beginAnew(): void {
  end();
  begin();
}

function cellOf(n: number): ResolvedCell {
  return {
    configuration: {
      modelType: 'ridge',
      encoder: 'normalized',
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: 60,
      horizon: 3 + n,
      target: 'return',
      indicatorTimeframes: {},
      hyperparameters: {},
    },
    configHash: digestOf(n),
    runKey: digestOf(['run', n]),
    trainingKey: digestOf(['model', n]),
    evaluationKeys: {},
    windows: windowsBefore(0, { holdoutDays: 30, selectionDays: 90 }, 60),
    basis: {} as Basis,
    synthetic: false,
    contextKey: 'one',
  };
}

function resultOf(n: number, sharpe: number): CellResult {
  const results = new Float64Array(tableSize(1, REGIMES.length));
  const set = (segment: number, metric: MetricName, value: number) => {
    results[rowIndex(REGIMES.length, 0, 0) + segment * METRICS.length + METRICS.indexOf(metric)] = value;
  };
  for (const segment of [0, 1]) {
    set(segment, 'sharpe', sharpe);
    set(segment, 'trades', 100);
  }
  return {
    status: 'completed',
    index: n,
    metrics: { rmse: 1, mae: 1, r2: 0, rankIc: 0 },
    trainRows: 1000,
    importance: { names: ['a'], gain: Float64Array.of(1) },
    results,
    artifact: Uint8Array.of(1, 2, 3),
    seconds: 0.5,
  };
}

function depsOf(onStep?: (step: CommitStep) => void, freshScores = NO_FRESH_SCORES): CommitDeps {
  return {
    store,
    artifacts: openArtifactFolder(() => join(folder, 'artifacts')),
    config: readWorkspaceConfig(folder),
    strategies: [STRATEGY],
    regimeNames: REGIMES,
    freshScores,
    now: () => 1,
    onStep,
  };
}

function commit(
  n: number,
  result: CellResult,
  onStep?: (step: CommitStep) => void,
  freshScores = NO_FRESH_SCORES,
) {
  return commitResults(depsOf(onStep, freshScores), queue, [{ cell: cellOf(n), result }])[0]!;
}

const files = () => readdirSync(join(folder, 'artifacts'));
const runs = () => onDisk.prepare('SELECT id, kept, artifact_file FROM runs ORDER BY id').all();

describe('a run that is pushed out', () => {
  test('is not kept any more in the very transaction that crowns the other, and loses its file after it', () => {
    expect(commit(0, resultOf(0, 1))).toMatchObject({ kept: true, improves: ['bull_trending'] });
    const [first] = files();
    const keptOne = { id: 1, kept: 1, artifact_file: first };
    expect(runs()).toEqual([keptOne]);
    const seen = new Map<CommitStep, unknown>();
    const there = new Map<CommitStep, boolean>();
    commit(1, resultOf(1, 2), (step) => {
      seen.set(step, runs());
      there.set(step, files().includes(first!));
    });
    const second = files()[0];
    const after = [
      { id: 1, kept: 0, artifact_file: null },
      { id: 2, kept: 1, artifact_file: second },
    ];
    expect([...seen]).toEqual([
      ['run inserted', [keptOne]],
      ['champions recorded', [keptOne]],
      ['file in place', [keptOne]],
      ['committed', after],
      ['files deleted', after],
    ]);
    expect([...there.values()]).toEqual([true, true, true, true, false]);
  });

  test.each(['run inserted', 'champions recorded', 'file in place'] as const)(
    'stays as it was when that ends after "%s"',
    (end) => {
      commit(0, resultOf(0, 1));
      const [before, kept] = [runs(), files()];
      const cut = (step: CommitStep) => {
        if (step === end) throw new Error('cut off');
      };
      expect(() => commit(1, resultOf(1, 2), cut)).toThrow('cut off');
      expect(runs()).toEqual(before);
      expect(files()).toEqual(expect.arrayContaining(kept));
      expect(onDisk.prepare('SELECT run_id FROM champions').pluck().all()).toEqual([1]);
    },
  );
});

describe('results that share a transaction', () => {
  const trained = [resultOf(0, 1), resultOf(1, 2), resultOf(2, 1.5)].map((result, n) => ({
    cell: cellOf(n),
    result,
  }));
  const ledger = () => ({
    runs: runs(),
    champions: onDisk.prepare('SELECT run_id, score FROM champions').all(),
    audit: onDisk.prepare('SELECT run_id, decision, old_run_id, reason FROM audit').all(),
    sums: onDisk.prepare("SELECT * FROM sums WHERE kind <> 'workspace' ORDER BY kind, owner").all(),
    links: onDisk.prepare('SELECT * FROM links').all(),
    files: files(),
  });

  test('leave what they leave one by one: each is compared with those before it', () => {
    for (const { cell, result } of trained) commitResults(depsOf(), queue, [{ cell, result }]);
    const alone = ledger();
    beginAnew();
    const outcomes = commitResults(depsOf(), queue, trained);
    expect(outcomes.map(({ improves, pushedOut }) => ({ improves, pushedOut }))).toEqual([
      { improves: ['bull_trending'], pushedOut: [] },
      { improves: ['bull_trending'], pushedOut: [1] },
      { improves: [], pushedOut: [] },
    ]);
    expect(ledger()).toEqual(alone);
    expect(files()).toHaveLength(1);
  });

  test('write no model that one of them pushes out again', () => {
    const written: string[] = [];
    const deps = depsOf();
    const artifacts = {
      ...deps.artifacts,
      writeAll(models: ReadonlyMap<string, Uint8Array>) {
        written.push(...models.keys());
        deps.artifacts.writeAll(models);
      },
    };
    commitResults({ ...deps, artifacts }, queue, trained);
    expect(written).toEqual(files());
    expect(written).toHaveLength(1);
  });

  test('are all permanent or none is', () => {
    let left = 2;
    const cut = (step: CommitStep) => {
      if (step === 'run inserted' && --left === 0) throw new Error('cut off');
    };
    expect(() => commitResults(depsOf(cut), queue, trained)).toThrow('cut off');
    expect(runs()).toEqual([]);
    expect(cellsOf(store, queue.id, 'pending')).toHaveLength(3);
  });
});

test('a champion takes its score of today in the transaction of the first result that competes, or not at all', () => {
  commit(0, resultOf(0, 3));
  const row = () =>
    onDisk.prepare('SELECT run_id, score, sharpe, trades, basis FROM champions').all() as object[];
  const [before] = row();
  const basis = { as_of: 'today' } as Basis;
  const figures = {
    ...figureColumns((_window, metric) => (metric === 'trades' ? 40 : 2)),
    ...NO_LUCK,
  };
  const market = { symbol: 'EURUSD', timeframe: 'H1' };
  const fresh: FreshScores = {
    scoreFor: () => ({ ...market, basis, score: 2, trades: 40, figures }),
    obstacleOf: () => undefined,
  };
  const cut = (step: CommitStep) => {
    if (step === 'champions recorded') throw new Error('cut off');
  };
  expect(() => commit(1, resultOf(1, 1), cut, fresh)).toThrow('cut off');
  expect(row()).toEqual([before]);

  const scored = { run_id: 1, score: 2, sharpe: 2, trades: 40, basis: JSON.stringify(basis) };
  const audit = () =>
    onDisk
      .prepare('SELECT run_id, decision, old_score, old_stored_score, new_score FROM audit WHERE id > 1')
      .all();
  commit(1, resultOf(1, 1), undefined, fresh);
  expect(row()).toEqual([scored]);
  const decided = [
    { run_id: 1, decision: 'rescored', old_score: 2, old_stored_score: 3, new_score: 2 },
    { run_id: 2, decision: 'rejected', old_score: 2, old_stored_score: 3, new_score: 1 },
  ];
  expect(audit()).toEqual(decided);
});

describe('a queue that another process has taken over', () => {
  const failed: CellResult = {
    status: 'failed',
    index: 0,
    error: { code: 'training-failed', message: 'No.', details: {} },
    seconds: 1,
  };
  test.each([
    ['completed', resultOf(0, 1)],
    ['failed', failed],
  ])('takes no result: %s', (_what, result) => {
    placeQueue(store, queue.id, 'running', '{"pid":2}');
    expect(() => commit(0, result)).toThrow(expect.objectContaining({ code: 'workspace-busy' }));
    expect(runs()).toEqual([]);
    expect(cellsOf(store, queue.id, 'pending')).toHaveLength(3);
  });

  test('skips nothing', () => {
    placeQueue(store, queue.id, 'crashed');
    const artifacts = openArtifactFolder(() => join(folder, 'artifacts'));
    expect(() => skipTrained({ store, artifacts }, queue, [])).toThrow(
      expect.objectContaining({ code: 'workspace-busy' }),
    );
  });
});
