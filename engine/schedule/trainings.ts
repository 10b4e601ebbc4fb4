import type { TrainedNameDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { livenessOf, type Owner, sameOwner } from '../queue/owner.ts';
import { isActive } from '../queue/states.ts';
import { type AskedTraining, askedAgain, wishesOf } from '../registry/asked.ts';
import type { TrainingOrigin } from '../store/submission-tables.ts';
import {
  findTraining,
  insertTraining,
  listTrainings,
  requireTraining,
  type TrainingRow,
  updateTraining,
} from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { finishEarlier, followedQueues, Interrupted } from './followed-queues.ts';

/** How often it is looked for what another process asked for. */
const LOOK_MS = 1000;
const SAYS = { source: 'schedule/trainings:work' } as const;

/** A production training that is asked for now and done later, by the window or server that is open on the workspace: one at a time. */
export interface Trainings {
  /** @throws EngineError `invalid-input` for half a name */
  create(asked: AskedTraining, of: { readonly origin: TrainingOrigin; readonly label: string }): TrainingRow;
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

/** Numbers of the queue's jobs that a training has made, oldest first. */
export function jobsOf({ id, jobs }: TrainingRow): number[] {
  return storedJson<number[]>(jobs, `the jobs of training ${id}`);
}

export function resultsOf({ id, results }: TrainingRow): TrainedNameDto[] {
  return results === null ? [] : storedJson<TrainedNameDto[]>(results, `the results of training ${id}`);
}

export function createTrainings(deps: ScheduleDeps): Trainings {
  const { store, queues, feed, emit, processes, now } = deps;
  const self = JSON.stringify(processes.self);
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;

  const tell = () => emit({ type: 'workspace.changed', what: 'trainings' });

  function change(id: string, of: Parameters<typeof updateTraining>[2]): void {
    updateTraining(store, id, of);
    tell();
  }

  /** Two in the same millisecond have different ids. */
  function freeId(label: string): string {
    for (let at = now(); ; at += 1) {
      const id = `train_${label}_${(at / 1000).toFixed(3)}`;
      if (findTraining(store, id) === undefined) return id;
    }
  }

  /** The one that is to be done next, which is this process's from then on. */
  function claim(): TrainingRow | undefined {
    // A transaction writes, even if it changes nothing.
    if (listTrainings(store, ['running', 'pending']).length === 0) return undefined;
    return store.transaction(() => {
      const open = listTrainings(store, ['running', 'pending']);
      const begun = open.find(({ state }) => state === 'running');
      if (begun !== undefined && isElsewhere(begun)) return undefined;
      const next = begun ?? open[0];
      if (next === undefined) return undefined;
      const of = { state: 'running' as const, owner: self, started_at: next.started_at ?? now() };
      updateTraining(store, next.id, of);
      return { ...next, ...of };
    });
  }

  function isElsewhere({ id, owner }: TrainingRow): boolean {
    if (owner === null) return false;
    const whose = storedJson<Owner>(owner, `the owner of training ${id}`);
    return !sameOwner(whose, processes.self) && livenessOf(whose, processes) !== 'dead';
  }

  async function work(): Promise<void> {
    for (let next = claim(); next !== undefined; next = timer === undefined ? undefined : claim()) {
      tell();
      await workOn(next);
    }
  }

  async function workOn(row: TrainingRow): Promise<void> {
    const { id, label } = row;
    const assertGoing = () => {
      const isCancelled = findTraining(store, id)?.state !== 'running';
      if (timer === undefined || isCancelled)
        throw new Interrupted(`Training ${id} is not gone on with here.`);
    };
    const note = (queueId: number) => {
      const known = jobsOf(requireTraining(store, id));
      if (!known.includes(queueId)) change(id, { jobs: JSON.stringify([...known, queueId]) });
    };
    const followed = { queues, made: jobsOf(row), note, assertGoing };
    const registry = deps.registryOn(followedQueues(followed));
    try {
      const asked = storedJson<AskedTraining>(row.wishes, `the wishes of training ${id}`);
      feed.info(null, `Production training ${id} ${jobsOf(row).length === 0 ? 'begins' : 'goes on'}`, SAYS);
      await finishEarlier(followed);
      const results = await registry.train(wishesOf(asked), askedAgain(asked));
      assertGoing();
      const error = failureOf(results);
      change(id, {
        state: error === null ? 'completed' : 'failed',
        results: JSON.stringify(results),
        error,
        finished_at: now(),
      });
      for (const line of results.map(outcomeText)) feed.info(null, line, SAYS);
    } catch (error) {
      if (error instanceof Interrupted) return;
      if (findTraining(store, id)?.state !== 'running') return;
      const { message } = error as Error;
      change(id, { state: 'failed', error: message, finished_at: now() });
      feed.error(null, `Production training of ${label}: ${message}`, SAYS);
    }
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

  return {
    create(asked, { origin, label }) {
      wishesOf(asked);
      const row = pendingTraining(freeId(label), asked, { origin, label, createdAt: now() });
      insertTraining(store, row);
      tell();
      queueMicrotask(wake);
      return row;
    },
    list: () => listTrainings(store),
    find: (id) => findTraining(store, id),
    cancel(id) {
      const row = requireTraining(store, id);
      if (row.state !== 'pending' && row.state !== 'running') {
        throw new EngineError('conflict', `Job ${id} is ${row.state}: there is nothing left to cancel.`);
      }
      change(id, { state: 'cancelled', finished_at: now() });
      const last = jobsOf(row).at(-1);
      const queue = queues.list().find((one) => one.id === last);
      if (
        queue !== undefined &&
        (isActive(queue.state) || queue.state === 'pending' || queue.state === 'paused')
      )
        queues.launcher.request(queue.id, 'cancel');
      return requireTraining(store, id);
    },
    begin() {
      if (!deps.isHost || timer !== undefined) return;
      timer = setInterval(wake, LOOK_MS);
      timer.unref();
      wake();
    },
    end() {
      clearInterval(timer);
      timer = undefined;
    },
    idle: async () => working,
  };
}

function pendingTraining(
  id: string,
  asked: AskedTraining,
  of: { readonly origin: TrainingOrigin; readonly label: string; readonly createdAt: number },
): TrainingRow {
  return {
    id,
    label: of.label,
    origin: of.origin,
    wishes: JSON.stringify(asked),
    state: 'pending',
    jobs: '[]',
    owner: null,
    results: null,
    error: null,
    created_at: of.createdAt,
    started_at: null,
    finished_at: null,
  };
}

/** Where nothing came of any name, why. */
function failureOf(results: readonly TrainedNameDto[]): string | null {
  const failed = results.filter(({ status }) => status === 'failed');
  if (failed.length < results.length) return null;
  return failed.map(({ error }) => error?.message).join('\n');
}

function outcomeText({ name, status, version, error }: TrainedNameDto): string {
  if (status === 'failed') return error?.message ?? `${name} failed`;
  const what = { promoted: 'is in production', passed: 'passed the gate', refused: 'did not pass the gate' };
  return `${name}: version ${version} ${what[status]}`;
}
