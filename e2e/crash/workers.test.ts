import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { hasRedis } from '../../engine/workers/testing/redis-server.ts';
import { useRemote } from './workers.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

describe.skipIf(!hasRedis)('a grid that is trained elsewhere ends as if nothing had happened', () => {
  const workspaces = useWorkspaces();
  const remote = useRemote(workspaces, useUninterrupted(workspaces), SMALL_GRID);

  test('when a worker is killed: another has its work within seconds', async () => {
    const [first] = [await remote.worker('first'), await remote.worker('second')];
    const grid = await remote.train();
    await grid.committed(4);
    await first.kill();
    await grid.expectSameEnd();
    expect(grid.said.filter((line) => line.startsWith('Nothing can be trained now'))).toEqual([]);
  });

  test('when Redis is killed and has forgotten everything', async () => {
    await remote.worker('first');
    const grid = await remote.train();
    await grid.committed(4);
    await remote.redis.stop();
    await delay(1500);
    await remote.redis.start();
    await grid.expectSameEnd();
    const idle = grid.said.filter((line) => line.startsWith('Nothing can be trained now'));
    expect(idle).not.toHaveLength(0);
    // The worker, which Redis forgot, is there again as soon as it is.
    expect(idle.filter((line) => !line.includes('can not be used'))).toEqual([]);
    expect(grid.said.filter((line) => line === 'Workers train again.')).toHaveLength(1);
  });

  test('when it is paused while Redis is away, and goes on when it is back', async () => {
    await remote.worker('first');
    const grid = await remote.train();
    await grid.committed(4);
    await remote.redis.stop();
    await grid.pause();
    await remote.redis.start();
    await grid.resume();
    await grid.expectSameEnd();
  });

  test('when Redis is emptied', async () => {
    await remote.worker('first');
    const grid = await remote.train();
    await grid.committed(4);
    await remote.redis.client.flushall();
    await grid.expectSameEnd();
  });

  test('by a worker whose bits are the same, and not by one whose bits are others', async () => {
    const other = await remote.worker('other', { bits: 'ffffffffffff' });
    const grid = await remote.train();
    await expect.poll(() => grid.said.join(), { timeout: 20_000 }).toContain('other has other bits');
    await expect
      .poll(() => other.lines.map(({ text }) => text).join(), { timeout: 20_000 })
      .toContain('other bits');
    await remote.worker('same');
    await grid.expectSameEnd();
  });
});
