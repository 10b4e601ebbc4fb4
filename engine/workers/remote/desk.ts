import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerDto, WorkersDto } from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import { redisAddress } from './address.ts';
import { connect } from './connection.ts';
import { type Kin, kinOf, refusalOf } from './protocol.ts';
import { createRoster, isThere, type Roster, type Seen, type Wanted, type WorkerCard } from './roster.ts';
import { createSeal } from './seal.ts';
import { meaningOf } from './trouble.ts';

/** How long Redis may take to answer who only looks, ms. */
const PATIENCE_MS = 3000;

export interface Place {
  readonly url: string;
  readonly key: string | undefined;
}

/** From where workers are looked at and told what is wanted of them. */
export interface WorkerDesk {
  /** @throws EngineError `invalid-input` for an address that may not be used */
  list(place: Place): Promise<WorkersDto>;
  /**
   * Has a worker, by name, pause, go on, or end after what it has in hand.
   * @throws EngineError `not-found`; `conflict` where Redis does not answer
   */
  want(place: Place, name: string, wanted: Wanted): Promise<WorkerDto>;
}

/** @param bits see `bitsOfThisMachine` */
export function createWorkerDesk(bits: () => Promise<string>): WorkerDesk {
  async function at<T>(place: Place, work: (roster: Roster, own: Kin) => Promise<T>): Promise<T> {
    const address = redisAddress(place.url, place.key);
    const seal = createSeal(place.key);
    // Computed on a busy machine they take seconds, which are not Redis's.
    const own = kinOf(await bits(), seal.fingerprint);
    let why = 'it does not answer';
    const { redis, usable } = await connect(address, {
      state(reason) {
        why = reason ?? why;
      },
    });
    const late = new AbortController();
    try {
      return await Promise.race([
        usable.then(() => work(createRoster(redis, seal), own)),
        delay(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
          throw new Error(why);
        }),
      ]);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const said = meaningOf(error as Error);
      throw new EngineError(
        'conflict',
        `Redis at ${address.shown} can not be used: ${said}. Start it, or correct queue.workers.`,
      );
    } finally {
      late.abort();
      redis.disconnect();
    }
  }

  async function cards(roster: Roster, own: Kin): Promise<WorkerDto[]> {
    return (await roster.workers()).map((seen) => workerDto(seen, refusalOf(seen.card.kin, own)));
  }

  return {
    async list(place) {
      const { shown } = redisAddress(place.url, place.key);
      try {
        return { redis: shown, problem: null, workers: await at(place, cards) };
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'conflict') throw error;
        return { redis: shown, problem: error.message, workers: [] };
      }
    },
    want: (place, name, wanted) =>
      at(place, async (roster, own) => {
        const seen = (await roster.workers()).find((one) => one.card.name === name && isThere(one));
        if (seen === undefined) {
          throw new EngineError('not-found', `No worker is called "${name}". \`worker list\` shows them.`);
        }
        const worker = workerDto(seen, refusalOf(seen.card.kin, own));
        // What is wanted is signed, and a worker with another key takes it for a forgery.
        if (seen.card.kin.key !== own.key) {
          throw new EngineError(
            'conflict',
            `${name} has another REGIMEN_WORKER_KEY, and obeys nobody with this one. End it where it runs: process ${seen.card.pid} on ${seen.card.host}.`,
          );
        }
        await roster.want(name, wanted);
        return { ...worker, state: wanted };
      }),
  };
}

function workerDto(seen: Seen<WorkerCard>, refusal: string | undefined): WorkerDto {
  const { name, host, kin, threads, busy, done, rate, state, startedAt } = seen.card;
  const shown = !isThere(seen) ? 'gone' : refusal === undefined ? state : 'refused';
  return {
    name,
    host,
    pipeline: kin.pipeline,
    threads,
    busy,
    done,
    perSecond: rate,
    state: shown,
    reason: shown === 'refused' ? `It has ${refusal}` : null,
    seenSeconds: seen.ago / 1000,
    startedAt: new Date(startedAt).toISOString(),
  };
}
