import type { TrainedNameDto, TrainingDto, TrainingNameDto } from '../contract/dto/index.ts';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import { modelName } from '../contract/model-name.ts';
import { type TrainDeps, type TrainWishes, train } from './train.ts';
import { endedStages, entered, freshStages, type TrainingFollower, worked } from './train-stages.ts';

/** Production trainings of this process. What they computed is the workspace's, and is found by whoever asks once more. */
export interface Trainings {
  /** Newest first. */
  list(): TrainingDto[];
  /** Begins one; it goes on by itself. @throws EngineError `invalid-input`, `conflict` where it can't begin */
  begin(wishes: TrainWishes, asked: TrainingDto['asked']): TrainingDto;
  /** Runs one to its end. @throws as `train` */
  run(wishes: TrainWishes, asked: TrainingDto['asked']): Promise<TrainedNameDto[]>;
  /** Resolves when none is at work any more. */
  settled(): Promise<void>;
}

/** Trainings that came to their end and are told of; older ones are in journal and queue. */
const MOST_TOLD = 50;

export function createTrainings(deps: TrainDeps): Trainings {
  const { emit, now, feed } = deps;
  const all = new Map<number, TrainingDto>();
  const running = new Set<Promise<unknown>>();
  let last = 0;

  const iso = () => new Date(now()).toISOString();

  function change(id: number, changes: Partial<TrainingDto>): void {
    all.set(id, { ...all.get(id)!, ...changes });
    emit({ type: 'workspace.changed', what: 'trainings' });
  }

  function changeName(id: number, name: string, how: (one: TrainingNameDto) => TrainingNameDto): void {
    const { names } = all.get(id)!;
    change(id, { names: names.map((one) => (one.name === name ? how(one) : one)) });
  }

  const followerOf = (id: number, wishes: TrainWishes): TrainingFollower => ({
    begins: (names) =>
      change(id, { names: names.map((name) => ({ name, stages: freshStages(wishes), result: null })) }),
    enters: (name, stage) => changeName(id, name, (one) => ({ ...one, stages: entered(one.stages, stage) })),
    works: (name, queueId) =>
      changeName(id, name, (one) => ({ ...one, stages: worked(one.stages, queueId) })),
    ends: (name, result) =>
      changeName(id, name, (one) => ({ ...one, stages: endedStages(one.stages, result), result })),
  });

  function open(wishes: TrainWishes, asked: TrainingDto['asked']): number {
    const busy = [...all.values()].find(
      ({ state, title }) => state === 'running' && title === titleOf(wishes),
    );
    if (busy !== undefined) {
      throw new EngineError(
        'conflict',
        `${busy.title}: a production training is at work already. Wait for it, or cancel its job in the Training Queue.`,
      );
    }
    last++;
    const [oldest] = [...all.values()].filter(({ state }) => state !== 'running');
    if (all.size >= MOST_TOLD && oldest !== undefined) all.delete(oldest.id);
    const began = { id: last, title: titleOf(wishes), state: 'running', asked } as const;
    all.set(last, { ...began, names: [], startedAt: iso(), endedAt: null, error: null });
    return last;
  }

  async function run(id: number, wishes: TrainWishes): Promise<TrainedNameDto[]> {
    try {
      const results = await train(deps, wishes, followerOf(id, wishes));
      change(id, { state: 'completed', endedAt: iso() });
      return results;
    } catch (error) {
      const { code, message } = toErrorDto(error);
      const isInterrupted = error instanceof EngineError && error.details.interrupted === true;
      const state = isInterrupted ? 'interrupted' : 'failed';
      change(id, { state, endedAt: iso(), error: { code, message } });
      throw error;
    }
  }

  function started(id: number, wishes: TrainWishes): Promise<TrainedNameDto[]> {
    const work = run(id, wishes).finally(() => running.delete(work));
    running.add(work);
    return work;
  }

  return {
    list: () => [...all.values()].reverse(),
    begin(wishes, asked) {
      const id = open(wishes, asked);
      started(id, wishes).catch((error: Error) => {
        if (deps.closing.aborted) return;
        feed.warn(null, `${all.get(id)!.title}: ${error.message}`, { source: 'registry/trainings:begin' });
      });
      return all.get(id)!;
    },
    run: (wishes, asked) => started(open(wishes, asked), wishes),
    async settled() {
      await Promise.allSettled(running);
    },
  };
}

function titleOf({ place }: TrainWishes): string {
  return place === undefined ? 'Every name in production' : modelName(place);
}
