import { tmpdir } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ContextSpec } from '../../pipeline/job.ts';
import type { Task } from './protocol.ts';
import { createSeal } from './seal.ts';
import { createTasks, type Tasks } from './tasks.ts';

/** Takes whatever is told. */
const redis = {
  exists: async () => 1,
  incrby: async () => 0,
  expire: async () => 1,
  rpush: async () => 1,
} as unknown as Redis;

const threads: Worker[] = [];
const note = (thread: Worker) => void threads.push(thread);
let tasks: Tasks | undefined;
beforeEach(() => void process.on('worker', note));
afterEach(async () => {
  await tasks?.close();
  process.off('worker', note);
  threads.length = 0;
});

function create(memoryMb?: number): Tasks {
  return createTasks({
    redis,
    seal: createSeal(undefined),
    shelf: {
      folder: tmpdir(),
      have: async () => {
        throw new Error('There are no candles.');
      },
    },
    id: 'one',
    threads: 1,
    memoryMb,
    taskFile: new URL('../testing/faulty-task.ts', import.meta.url).href,
  });
}

/** What threads that live may use, megabytes. */
const alive = () =>
  threads
    .filter(({ threadId }) => threadId !== -1)
    .map(({ resourceLimits }) => resourceLimits!.maxOldGenerationSizeMb);

const taskOf = (memoryMb: number): Task => ({
  session: 'host',
  group: 'group',
  context: {} as ContextSpec,
  positions: [],
  cells: [],
  memoryMb,
  atOnce: true,
});

it('has a thread before the first task comes, which that task is given', async () => {
  tasks = create(128);
  await expect.poll(alive).toEqual([128]);
  await tasks.run(taskOf(128));
  expect(alive()).toEqual([128]);
});

it('ends that thread where the host allows another amount of memory', async () => {
  tasks = create(128);
  await expect.poll(alive).toEqual([128]);
  await tasks.run(taskOf(160));
  await expect.poll(alive).toEqual([160]);
});

it('has its threads practice what it is there for, and is there where they can not', async () => {
  tasks = create(128);
  await tasks.rehearse();
  expect(alive()).toEqual([128]);
  await tasks.close();
  tasks = create(8);
  await tasks.rehearse();
});

it('has nothing to practice where no thread is expected', async () => {
  tasks = create();
  await tasks.rehearse();
  expect(threads).toEqual([]);
});
