import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis-server.ts';
import { createWorkerDesk } from './desk.ts';

describe.skipIf(!hasRedis)('whoever looks at workers', () => {
  const desk = createWorkerDesk(async () => '0123456789ab');
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it('is told that Redis asks for a password, rather than of a defect', async () => {
    await redis.client.config('SET', 'requirepass', 'secret');
    await redis.client.auth('secret');
    const place = { url: redis.url, key: undefined };
    const asks = expect.stringContaining(`Redis at ${redis.url} can not be used: it asks for a password`);
    expect(await desk.list(place)).toEqual({ redis: redis.url, problem: asks, workers: [] });
    await expect(desk.want(place, 'one', 'paused')).rejects.toMatchObject({
      code: 'conflict',
      message: asks,
    });
    const known = { url: redis.url.replace('//', '//:secret@'), key: undefined };
    expect(await desk.list(known)).toEqual({ redis: redis.url, problem: null, workers: [] });
  });
});
