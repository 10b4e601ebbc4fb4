import { checkpointsOf, removeCheckpoints } from '../checkpoint/folder.ts';
import { type GrowingCheckpoints, writeCheckpoint } from '../checkpoint/write.ts';
import type { HostKind, JobDto, QueueDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { allQueues, type QueueRow, queuesInStates, requireQueue } from '../store/queues.ts';
import { type OfQueues, ofQueues, queueDto } from '../views/queues.ts';
import type { Analysis } from '../workers/analysis.ts';
import { diskShortage } from './disk.ts';
import { removeQueue } from './door.ts';
import { createQueueEdits, type EditsDeps, type QueueEdits } from './edits.ts';
import { createEvaluationEdits, type EvaluationEdits } from './evaluation-edits.ts';
import { inUseOf } from './in-use.ts';
import { createJobRows } from './jobs.ts';
import { createLauncher, type Launcher, type LauncherDeps } from './launcher.ts';
import { createLease } from './lease.ts';
import type { ProcessTable } from './owner.ts';
import { createRecovery, type QueueRecovery } from './recovery.ts';
import { createSearchEdits, type SearchEdits } from './search-edits.ts';
import { createSleep, type Sleep } from './sleep.ts';
import { isActive } from './states.ts';
import { createSurvivalEdits, type SurvivalEdits } from './survival-edits.ts';
import { followFolds } from './survival-follow.ts';
import { createValidationEdits, type ValidationEdits } from './validation-edits.ts';
import { createWorkOff, type WorkOff } from './work-off.ts';

export interface QueueServiceDeps
  extends Omit<LauncherDeps, 'lease' | 'changed' | 'ended' | 'launched' | 'checkpoint' | 'assertDecided'> {
  /** A window or server, which stays, and works the queue off. */
  readonly isHost: boolean;
  readonly hostKind: HostKind;
  /** How many threads would train a queue that is started now. */
  readonly threads: () => number;
  /** Where checkpoints are written from now on. */
  readonly checkpointFolder: () => string;
  readonly processes: ProcessTable;
}

/** The queues of a workspace. */
export interface QueueService {
  readonly edits: QueueEdits;
  readonly evaluations: EvaluationEdits;
  readonly validations: ValidationEdits;
  readonly searches: SearchEdits;
  readonly survivals: SurvivalEdits;
  readonly launcher: Launcher;
  readonly recovery: QueueRecovery;
  readonly workOff: WorkOff;
  readonly sleep: Sleep;
  /** All queues by priority and age. */
  list(): QueueDto[];
  /** @throws EngineError `not-found` */
  get(queueId: number): QueueDto;
  /** Its row in the table of jobs. */
  readonly jobOf: (queue: QueueDto) => JobDto;
  /**
   * Begins a pending queue, by default the one with the highest priority. One that began by itself in the meantime is what
   * was asked for.
   */
  start(queueId?: number): Promise<QueueDto>;
  /** Pauses what this process trains, and starts nothing any more. */
  shutdown(): Promise<void>;
  /** Removes a queue with its checkpoints; its runs stay. @throws EngineError `conflict` while it is trained */
  remove(queueId: number): Promise<void>;
  /** @throws EngineError `workspace-busy` while another living process runs a queue of this workspace */
  assertNotForeign(): void;
}

/** Whoever makes jobs, of each kind. */
function editsOf(deps: EditsDeps, surveyor: Pick<Analysis, 'surveySurvival'>) {
  return {
    edits: createQueueEdits(deps),
    evaluations: createEvaluationEdits(deps),
    validations: createValidationEdits(deps),
    searches: createSearchEdits(deps, inUseOf(deps.store)),
    survivals: createSurvivalEdits(deps, surveyor),
  };
}

function listed(
  store: LauncherDeps['store'],
  waits: ReturnType<WorkOff['waits']>,
  dtoOf: (queue: QueueRow, waitingFor: string | null, of: OfQueues) => QueueDto,
): QueueDto[] {
  const all = allQueues(store);
  const of = ofQueues(store, all);
  return all.map((queue) => dtoOf(queue, waits(queue), of));
}

export function createQueueService(deps: QueueServiceDeps): QueueService {
  const { store, artifacts, config, feed, emit, now } = deps;
  const checkpoints = {
    store,
    artifacts,
    get folder() {
      return deps.checkpointFolder();
    },
    now,
  };

  /** As of now: the row says every few seconds only how long it was trained. */
  function dtoOf(queue: QueueRow, waitingFor: string | null, of?: OfQueues): QueueDto {
    const dto = queueDto(store, queue, waitingFor, of);
    const running = launcher.current(queue.id);
    if (running === undefined || running.owner !== queue.owner || dto.owner === null) return dto;
    return { ...dto, owner: { ...dto.owner, isThis: true }, seconds: running.present().seconds };
  }

  function get(queueId: number): QueueDto {
    const queue = requireQueue(store, queueId);
    return dtoOf(queue, queue.state === 'pending' ? workOff.waits()(queue) : null);
  }

  function tell(queueId: number): QueueDto {
    const queue = get(queueId);
    emit({ type: 'queue.changed', queue });
    return queue;
  }

  function changed(queueId: number): QueueDto {
    const queue = tell(queueId);
    workOff.changed(queueId);
    return queue;
  }

  const growing: GrowingCheckpoints = new Map();
  const writing = new Map<number, Promise<void>>();

  /** One at a time of a queue: they grow the same file. */
  function checkpoint(queueId: number): Promise<void> {
    const before = writing.get(queueId);
    const mine = before === undefined ? saveOne(queueId) : before.then(() => saveOne(queueId));
    writing.set(queueId, mine);
    return mine.finally(() => {
      if (writing.get(queueId) === mine) writing.delete(queueId);
    });
  }

  async function saveOne(queueId: number): Promise<void> {
    try {
      await writeCheckpoint(checkpoints, queueId, growing);
      feed.info(queueId, 'Checkpoint saved', { source: 'queue/service:checkpoint', topic: 'checkpoint' });
    } catch (error) {
      // The database has everything; a checkpoint is its second copy.
      feed.warn(queueId, `Checkpoint not saved: ${(error as Error).message}`, {
        source: 'queue/service:checkpoint',
        topic: 'checkpoint',
      });
    }
  }

  const edits = editsOf({ ...deps, changed }, deps.tester);
  const lease = createLease({
    store,
    processes: deps.processes,
    kind: deps.hostKind,
    maxParallel: () => config().queue.max_parallel_jobs,
    crashAfterMinutes: () => config().recovery.detect_crash_after_minutes,
    now,
  });
  const launcher = createLauncher({
    ...deps,
    lease,
    changed,
    ended: followFolds({ ...deps, edits: edits.survivals }),
    assertDecided: () => recovery.lost.assertDecided(),
    launched: () => workOff.launched(),
    checkpoint,
  });
  const recovery = createRecovery({
    store,
    artifacts,
    get folder() {
      return deps.checkpointFolder();
    },
    config,
    feed,
    emit,
    lease,
    launcher,
    changed,
    now,
  });
  const workOff: WorkOff = createWorkOff({
    store,
    lease,
    launcher,
    isHost: deps.isHost,
    maxParallel: () => config().queue.max_parallel_jobs,
    autoStart: () => config().queue.auto_start,
    shortage: () => diskShortage(deps.workspace, config()),
    findCrashes: () => recovery.findCrashes(),
    tell,
    emit,
    feed,
  });

  return {
    ...edits,
    launcher,
    recovery,
    workOff,
    sleep: createSleep({ store, launcher, workOff, feed }),
    list: () => listed(store, workOff.waits(), dtoOf),
    get,
    jobOf: createJobRows(store, launcher),
    async start(wanted) {
      const queueId = wanted ?? queuesInStates(store, ['pending'])[0]?.id;
      if (queueId === undefined) throw new EngineError('conflict', 'There is no pending queue to start.');
      const { state } = requireQueue(store, queueId);
      if (workOff.beganByItself(queueId) && (isActive(state) || state === 'completed')) return get(queueId);
      return launcher.launchSaved(queueId, 'start');
    },
    async shutdown() {
      workOff.end();
      await launcher.shutdown();
    },
    async remove(queueId) {
      await launcher.saved(queueId);
      recovery.lost.assertDecided();
      const queue = removeQueue(store, queueId);
      removeCheckpoints(checkpointsOf(checkpoints.folder, queue));
      emit({ type: 'queue.removed', queueId });
      workOff.changed(queueId);
    },
    assertNotForeign() {
      recovery.findCrashes();
      lease.assertNotForeign();
    },
  };
}
