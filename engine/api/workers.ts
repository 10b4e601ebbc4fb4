import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { WorkerDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { createWorkerDesk } from '../workers/remote/desk.ts';
import { type MeetingPlace, meetingPlace } from '../workers/remote/meeting-place.ts';

export interface WorkerDeps {
  readonly config: () => Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Overrides what configuration and environment say. */
  readonly redis?: string | undefined;
  /** See `bitsOfThisMachine`. */
  readonly bits: () => Promise<string>;
}

type WorkerHandlers = Pick<Handlers, 'workers.list' | 'workers.pause' | 'workers.resume' | 'workers.drain'>;

export function workerHandlers({ config, env, redis, bits }: WorkerDeps): WorkerHandlers {
  const desk = createWorkerDesk(bits);
  const placeOf = (given?: string) => meetingPlace(config().queue.workers, env, given ?? redis);
  function needed(given?: string): MeetingPlace {
    const place = placeOf(given);
    if (place !== undefined) return place;
    throw new EngineError(
      'invalid-input',
      'No Redis is named where workers are met. Set queue.workers, or REGIMEN_REDIS, to its address, or give --redis.',
    );
  }
  const want =
    (wanted: 'paused' | 'running' | 'draining') =>
    (input: { readonly name: string; readonly redis?: string | undefined }): Promise<WorkerDto> =>
      desk.want(needed(input.redis), input.name, wanted);
  return {
    async 'workers.list'(input) {
      const place = placeOf(input.redis);
      return place === undefined ? { redis: null, problem: null, workers: [] } : desk.list(place);
    },
    'workers.pause': want('paused'),
    'workers.resume': want('running'),
    'workers.drain': want('draining'),
  };
}
