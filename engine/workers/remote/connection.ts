import type { Redis } from 'ioredis';
import type { RedisAddress } from './address.ts';

/** Milliseconds between two tries to reach Redis again. */
const RETRY_MS = 500;

/**
 * A connection that is made again whenever it is lost; what is asked meanwhile waits. Loaded when first needed: only who trains on
 * other machines pays for it.
 *
 * @param tell is told why Redis can't be reached, and undefined once it can
 */
export async function connect(
  { url }: RedisAddress,
  tell: (reason: string | undefined) => void = () => undefined,
): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    // As BullMQ asks of those who wait for jobs: no command is given up, however long Redis is away.
    maxRetriesPerRequest: null,
    retryStrategy: () => RETRY_MS,
    connectTimeout: 5000,
    // A restarted Redis says so for as long as it reads its file.
    reconnectOnError: (error) => error.message.startsWith('LOADING') || error.message.startsWith('READONLY'),
  });
  let last: string | undefined;
  redis.on('error', (error: NodeJS.ErrnoException) => {
    last = error.message === '' ? (error.code ?? 'no answer') : error.message;
    tell(last);
  });
  redis.on('close', () => tell(last ?? 'the connection was closed'));
  redis.on('ready', () => {
    last = undefined;
    tell(undefined);
  });
  return redis;
}
