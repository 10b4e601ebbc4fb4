import type { Redis } from 'ioredis';
import { z } from 'zod';
import { KEYS } from './protocol.ts';
import type { Seal } from './seal.ts';

/** Who works, and for whom: each says so of itself every few seconds. Times are Redis's own, as clocks of machines differ. */

const kinSchema = z.object({
  protocol: z.number(),
  pipeline: z.number(),
  bits: z.string(),
  key: z.string(),
});

const workerSchema = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  pid: z.number(),
  kin: kinSchema,
  threads: z.number().int(),
  /** Configurations that it trains now, and has trained since it started. */
  busy: z.number(),
  done: z.number(),
  /** Configurations a second of the last minute. */
  rate: z.number(),
  /** What it does: nothing is taken on when paused; when draining it also ends. */
  state: z.enum(['running', 'paused', 'draining']),
  /** ms since 1970-01-01 UTC. */
  startedAt: z.number(),
});

/** What a worker says of itself. */
export type WorkerCard = Readonly<z.infer<typeof workerSchema>>;

const hostSchema = z.object({ session: z.string(), name: z.string(), kin: kinSchema });

/** What a host says of itself. */
export type HostCard = Readonly<z.infer<typeof hostSchema>>;

/** A card, and how long ago it was written, ms. */
export interface Seen<Card> {
  readonly card: Card;
  readonly ago: number;
}

/** Whoever has not been heard of for so long is not there, ms. */
const GONE_AFTER = 10_000;

/** Whoever has not been heard of for so long is forgotten, ms. */
const FORGOTTEN_AFTER = 10 * 60_000;

/** What is wanted of a worker, by its name. */
export const WANTED = ['running', 'paused', 'draining'] as const;
export type Wanted = (typeof WANTED)[number];

/** Reads and writes cards. A card lies under the key of everybody: what it says is only shown, and work is sealed apart. */
export function createRoster(redis: Redis, seal: Seal) {
  async function now(): Promise<number> {
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1000 + Number(micros) / 1000;
  }

  async function write(key: string, field: string, card: object): Promise<void> {
    await redis.hset(key, field, JSON.stringify({ at: await now(), card }));
  }

  async function read<Card>(key: string, schema: z.ZodType<Card>): Promise<Seen<Card>[]> {
    const [at, entries] = await Promise.all([now(), redis.hgetall(key)]);
    const seen: Seen<Card>[] = [];
    const forgotten: string[] = [];
    for (const [field, text] of Object.entries(entries)) {
      const entry = readEntry(text, schema);
      if (entry === undefined || at - entry.at > FORGOTTEN_AFTER) forgotten.push(field);
      else seen.push({ card: entry.card, ago: Math.max(0, at - entry.at) });
    }
    if (forgotten.length > 0) await redis.hdel(key, ...forgotten);
    return seen;
  }

  return {
    writeWorker: (card: WorkerCard) => write(KEYS.workers, card.id, card),
    removeWorker: (id: string) => redis.hdel(KEYS.workers, id),
    /** Everybody that was heard of lately, gone ones included, by name. */
    workers: async (): Promise<Seen<WorkerCard>[]> =>
      (await read(KEYS.workers, workerSchema)).sort((a, b) => (a.card.name < b.card.name ? -1 : 1)),
    writeHost: (card: HostCard) => write(KEYS.hosts, card.session, card),
    removeHost: (session: string) => redis.hdel(KEYS.hosts, session),
    hosts: () => read(KEYS.hosts, hostSchema),
    /** What is wanted of a worker, if somebody who has the key said so. */
    async wanted(name: string): Promise<Wanted> {
      const sealed = await redis.hgetBuffer(KEYS.wanted, name);
      if (sealed === null) return 'running';
      try {
        const said = seal.open('worker', sealed) as { readonly name: string; readonly wanted: Wanted };
        return said.name === name && WANTED.includes(said.wanted) ? said.wanted : 'running';
      } catch {
        return 'running';
      }
    },
    want: (name: string, wanted: Wanted) =>
      wanted === 'running'
        ? redis.hdel(KEYS.wanted, name)
        : redis.hset(KEYS.wanted, name, seal.seal('worker', { name, wanted })),
  };
}

export type Roster = ReturnType<typeof createRoster>;

function readEntry<Card>(
  text: string,
  schema: z.ZodType<Card>,
): { readonly at: number; readonly card: Card } | undefined {
  try {
    const parsed = z.object({ at: z.number(), card: schema }).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Whether somebody's card is new enough to count on. */
export const isThere = ({ ago }: Seen<unknown>) => ago <= GONE_AFTER;
