import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../engine/app.ts';
import { openArtifactFolder } from '../engine/artifacts/folder.ts';
import { createResolver, type ResolvedCell } from '../engine/binding/resolver.ts';
import { readWorkspaceConfig } from '../engine/config/files.ts';
import type { GridSpecInput } from '../engine/contract/grid.ts';
import { createFeed } from '../engine/log/feed.ts';
import { openLog } from '../engine/log/log-file.ts';
import { readCandleFile } from '../engine/market/series/candle-file.ts';
import type { CandleReader, CandleSource } from '../engine/market/series/candle-source.ts';
import { resampleSeries } from '../engine/market/series/loaded-series.ts';
import { type BatchContext, createContext } from '../engine/pipeline/context.ts';
import type { CellResult, ContextSpec } from '../engine/pipeline/job.ts';
import { COMMIT_STEPS, type CommitStep, commitResults } from '../engine/queue/commit.ts';
import { dueCells } from '../engine/queue/due-cells.ts';
import { createPeakMemory } from '../engine/queue/peak-memory.ts';
import { NO_FRESH_SCORES } from '../engine/queue/rescore.ts';
import { storedCells } from '../engine/queue/stored-cells.ts';
import { commitDepsOf, createPassProgress, type WorkDeps } from '../engine/queue/work.ts';
import { createCandleLibrary } from '../engine/store/candle-library.ts';
import { openStore, type Store } from '../engine/store/database.ts';
import { requireQueue } from '../engine/store/queues.ts';
import { placeQueue } from '../engine/store/testing/queue-state.ts';
import { runJob } from '../engine/workers/run-job.ts';
import { newDays } from './new-days.ts';

/**
 * Trains a grid of linear models in this thread, then commits the results one after the other as a host does, and prints the
 * processor time of each part of a commit, ms per result, as one JSON document: `GROUP [WORKSPACE]`, that with the demo market, else a new one.
 */

/** Results that share a transaction: those of fast models come close together. */
const group = Number(process.argv[2] ?? 1);
const existing = process.argv[3];

/** What a commit says that it has done, and what the feed, the log and listeners are told. */
export const PARTS = [...COMMIT_STEPS, 'told'] as const;

const GRID = {
  name: 'Commits',
  model_types: ['linear_regression', 'ridge', 'lasso', 'elasticnet'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
  timeframes: ['H1', 'H4'],
  days_history: [60, 180],
  horizons: [1, 3, 6, 12],
} satisfies GridSpecInput;

const reader: CandleReader = {
  readCandles: async (file, digest) => readCandleFile(file, digest),
  resample: async ({ candles, timeframe, dayStart }) => resampleSeries(candles, timeframe, dayStart),
};

/** Processor time of this thread in ms: of what other threads compile or collect, nothing is the commit's. */
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

async function contextOf(source: CandleSource, spec: ContextSpec): Promise<BatchContext> {
  const candles = await source.candles(spec.series, reader);
  const higher = await Promise.all(spec.higher.map((ref) => source.candles(ref, reader)));
  return createContext({ spec, candles, higher });
}

interface Due {
  readonly index: number;
  readonly cell: ResolvedCell;
}

async function makeQueue(workspace: string): Promise<number> {
  const engine = createEngine({ workspace, role: 'command' });
  await engine.call('market.demo', {});
  const grid = { ...GRID, days_history: newDays(workspace, GRID.days_history) };
  const { queueId } = await engine.call('queue.create', { grid });
  await engine.close();
  return queueId;
}

async function measure(workspace: string): Promise<Record<string, number>> {
  const queueId = await makeQueue(workspace);
  const config = readWorkspaceConfig(workspace);
  const store = openStore(join(workspace, 'regimen.db'));
  const library = createCandleLibrary(store, join(workspace, 'candles'), () => 'new_york');
  const resolver = createResolver(library, config);
  placeQueue(store, queueId, 'running', '{"pid":1}');
  const queue = requireQueue(store, queueId);
  const due: Due[] = dueCells(store, queueId, storedCells(store, queue)).map(
    ({ index, configuration, asOf }) => ({ index, cell: resolver.resolve(configuration, asOf) }),
  );
  const results: CellResult[] = [];
  let open: { readonly key: string; readonly context: BatchContext } | undefined;
  for (const { index, cell } of due) {
    const { configuration, windows, configHash, trainingKey, contextKey } = cell;
    if (open?.key !== contextKey) {
      open = { key: contextKey, context: await contextOf(library, resolver.contextSpec(cell)) };
    }
    const job = { index, configuration, training: windows.training, configHash, trainingKey };
    const { context } = open;
    results.push({ ...runJob(undefined as never, () => context, job), seconds: 0.05 } as CellResult);
  }
  const parts = commitAll({ store, workspace, config }, queue, due, results);
  placeQueue(store, queueId, 'cancelled');
  store.close();
  const perResult = (ms: number) => ms / results.length;
  const named = PARTS.map((name) => [name, perResult(parts.get(name) ?? 0)] as const);
  const whole = [...parts.values()].reduce((sum, ms) => sum + ms, 0);
  return Object.fromEntries([...named, ['whole', perResult(whole)]]);
}

function commitAll(
  { store, workspace, config }: { store: Store; workspace: string; config: WorkDeps['config'] },
  queue: ReturnType<typeof requireQueue>,
  due: readonly Due[],
  results: readonly CellResult[],
): Map<string, number> {
  const parts = new Map<string, number>();
  let last = 0;
  function lap(name: string): void {
    parts.set(name, (parts.get(name) ?? 0) + threadMs() - last);
    last = threadMs();
  }
  const log = openLog(workspace, config.logging);
  const emit = () => undefined;
  const artifacts = openArtifactFolder(
    () => join(workspace, 'models'),
    () => lap('temporary file written'),
  );
  const work: WorkDeps = {
    store,
    artifacts,
    config,
    trainer: undefined as never,
    feed: createFeed({ log, emit, now: Date.now }),
    emit,
    freshScores: NO_FRESH_SCORES,
    changed: emit,
    onStep: (step: CommitStep) => lap(step),
    now: Date.now,
  };
  const commitDeps = commitDepsOf(work);
  const progress = createPassProgress(
    work,
    queue,
    due.map(({ index }) => index),
    {
      contextSpec: undefined as never,
      committed: emit,
      seconds: () => 1,
      memory: createPeakMemory(null, () => 0),
    },
  );
  for (let from = 0; from < due.length; from += group) {
    const trained = due
      .slice(from, from + group)
      .map(({ cell }, i) => ({ cell, result: results[from + i]! }));
    last = threadMs();
    const outcomes = commitResults(commitDeps, queue, trained);
    trained.forEach(({ cell, result: { index } }, i) => {
      progress.committed(index, cell, outcomes[i]!);
    });
    lap('told');
  }
  return parts;
}

const workspace = existing ?? mkdtempSync(join(tmpdir(), 'regimen-commits-'));
try {
  process.stdout.write(JSON.stringify(await measure(workspace)));
} finally {
  if (existing === undefined) rmSync(workspace, { recursive: true, force: true });
}
