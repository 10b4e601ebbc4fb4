import type { Redis } from 'ioredis';
import { withoutPatience } from '../patience.ts';
import type { RedisAddress } from './address.ts';
import { meaningOf } from './trouble.ts';

/** Milliseconds between two tries to reach Redis again, or to have it take something. */
const RETRY_MS = 500;
/**
 * A connection on which nothing came for so long though something was asked is given up, ms: where a network drops what is sent, the system
 * itself would try for a quarter of an hour.
 */
const SILENT_MS = 30_000;
/** Written, to see whether Redis takes what is written to it. */
const PROBE = 'regimen:probe';

export interface Told {
  /** Why Redis can't be used; undefined once it can. */
  readonly state?: (reason: string | undefined) => void;
  /** What of it will not do in the long run. Once. */
  readonly warning?: (text: string) => void;
}

/** A connection to a Redis, and whether it was of use yet. */
export interface Connection {
  readonly redis: Redis;
  /** Resolves when Redis has taken something for the first time. */
  readonly usable: Promise<void>;
}

/**
 * A connection that is made again whenever it is lost; what is asked meanwhile waits. Loaded when first needed: only who trains on
 * other machines pays for it.
 */
export async function connect(
  { url, shown }: RedisAddress,
  { state = () => undefined, warning = () => undefined }: Told = {},
  silentMs = SILENT_MS,
): Promise<Connection> {
  const { Redis } = await withoutPatience(() => import('ioredis'));
  const redis = new Redis(url, {
    // As BullMQ asks of those who wait for jobs: no command is given up, however long Redis is away.
    maxRetriesPerRequest: null,
    retryStrategy: () => RETRY_MS,
    connectTimeout: 5000,
    // A restarted Redis says so for as long as it reads its file.
    reconnectOnError: (error) => error.message.startsWith('LOADING') || error.message.startsWith('READONLY'),
  });
  const { promise: usable, resolve } = Promise.withResolvers<void>();
  let last: string | undefined;
  let looked = false;
  /** How often the connection was made. */
  let made = 0;
  let again: NodeJS.Timeout | undefined;
  /** It may be read though nothing is taken, and is of no use then. */
  async function check(): Promise<void> {
    clearTimeout(again);
    const which = made;
    try {
      const { db = 0 } = redis.options;
      if (db > 0) await redis.select(db);
      await redis.set(PROBE, '1', 'PX', 1000);
      if (!looked) {
        const text = warningOf(await redis.info(), shown);
        looked = true;
        if (text !== undefined) warning(text);
      }
      if (which !== made) return;
      last = undefined;
      state(undefined);
      resolve();
    } catch (error) {
      if (which !== made || redis.status === 'end') return;
      last = meaningOf(error as Error);
      state(last);
      clearTimeout(again);
      again = setTimeout(() => void check(), RETRY_MS).unref();
    }
  }
  redis.on('error', (error: NodeJS.ErrnoException) => {
    last = meaningOf(error);
    state(last);
  });
  redis.on('close', () => {
    made++;
    clearTimeout(again);
    state(last ?? 'the connection was closed');
  });
  redis.on('ready', () => void check());
  watchOver(redis, silentMs, check);
  return { redis, usable };
}

/** Another connection to the same Redis. `patience`: how long one command may wait for its answer there, ms. */
export function another(redis: Redis, patience = 0): Redis {
  const other = redis.duplicate();
  // What is wrong is told of the first.
  other.on('error', () => undefined);
  watchOver(other, SILENT_MS + patience, () => other.ping());
  return other;
}

/** Asks for a sign of life every few seconds, and closes the connection where nothing comes for so long, ms; it is made again. */
function watchOver(redis: Redis, most: number, ask: () => Promise<unknown>): void {
  let moved = performance.now();
  let before = { read: -1, unsent: 0 };
  const timer = setInterval(() => {
    if (redis.status === 'end') {
      clearInterval(timer);
      return;
    }
    const { stream } = redis;
    const now = performance.now();
    const { bytesRead: read, writableLength: unsent } = stream;
    // Over a slow line a large message is on its way for longer.
    if (redis.status !== 'ready' || read !== before.read || unsent < before.unsent) moved = now;
    before = { read, unsent };
    if (now - moved >= most) {
      moved = now;
      stream.destroy(new Error(`nothing came from it for ${most / 1000} seconds`));
    } else if (redis.status === 'ready') ask().catch(() => undefined);
  }, most / 6).unref();
}

/**
 * What of Redis's settings has it forget what it was given.
 * @throws Error for a Redis that lacks commands that are needed
 */
function warningOf(info: string, shown: string): string | undefined {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = field('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2))
    throw new Error(`it is Redis ${version}, and 6.2 or newer is needed`);
  const policy = field('maxmemory_policy');
  if (policy === undefined || policy === 'noeviction' || field('maxmemory') === '0') return undefined;
  return `Redis at ${shown} drops what it holds when its memory is full (maxmemory-policy ${policy}): what was trained is lost then, and trained again. Set it to noeviction.`;
}
