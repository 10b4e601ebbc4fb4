import { expect, it } from 'vitest';
import type { ContextSpec, WorkerJob } from '../../pipeline/job.ts';
import type { Link } from './link.ts';
import { createOuting } from './outing.ts';
import type { Task } from './protocol.ts';
import { createSeal } from './seal.ts';

it('has what a copy trains told at once after one was lost that had begun nothing, as far as is known', async () => {
  const seal = createSeal(undefined);
  const put: Task[] = [];
  const link: Partial<Link> = {
    put: async (_id, sealed) => void put.push(seal.open('task', sealed) as Task),
    stateOf: async () => 'lost',
    isAlive: () => false,
  };
  const outing = createOuting({
    link: link as Link,
    seal,
    task: {
      session: 'host',
      group: 'one',
      context: {} as ContextSpec,
      positions: [3, 4],
      cells: [{ index: 3 } as WorkerJob, { index: 4 } as WorkerJob],
      memoryMb: 100,
    },
    hooks: { onStart: () => undefined, onResult: () => undefined },
    isStopped: () => false,
    onDone: () => undefined,
  });
  outing.send();
  // Something was heard of it, then nothing.
  for (let look = 0; look < 2; look++) await outing.lookAfter();
  expect(put.map(({ positions, atOnce }) => ({ positions, atOnce }))).toEqual([
    { positions: [3, 4], atOnce: false },
    { positions: [3, 4], atOnce: true },
  ]);
});
