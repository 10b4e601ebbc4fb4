import type { ArtifactFolder } from '../artifacts/folder.ts';
import { createOutdated } from '../binding/outdated.ts';
import { createResolver } from '../binding/resolver.ts';
import type { Config } from '../config/schema.ts';
import { withSplit } from '../config/split.ts';
import type { QueueDto, QueueSummaryDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import type { Feed } from '../log/feed.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { type QueueRow, requireQueue } from '../store/queues.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { queueSummary } from '../views/queues.ts';
import type { Trainer } from '../workers/trainer.ts';
import type { CommitStep } from './commit.ts';
import { diskShortage } from './disk.ts';
import { changeState } from './door.ts';
import { withJudge } from './judge.ts';
import type { Asked, Lease } from './lease.ts';
import { longestOfQueue } from './longest-days.ts';
import type { RobustnessDeps } from './robustness.ts';
import { type RunningQueue, startRunner } from './runner.ts';
import { isActive, nextState } from './states.ts';
import { storedCells } from './stored-cells.ts';

export interface LauncherDeps {
  readonly workspace: string;
  readonly store: Store;
  readonly library: CandleLibrary;
  /** Reads candles off this thread. */
  readonly reader: CandleReader;
  /** Tests champions, on a thread that nobody looks around with. */
  readonly tester: RobustnessDeps['tester'];
  readonly artifacts: ArtifactFolder;
  /** The configuration in force; a change counts for queues started later. */
  readonly config: () => Config;
  /** Started when first needed: looking around costs no threads. */
  readonly trainer: () => Trainer;
  readonly feed: Feed;
  /** See QueueServiceDeps. */
  readonly isHost: boolean;
  readonly emit: EventListener;
  readonly lease: Lease;
  /**
   * Before a queue is trained: puts the workspace's folders in order.
   * @throws EngineError `conflict` if one is another's, `file-unreadable` if it can't be written to
   */
  readonly prepareFolders: (queueId: number) => void;
  /** @throws EngineError `conflict` while it is not decided whether lost results are brought back */
  readonly assertDecided: () => void;
  /** A queue began to train. */
  readonly launched: () => void;
  /** Does what follows a queue that has ended; does not reject. */
  readonly ended: (queueId: number) => Promise<void>;
  /** Tells listeners how a queue is now. */
  readonly changed: (queueId: number) => QueueDto;
  /** See RunnerDeps. */
  readonly checkpoint: (queueId: number) => Promise<void>;
  /** See CommitDeps. */
  readonly onStep?: ((step: CommitStep) => void) | undefined;
  /** Memory that this process holds now, its threads included, bytes. */
  readonly residentBytes: () => number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** The queues that this process trains. */
export interface Launcher {
  /** Claims a queue and trains it; its outcome can be waited for. */
  launch(queueId: number, trigger: 'start' | 'resume', by?: Asked): QueueDto;
  /** As `launch`, once the queue's last checkpoint is written. */
  launchSaved(queueId: number, trigger: 'start' | 'resume', by?: Asked): Promise<QueueDto>;
  /** A complete queue was asked for: what it came to is its outcome. */
  concluded(queueId: number): QueueDto;
  /** What a queue has come to so far. @throws EngineError `not-found` */
  summary(queueId: number): Promise<QueueSummaryDto>;
  /** Resolves when a queue of this process stops running, for whatever reason. */
  outcome(queueId: number): Promise<QueueSummaryDto>;
  /** Asks whichever process runs the queue to stop; one that nobody runs is cancelled at once. */
  request(queueId: number, trigger: 'pause' | 'cancel'): QueueDto;
  /** Resolves when nothing is being written of a queue that has ended. */
  saved(queueId: number): Promise<void>;
  /** How many queues this process runs. */
  running(): number;
  /** What this process knows of a queue that it runs. */
  current(queueId: number): Pick<RunningQueue, 'present' | 'owner'> | undefined;
  /** Asks what this process runs to pause, with the reason; returns what that was. */
  pauseAll(message: string): number[];
  /** Saves what this process runs as paused, at once: what is in flight is lost. */
  abandonAll(message: string): void;
  /** Pauses what this process runs, and resolves when it is saved. */
  shutdown(): Promise<void>;
}

/** Why a queue is paused that nobody paused. */
export const CLOSED_MESSAGE = 'Paused when Regimen was closed.';

export function createLauncher(deps: LauncherDeps): Launcher {
  const { store, changed, now } = deps;
  const running = new Map<number, RunningQueue>();
  const outcomes = new Map<number, Promise<QueueSummaryDto>>();
  /** What is lost by then was given up. */
  let isClosing = false;

  /** A queue that is claimed runs, or has failed with the reason. */
  function begin(queue: QueueRow, asked: Config): RunningQueue {
    try {
      deps.prepareFolders(queue.id);
      const source = storedCells(store, queue);
      const config = withSplit(withJudge(store, asked), () => longestOfQueue(store, queue));
      const resolver = createResolver(deps.library, config);
      const { artifacts, library, reader: analysis, tester } = deps;
      const robustness = { store, artifacts, library, analysis, tester };
      return startRunner({ ...deps, config, trainer: deps.trainer(), robustness }, queue, source, resolver);
    } catch (error) {
      const { message } = error as Error;
      changeState(store, queue.id, { trigger: 'fail', owner: queue.owner!, message, now: now() });
      changed(queue.id);
      throw error;
    }
  }

  function launch(queueId: number, trigger: 'start' | 'resume', by: Asked = 'request'): QueueDto {
    nextState(requireQueue(store, queueId), trigger);
    deps.assertDecided();
    const config = deps.config();
    const shortage = diskShortage(deps.workspace, config);
    if (shortage !== null) throw new EngineError('disk-full', shortage);
    const runner = begin(deps.lease.claim(queueId, trigger, by), config);
    running.set(queueId, runner);
    deps.launched();
    const outcome = runner.done
      .finally(() => {
        running.delete(queueId);
        changed(queueId);
      })
      .then(() => deps.ended(queueId))
      .then(() => summary(queueId));
    // Whoever waits gets the error; nobody has to, and a window or server tells that it lost the queue.
    outcome.catch((error: unknown) => {
      const isLost = error instanceof EngineError && error.code === 'workspace-busy';
      if (isLost && deps.isHost && !isClosing) {
        deps.feed.error(queueId, error.message, { source: 'queue/launcher:launch' });
      }
    });
    outcomes.set(queueId, outcome);
    return changed(queueId);
  }

  async function saved(queueId: number): Promise<void> {
    if (isActive(requireQueue(store, queueId).state)) return;
    await running.get(queueId)?.done.catch(() => undefined);
  }

  function summary(queueId: number): Promise<QueueSummaryDto> {
    const outdated = createOutdated(deps.library, deps.config(), deps.reader);
    return queueSummary(
      store,
      requireQueue(store, queueId),
      deps.artifacts,
      outdated,
      createChampionJudge(store),
    );
  }

  return {
    launch,
    // A queue that is not there is no promise.
    summary: async (queueId) => summary(queueId),
    async launchSaved(queueId, trigger, by) {
      nextState(requireQueue(store, queueId), trigger);
      await saved(queueId);
      return launch(queueId, trigger, by);
    },
    concluded(queueId) {
      outcomes.set(queueId, summary(queueId));
      return changed(queueId);
    },
    async outcome(queueId) {
      const outcome = outcomes.get(queueId);
      if (outcome !== undefined) return outcome;
      throw new EngineError('conflict', `Queue ${queueId} was not started by this process.`);
    },
    request(queueId, trigger) {
      changeState(store, queueId, { trigger, now: now() });
      running.get(queueId)?.stop(null);
      return changed(queueId);
    },
    saved,
    running: () => running.size,
    current: (queueId) => running.get(queueId),
    pauseAll(message) {
      const ids = [...running.keys()].filter((id) => requireQueue(store, id).state === 'running');
      for (const id of ids) {
        changeState(store, id, { trigger: 'pause', message, now: now() });
        running.get(id)?.stop(message);
        changed(id);
      }
      return ids;
    },
    abandonAll(message) {
      isClosing = true;
      for (const [id, runner] of running) {
        runner.close(message);
        const { owner, state } = requireQueue(store, id);
        // Lost to another process, or saved already while the last checkpoint is written.
        if (!isActive(state) || owner !== runner.owner) continue;
        const { seconds } = runner.present();
        changeState(store, id, { trigger: 'stop', owner, message, seconds, now: now() });
        changed(id);
      }
    },
    async shutdown() {
      const ending = [...running.values()];
      for (const runner of ending) runner.close(CLOSED_MESSAGE);
      await Promise.allSettled(ending.map((runner) => runner.done));
    },
  };
}
