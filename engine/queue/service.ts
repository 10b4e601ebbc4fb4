import { join } from 'node:path';
import type { ArtifactFolder } from '../artifacts/folder.ts';
import { createResolver } from '../binding/resolver.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint/checkpoint.ts';
import { CHECKPOINT_FOLDER, checkpointsOf, removeCheckpoints } from '../checkpoint/folder.ts';
import { restoreCheckpoint } from '../checkpoint/restore.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { QueueDto, QueueSummaryDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { GridSpec } from '../contract/grid.ts';
import { checkGrid } from '../grid/check.ts';
import { defaultName } from '../grid/default-name.ts';
import { extendedCells } from '../grid/extend.ts';
import { createGrid } from '../grid/grid.ts';
import type { Feed } from '../log/feed.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import {
  allQueues,
  cellsOf,
  deleteQueue,
  findQueue,
  insertQueue,
  type QueueRow,
  queuesInStates,
  reopenFailedCells,
  replaceCells,
  updateQueue,
} from '../store/queues.ts';
import { queueDto, queueSummary, recoveryDto } from '../views/queues.ts';
import type { Trainer } from '../workers/trainer.ts';
import type { CommitStep } from './commit.ts';
import { createLease } from './lease.ts';
import type { ProcessTable } from './owner.ts';
import { diskShortage, type RunningQueue, startRunner } from './runner.ts';
import { assertTransition, isActive } from './states.ts';

