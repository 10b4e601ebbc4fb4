import { expect, test } from 'vitest';
import type { QueueState } from '../contract/dto/index.ts';
import { beginJob } from './begin-job.ts';

function queues(state: QueueState) {
  const removed: number[] = [];
  return {
    removed,
    start: async () => {
      throw new Error('refused');
    },
    remove: async (id: number) => void removed.push(id),
    get: () => ({ state }) as never,
  };
}

test.each(['running', 'completed'] as const)(
  'a job that began by itself and is %s is begun',
  async (state) => {
    const all = queues(state);
    await beginJob(all, 1);
    expect(all.removed).toEqual([]);
  },
);

test('one that can not be started is removed, and the reason told', async () => {
  const all = queues('pending');
  await expect(beginJob(all, 1)).rejects.toThrow('refused');
  expect(all.removed).toEqual([1]);
});
