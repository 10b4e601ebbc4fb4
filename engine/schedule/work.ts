import type { TrainedNameDto, TrainingNameDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { wishesOf } from '../registry/asked.ts';
import type { TrainWishes } from '../registry/train.ts';
import {
  endedStages,
  entered,
  freshStages,
  type TrainingFollower,
  worked,
} from '../registry/train-stages.ts';
import {
  findTraining,
  requireTraining,
  type TrainingRow,
  type updateTraining,
} from '../store/submissions.ts';
import type { ScheduleDeps } from './deps.ts';
import { finishEarlier, finishKilled, followedQueues } from './followed-queues.ts';
import { askedOf, jobsOf, namesOf, titleOf } from './rows.ts';

const SAYS = { source: 'schedule/work:workOn' } as const;

export interface WorkDeps extends ScheduleDeps {
  readonly change: (id: string, of: Parameters<typeof updateTraining>[2]) => void;
}

/**
 * Does a training that is this process's, and writes down how far it is and what came of it. One that is ended from outside while
 * a window or server closes stays as it is: the next one goes on with it.
 * @throws what `train` throws, once it is written down
 */
export async function workOn(
  deps: WorkDeps,
  row: TrainingRow,
  closing: AbortSignal,
): Promise<TrainedNameDto[]> {
  const { store, queues, feed, now, change, isHost, hostKind, emit } = deps;
  const { id } = row;
  const made = jobsOf(row);
  const by = row.origin === 'schedule' ? 'schedule' : hostKind;
  const registry = deps.registryOn(followedQueues(queues, made), by);
  closing.addEventListener('abort', () => registry.close(), { once: true });
  const asked = askedOf(row);
  const tellEnd = (state: 'completed' | 'failed' | 'interrupted', message: string) =>
    emit({ type: 'training.ended', id, title: titleOf(asked), schedule: row.schedule, state, message });
  try {
    feed.info(
      null,
      `Production training of ${titleOf(asked)} ${made.length === 0 ? 'begins' : 'goes on'} (${id})`,
      SAYS,
    );
    if (isHost) await finishEarlier(queues, made, closing);
    else await finishKilled(queues, made);
    const wishes = wishesOf(asked);
    const results = await registry.train(wishes, {
      follower: followerOf(deps, row, wishes),
      since: row.started_at ?? now(),
      before: namesOf(row),
    });
    const error = failureOf(results);
    const state = error === null ? 'completed' : 'failed';
    change(id, { state, error, finished_at: now() });
    // Of what failed it is said as it does.
    const ended = results.filter(({ status }) => status !== 'failed');
    for (const line of ended.map(outcomeText)) feed.info(null, line, SAYS);
    tellEnd(state, results.map(outcomeText).join('\n'));
    return results;
  } catch (error) {
    const isInterrupted = error instanceof EngineError && error.details.interrupted === true;
    // A command's own ends with it; what a schedule asked for is gone on with by whoever comes next.
    const isGoingOn = isHost
      ? closing.aborted
      : row.origin === 'schedule' && isInterrupted && (closing.aborted || isPaused(deps, id));
    if (findTraining(store, id)?.state === 'running' && !isGoingOn) {
      const { message } = error as Error;
      const state = isInterrupted ? 'interrupted' : 'failed';
      change(id, { state, error: message, finished_at: now() });
      tellEnd(state, message);
      feed[isInterrupted ? 'warn' : 'error'](
        null,
        `Production training of ${titleOf(asked)}: ${message}`,
        SAYS,
      );
    }
    throw error;
  }
}

/** Writes down how far it is, each time that it changes. */
function followerOf({ store, change }: WorkDeps, { id }: TrainingRow, wishes: TrainWishes): TrainingFollower {
  const known = () => requireTraining(store, id);
  const write = (names: readonly TrainingNameDto[]) => change(id, { names: JSON.stringify(names) });
  function changeName(name: string, how: (one: TrainingNameDto) => TrainingNameDto): void {
    write(namesOf(known()).map((one) => (one.name === name ? how(one) : one)));
  }
  return {
    begins(names) {
      const before = namesOf(known());
      write(
        names.map((name) => {
          const own = before.find((one) => one.name === name);
          if (own != null && own.result !== null) return own;
          return { name, stages: freshStages(wishes, own?.stages), result: null };
        }),
      );
    },
    enters: (name, stage) => changeName(name, (one) => ({ ...one, stages: entered(one.stages, stage) })),
    works(name, queueId) {
      const jobs = jobsOf(known());
      if (!jobs.includes(queueId)) change(id, { jobs: JSON.stringify([...jobs, queueId]) });
      changeName(name, (one) => ({ ...one, stages: worked(one.stages, queueId) }));
    },
    ends: (name, result) =>
      changeName(name, (one) => ({ ...one, stages: endedStages(one.stages, result), result })),
  };
}

/** Whether the job that it works on is paused: by the signal that ends its command. */
function isPaused({ store, queues }: WorkDeps, id: string): boolean {
  const last = jobsOf(requireTraining(store, id)).at(-1);
  return queues.list().find((one) => one.id === last)?.state === 'paused';
}

/** Where nothing came of any name, why. */
function failureOf(results: readonly TrainedNameDto[]): string | null {
  const failed = results.filter(({ status }) => status === 'failed');
  if (failed.length < results.length) return null;
  return failed.map(({ error }) => error?.message).join('\n');
}

/** `EURUSD H1: version 20261128_143022 is in production`. */
export function outcomeText({ name, status, version, error }: TrainedNameDto): string {
  if (status === 'failed') return error?.message ?? `${name} failed`;
  const what = { promoted: 'is in production', passed: 'passed the gate', refused: 'did not pass the gate' };
  return `${name}: version ${version} ${what[status]}`;
}