export interface QueueServiceDeps {
  readonly workspace: string;
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly artifacts: ArtifactFolder;
  /** The configuration in force; a change counts for queues started later. */
  readonly config: () => Config;
  /** Started when first needed: looking around costs no threads. */
  readonly trainer: () => Trainer;
  readonly threads: number;
  readonly feed: Feed;
  readonly emit: EventListener;
  readonly processes: ProcessTable;
  /** See CommitDeps. */
  readonly onStep?: (step: CommitStep) => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

type QueueMethod = Extract<keyof Handlers, `queue.${string}` | `recovery.${string}`> | 'grid.preview';

export interface QueueService {
  readonly handlers: Omit<Pick<Handlers, QueueMethod>, 'queue.results'>;
  /** Finds queues whose process died. `resume`: goes on with them where the configuration says so. */
  recover(options: { resume: boolean }): void;
  /** @throws EngineError `workspace-busy` while another living process runs a queue of this workspace */
  assertNotForeign(): void;
  /** Whether this process runs a queue. */
  isRunning(): boolean;
  /** Pauses what this process runs, and resolves when it is saved. */
  shutdown(): Promise<void>;
}

export function createQueueService(deps: QueueServiceDeps): QueueService {
  const { store, library, feed, emit, now } = deps;
  const running = new Map<number, RunningQueue>();
  const outcomes = new Map<number, Promise<QueueSummaryDto>>();
  const checkpointDeps = {
    store,
    artifacts: deps.artifacts,
    folder: join(deps.workspace, CHECKPOINT_FOLDER),
    now,
  };
  const lease = createLease({
    store,
    processes: deps.processes,
    maxParallel: () => deps.config().queue.max_parallel_queues,
    crashAfterMinutes: () => deps.config().recovery.detect_crash_after_minutes,
    now,
  });
  const check = (spec: GridSpec, retrain: boolean) =>
    checkGrid({ store, library, config: deps.config(), threads: deps.threads }, spec, retrain);

  function queueOf(queueId: number): QueueRow {
    const queue = findQueue(store, queueId);
    if (queue !== undefined) return queue;
    const known = allQueues(store).map((q) => q.id);
    const list = known.length === 0 ? 'There is none yet.' : `There are ${known.slice(0, 20).join(', ')}.`;
    throw new EngineError('not-found', `There is no queue ${queueId} in this workspace. ${list}`);
  }

  function changed(queueId: number): QueueDto {
    const dto = queueDto(store, queueOf(queueId));
    emit({ type: 'queue.changed', queue: dto });
    return dto;
  }

  async function checkpoint(queueId: number): Promise<void> {
    try {
      await writeCheckpoint(checkpointDeps, queueId);
      feed.info(queueId, 'Checkpoint saved');
    } catch (error) {
      // The database has everything; a checkpoint is its second copy.
      feed.warn(queueId, `Checkpoint not saved: ${(error as Error).message}`);
    }
  }

  /** Claims a queue and trains it; its outcome can be waited for. */
  function run(queueId: number): QueueDto {
    const config = deps.config();
    const shortage = diskShortage(deps.workspace, config);
    if (shortage !== null) throw new EngineError('disk-full', shortage);
    const queue = lease.claim(queueId);
    const grid = createGrid(JSON.parse(queue.spec) as GridSpec);
    let runner: RunningQueue;
    try {
      const resolver = createResolver(library, config);
      runner = startRunner({ ...deps, config, trainer: deps.trainer(), checkpoint }, queue, grid, resolver);
    } catch (error) {
      const message = (error as Error).message;
      updateQueue(store, queueId, { state: 'failed', message, owner: null, heartbeat_at: null });
      changed(queueId);
      throw error;
    }
    running.set(queueId, runner);
    const outcome = runner.done
      .finally(() => {
        running.delete(queueId);
        changed(queueId);
      })
      .then(() => queueSummary(store, queueOf(queueId)));
    // Whoever waits gets the error; nobody has to.
    outcome.catch(() => undefined);
    outcomes.set(queueId, outcome);
    return changed(queueId);
  }

  /** A queue that has ended may still be writing its last checkpoint. */
  async function saved(queueId: number): Promise<void> {
    if (!isActive(queueOf(queueId).state)) await running.get(queueId)?.done.catch(() => undefined);
  }

  /** Asks whichever process runs the queue to bring it into a state; one that nobody runs goes there at once. */
  function request(
    queueId: number,
    active: 'pausing' | 'cancelling',
    idle: 'cancelled' | undefined,
  ): QueueDto {
    // Before anything is begun to be written.
    queueOf(queueId);
    store.transaction(() => {
      const queue = queueOf(queueId);
      if (isActive(queue.state) || idle === undefined) {
        assertTransition(queue, active);
        updateQueue(store, queueId, { state: active });
      } else {
        assertTransition(queue, idle);
        updateQueue(store, queueId, { state: idle, finished_at: now() });
      }
    });
    running.get(queueId)?.stop(null);
    return changed(queueId);
  }

  function assertIdle(queueId: number, what: string): QueueRow {
    const queue = queueOf(queueId);
    if (isActive(queue.state)) {
      throw new EngineError(
        'conflict',
        `Queue ${queueId} is ${queue.state}. Pause or cancel it before you ${what} it.`,
      );
    }
    return queue;
  }

  /** Gives a finished queue new cells to train. */
  function reopen(queue: QueueRow): void {
    if (queue.state === 'pending') return;
    assertTransition(queue, 'pending');
    updateQueue(store, queue.id, { state: 'pending', message: null, finished_at: null });
  }

  function findCrashes(): void {
    for (const queue of lease.detectCrashes()) {
      feed.warn(queue.id, `Queue "${queue.name}": ${queue.message}`);
    }
  }

  const handlers: QueueService['handlers'] = {
    'grid.preview': ({ grid, retrain }) => check(grid, retrain).preview,

    'queue.list': () => allQueues(store).map((queue) => queueDto(store, queue)),
    'queue.get': ({ queueId }) => queueDto(store, queueOf(queueId)),
    'queue.summary': ({ queueId }) => queueSummary(store, queueOf(queueId)),

    'queue.create'({ grid: spec, retrain: wanted }) {
      const { cells, preview, grid, retrain } = check(spec, wanted);
      const name = spec.name ?? defaultName(grid);
      const queueId = insertQueue(store, { name, spec: grid.spec, createdAt: now(), retrain }, cells);
      changed(queueId);
      return { queueId, preview };
    },

    async 'queue.start'({ queueId: wanted }) {
      const queueId = wanted ?? queuesInStates(store, ['pending'])[0]?.id;
      if (queueId === undefined) throw new EngineError('conflict', 'There is no pending queue to start.');
      const queue = queueOf(queueId);
      if (queue.state !== 'pending') {
        const advice = queue.state === 'paused' ? ' Resume it instead.' : '';
        throw new EngineError(
          'conflict',
          `Queue ${queueId} is ${queue.state}; only a pending queue can be started.${advice}`,
        );
      }
      await saved(queueId);
      return run(queueId);
    },

    async 'queue.wait'({ queueId }) {
      const outcome = outcomes.get(queueId);
      if (outcome === undefined) {
        throw new EngineError('conflict', `Queue ${queueId} was not started by this process.`);
      }
      return outcome;
    },

    'queue.pause': ({ queueId }) => request(queueId, 'pausing', undefined),

    async 'queue.resume'({ queueId, checkpoint: file }) {
      if (file !== undefined) {
        const { evaluation, model_management } = deps.config();
        const rules = { ...evaluation, ...model_management };
        return run(await restoreCheckpoint({ ...checkpointDeps, rules }, await readCheckpoint(file)));
      }
      if (queueId === undefined) {
        throw new EngineError(
          'invalid-input',
          'Say which queue to resume: its number, or a checkpoint file.',
        );
      }
      const queue = queueOf(queueId);
      if (!['paused', 'crashed', 'failed'].includes(queue.state)) {
        throw new EngineError(
          'conflict',
          `Queue ${queueId} is ${queue.state}; only a queue that is paused, crashed or failed can be resumed.`,
        );
      }
      await saved(queueId);
      return run(queueId);
    },

    'queue.cancel': ({ queueId }) => request(queueId, 'cancelling', 'cancelled'),

    async 'queue.remove'({ queueId }) {
      await saved(queueId);
      const queue = assertIdle(queueId, 'remove');
      deleteQueue(store, queueId);
      removeCheckpoints(checkpointsOf(checkpointDeps.folder, queue));
      emit({ type: 'queue.removed', queueId });
      return { queueId };
    },

    'queue.priority'({ queueId, priority }) {
      queueOf(queueId);
      updateQueue(store, queueId, { priority });
      return changed(queueId);
    },

    'queue.retry'({ queueId }) {
      const queue = assertIdle(queueId, 'retry');
      store.transaction(() => {
        if (reopenFailedCells(store, queueId) === 0) {
          throw new EngineError('conflict', `Queue ${queueId} has no failed configurations to retry.`);
        }
        reopen(queue);
      });
      return changed(queueId);
    },

    'queue.extend'({ queueId, grid: spec }) {
      const queue = assertIdle(queueId, 'extend');
      const { cells, preview, grid } = check(spec, queue.retrain === 1);
      const merged = extendedCells(cells, cellsOf(store, queueId));
      store.transaction(() => {
        reopen(queue);
        replaceCells(store, queueId, { ...grid.spec, name: queue.name }, merged);
      });
      changed(queueId);
      return { queueId, preview };
    },

    'recovery.list': () => queuesInStates(store, ['crashed']).map((queue) => recoveryDto(store, queue)),

    'recovery.resume'({ queueId }) {
      const queue = queueOf(queueId);
      if (queue.state !== 'crashed') {
        throw new EngineError(
          'conflict',
          `Queue ${queueId} is ${queue.state}; it has nothing to recover from.`,
        );
      }
      return run(queueId);
    },

    'recovery.dismiss'({ queueId }) {
      const queue = queueOf(queueId);
      assertTransition(queue, 'paused');
      updateQueue(store, queueId, { state: 'paused' });
      changed(queueId);
      return { queueId };
    },
  };

  return {
    handlers,
    recover({ resume }) {
      findCrashes();
      if (!resume || !deps.config().recovery.auto_resume_on_crash) return;
      for (const queue of queuesInStates(store, ['crashed'])) {
        updateQueue(store, queue.id, { state: 'paused' });
        if (running.size >= deps.config().queue.max_parallel_queues) continue;
        feed.info(
          queue.id,
          `Going on with queue "${queue.name}" after a crash (recovery.auto_resume_on_crash).`,
        );
        try {
          run(queue.id);
        } catch (error) {
          feed.error(queue.id, `Queue "${queue.name}" can't go on: ${(error as Error).message}`);
        }
      }
    },
    assertNotForeign() {
      findCrashes();
      lease.assertNotForeign();
    },
    isRunning: () => running.size > 0,
    async shutdown() {
      const ending = [...running.values()];
      for (const runner of ending) runner.close('Paused when Regimen was closed.');
      await Promise.allSettled(ending.map((runner) => runner.done));
    },
  };
}
