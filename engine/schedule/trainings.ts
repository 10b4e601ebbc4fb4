import type { TrainedNameDto, TrainingDto, TrainingSummaryDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { isActive } from '../queue/states.ts';
import { type AskedTraining, wishesOf } from '../registry/asked.ts';
import {
  findTraining,
  insertTraining,
  listTrainings,
  newestTrainings,
  requireTraining,
  type TrainingRow,
  updateTraining,
} from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { jobsOf, trainingDto, trainingSummary } from './rows.ts';
import { assertNoOther, beginHere, claimNext, pendingTraining, type TrainingOf } from './turns.ts';
import { workOn } from './work.ts';

/** How often it is looked for what another process asked for. */
const LOOK_MS = 1000;
/** Newest trainings that are told of. */
const MOST_TOLD = 50;
const SAYS = { source: 'schedule/trainings:wake' } as const;

/**
 * Production trainings of the workspace, whoever asks for them. The window or server that is open on it does them, one at a time, and the
 * next one goes on with what was interrupted; a command does its own, unless another is at work.
 */
export interface Trainings {
  /** For later. @throws EngineError `invalid-input` for half a name */
  create(asked: AskedTraining, of: TrainingOf): TrainingRow;
  /** For now, once it is known that it can be done. @throws as `train`; `conflict` where one of the same name is not done yet */
  start(asked: AskedTraining, of?: Partial<TrainingOf>): TrainingDto;
  /** The same, to its end. @throws as `start`; `workspace-busy` for a command while another process trains */
  run(asked: AskedTraining, of?: Partial<TrainingOf>): Promise<TrainedNameDto[]>;
  /** The same in two steps, the first of which may be part of a transaction. */
  open(asked: AskedTraining, of?: Partial<TrainingOf>): TrainingRow;
  finish(row: TrainingRow): Promise<TrainedNameDto[]>;
  /** Newest first: the last fifty. */
  told(): TrainingSummaryDto[];
  /** @throws EngineError `not-found` */
  show(id: string): TrainingDto;
  /** Oldest first. */
  list(): TrainingRow[];
  find(id: string): TrainingRow | undefined;
  /** Ends one and the job that it works on. @throws EngineError `not-found`, `conflict` for one that has ended */
  cancel(id: string): TrainingRow;
  /** A window or server begins to do what is asked for, and goes on with what was interrupted. */
  begin(): void;
  /** Nothing is begun any more; what is under way goes on when the workspace is opened next. */
  end(): void;
  /** Resolves when nothing is under way here. */
  idle(): Promise<void>;
}

export function createTrainings(given: ScheduleDeps): Trainings {
  const { store, queues, feed, emit, processes, now, isHost, hostKind } = given;
  const closing = new AbortController();
  const waiting = new Map<string, PromiseWithResolvers<TrainedNameDto[]>>();
  /** Of what this process works on. */
  const atWork = new Map<string, AbortController>();
  const running = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  const tell = () => emit({ type: 'workspace.changed', what: 'trainings' });

  function change(id: string, of: Parameters<typeof updateTraining>[2]): void {
    updateTraining(store, id, of);
    tell();
  }
  const deps = { ...given, change };
  const checking = given.registryOn(queues, hostKind);

  async function work(): Promise<void> {
    for (
      let next = claimNext(given);
      next !== undefined;
      next = timer === undefined ? undefined : claimNext(given)
    ) {
      tell();
      const { id } = next;
      await doing(next).then(
        (results) => waiting.get(id)?.resolve(results),
        (error: unknown) => waiting.get(id)?.reject(error),
      );
      waiting.delete(id);
    }
  }

  /** Works on one until it comes to something, is cancelled, or the workspace is closed. */
  function doing(row: TrainingRow): Promise<TrainedNameDto[]> {
    const cancelling = new AbortController();
    atWork.set(row.id, cancelling);
    const work = workOn(deps, row, AbortSignal.any([closing.signal, cancelling.signal])).finally(() => {
      atWork.delete(row.id);
      running.delete(work);
    });
    running.add(work);
    return work;
  }

  function wake(): void {
    if (timer === undefined || working !== undefined) return;
    working = work()
      .catch((error: unknown) =>
        feed.error(null, `Production trainings could not be looked at: ${(error as Error).message}`, SAYS),
      )
      .finally(() => {
        working = undefined;
      });
  }

  function create(asked: AskedTraining, of: TrainingOf): TrainingRow {
    wishesOf(asked);
    const row = pendingTraining(given, asked, of);
    insertTraining(store, row);
    tell();
    queueMicrotask(wake);
    return row;
  }

  /** @throws EngineError as `train` before it begins, and `conflict` */
  function assertCanBegin(asked: AskedTraining): void {
    checking.assertTrainable(wishesOf(asked));
    assertNoOther(given, asked);
  }

  const whose = (asked: AskedTraining, of: Partial<TrainingOf>): TrainingOf => ({
    origin: hostKind,
    label: asked.symbol === undefined ? 'production' : asked.modelType,
    ...of,
  });

  function start(asked: AskedTraining, of: Partial<TrainingOf> = {}): TrainingRow {
    assertCanBegin(asked);
    return create(asked, whose(asked, of));
  }

  function open(asked: AskedTraining, of: Partial<TrainingOf> = {}): TrainingRow {
    if (isHost) return start(asked, of);
    assertCanBegin(asked);
    return beginHere(given, asked, whose(asked, of));
  }

  function finish(row: TrainingRow): Promise<TrainedNameDto[]> {
    if (!isHost) return doing(row);
    const result = Promise.withResolvers<TrainedNameDto[]>();
    waiting.set(row.id, result);
    return result.promise;
  }

  return {
    create,
    start: (asked, of) => trainingDto(start(asked, of), { processes, isHost }),
    open,
    finish,
    run: async (asked, of) => finish(open(asked, of)),
    told: () => newestTrainings(store, MOST_TOLD).map((row) => trainingSummary(row, { processes, isHost })),
    show: (id) => trainingDto(requireTraining(store, id), { processes, isHost }),
    list: () => listTrainings(store),
    find: (id) => findTraining(store, id),
    cancel(id) {
      const row = requireTraining(store, id);
      if (row.state !== 'pending' && row.state !== 'running') {
        throw new EngineError('conflict', `Job ${id} is ${row.state}: there is nothing left to cancel.`);
      }
      change(id, { state: 'cancelled', finished_at: now() });
      atWork.get(id)?.abort();
      waiting.get(id)?.reject(new EngineError('conflict', `The production training ${id} was cancelled.`));
      waiting.delete(id);
      cancelJobOf(queues, row);
      return requireTraining(store, id);
    },
    begin() {
      if (!isHost || timer !== undefined) return;
      timer = setInterval(wake, LOOK_MS);
      timer.unref();
      wake();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      closing.abort();
      for (const { reject } of waiting.values()) reject(closedError());
      waiting.clear();
    },
    async idle() {
      await Promise.allSettled([working, ...running]);
    },
  };
}

const closedError = () =>
  new EngineError(
    'conflict',
    'Regimen was closed before it was done. It goes on when the workspace is opened next.',
    { interrupted: true },
  );

/** Ends the job that a training works on. */
function cancelJobOf(queues: ScheduleDeps['queues'], row: TrainingRow): void {
  const last = jobsOf(row).at(-1);
  const queue = queues.list().find((one) => one.id === last);
  if (queue === undefined) return;
  if (isActive(queue.state) || queue.state === 'pending' || queue.state === 'paused') {
    queues.launcher.request(queue.id, 'cancel');
  }
}
