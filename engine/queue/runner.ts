import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { EventListener } from '../contract/events.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import type { Grid } from '../grid/cells.ts';
import { planBatches } from '../grid/plan.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { CellResult } from '../pipeline/job.ts';
import { compileRegimes } from '../regimes/labeller.ts';
import type { ArtefactFolder } from '../selection/artefacts.ts';
import type { Store } from '../store/database.ts';
import { countCells, pendingCells, type QueueRow, setQueueState } from '../store/queues.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { type CommitOutcome, commitResult } from './commit.ts';
import { createInOrder } from './in-order.ts';
import type { ResolvedCell, Resolver } from './resolver.ts';
import { strategyAxes } from './settings.ts';

export interface RunnerDeps {
  readonly store: Store;
  readonly artefacts: ArtefactFolder;
  readonly config: Config;
  readonly pool: WorkerPool;
  readonly emit: EventListener;
  readonly now: () => number;
}

/** What one pass over a queue did. */
export interface QueueTotals {
  completed: number;
  failed: number;
  kept: number;
  strategiesTested: number;
}

interface QueuedCell {
  readonly index: number;
  readonly cell: ResolvedCell;
}

/**
 * Trains the queue's pending cells and commits their results in grid order. Workers may finish in any order; how far
 * they may run ahead of the commits is bounded, so memory and what a crash can cost are, too.
 */
export async function runQueue(
  deps: RunnerDeps,
  queue: QueueRow,
  grid: Grid,
  resolver: Resolver,
): Promise<QueueTotals> {
  const { store, emit, now } = deps;
  const pending = pendingCells(store, queue.id).map(
    (row): QueuedCell => ({ index: row.cell_index, cell: resolver.resolve(grid.cell(row.cell_index)) }),
  );
  const byIndex = new Map(pending.map((queued) => [queued.index, queued.cell]));
  const before = countCells(store, queue.id);
  const toTrain = queue.total - before.skipped;
  const totals: QueueTotals = { completed: 0, failed: 0, kept: 0, strategiesTested: 0 };
  setQueueState(store, queue.id, 'running', { startedAt: queue.started_at ?? now() });
  emit({ type: 'queue.started', queueId: queue.id, name: queue.name, toTrain });

  const commitDeps = {
    ...deps,
    strategies: strategyGrid(strategyAxes(deps.config)),
    regimeNames: [...compileRegimes(deps.config.regimes.definitions).map((r) => r.name), UNCLASSIFIED],
  };
  function commit(result: CellResult): void {
    const cell = byIndex.get(result.index)!;
    const outcome = commitResult(commitDeps, queue.id, cell, result);
    totals.strategiesTested += outcome.strategiesTested;
    totals[outcome.status]++;
    if (outcome.kept) totals.kept++;
    emit({
      type: 'queue.progress',
      queueId: queue.id,
      done: before.completed + before.failed + totals.completed + totals.failed,
      toTrain,
      completed: totals.completed,
      failed: totals.failed,
      kept: totals.kept,
      configuration: describeConfiguration(cell.configuration),
      outcome: describeOutcome(outcome),
    });
  }

  const inOrder = createInOrder(
    pending.map((queued) => queued.index),
    commit,
  );
  try {
    await trainBatches(deps, pending, resolver, inOrder);
  } catch (error) {
    setQueueState(store, queue.id, 'failed', { finishedAt: now() });
    emit({ type: 'queue.finished', queueId: queue.id, state: 'failed' });
    throw error;
  }
  setQueueState(store, queue.id, 'completed', { finishedAt: now() });
  emit({ type: 'queue.finished', queueId: queue.id, state: 'completed' });
  return totals;
}

async function trainBatches(
  { pool }: RunnerDeps,
  pending: readonly QueuedCell[],
  resolver: Resolver,
  inOrder: ReturnType<typeof createInOrder<CellResult>>,
): Promise<void> {
  const batches = planBatches(pending, (queued) => queued.cell.contextKey, pool.threads);
  const maxAhead = 4 * pool.threads * Math.max(1, ...batches.map((batch) => batch.cells.length));
  const active = new Set<Promise<void>>();
  let failure: unknown;
  for (const batch of batches) {
    while (active.size >= pool.threads || (inOrder.waiting > maxAhead && active.size > 0)) {
      await Promise.race(active);
    }
    if (failure !== undefined) break;
    const jobs = batch.cells.map(({ index, cell }) => ({
      index,
      configuration: cell.configuration,
      configHash: cell.configHash,
      runKey: cell.runKey,
    }));
    const work: Promise<void> = pool
      .run(resolver.contextSpec(batch.cells[0].cell), jobs, (result) => inOrder.add(result))
      .catch((error) => {
        failure ??= error;
      })
      .finally(() => active.delete(work));
    active.add(work);
  }
  await Promise.all(active);
  if (failure !== undefined) throw failure;
}

/** `ridge EURUSD H1, 60 days, 12 bars ahead, normalized`. */
export function describeConfiguration(
  c: Pick<Configuration, 'modelType' | 'symbol' | 'timeframe' | 'daysHistory' | 'horizon' | 'encoder'>,
): string {
  return `${c.modelType} ${c.symbol} ${c.timeframe}, ${c.daysHistory} days, ${c.horizon} bars ahead, ${c.encoder}`;
}

function describeOutcome(outcome: CommitOutcome): string {
  if (outcome.error !== null) return `Failed: ${outcome.error.message}`;
  if (outcome.improves.length > 0) return `Model kept (improves: ${outcome.improves.join(', ')})`;
  return outcome.kept ? 'Model kept (no regime improvements)' : 'Model deleted (no regime improvements)';
}
