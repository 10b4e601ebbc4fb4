import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellJob, CellResult, ContextSpec, FailedCell, ResultOf, WorkerJob } from '../pipeline/job.ts';
import type { Batch } from './batches.ts';
import { type BatchControl, createControl, raiseLimit, stopBatch, takeCell, takenCells } from './control.ts';
import { type BatchHooks, THREADS_AHEAD, type Trainer } from './trainer.ts';
import { startTraining, type Training } from './training.ts';

/** What a pretended thread does with a cell; `attempt` counts from 1 for each cell. */
type Fate = 'trains' | 'dies' | 'never ends' | 'is ready as it is given up' | 'goes on as it is given up';

interface Script {
  fate(cell: number, attempt: number): Fate;
  /** Whether a thread dies before it takes its next cell. */
  diesIdle?(): boolean;
}

const SOUND: Script = { fate: () => 'trains' };

/** Threads that are pretended: they take cells as real ones do, and suffer what the script says. */
function pretendedTrainer(threads: number, { fate, diesIdle }: Script) {
  const attempts = new Map<number, number>();
  const begun: number[] = [];
  let tasks = 0;
  let mostTasks = 0;

  async function take(control: BatchControl, size: number): Promise<number | undefined> {
    // A real thread sleeps at the limit; this one must not put the only thread there is to sleep.
    while (control[0]! < size && control[0]! >= control[1]! && control[2] === 0) await nextTurn();
    return takeCell(control, size);
  }

  async function trainCells<Job extends WorkerJob>(
    cells: readonly Job[],
    control: BatchControl,
    hooks: BatchHooks<Job>,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      if (diesIdle?.()) throw new Error('died idle');
      const position = await take(control, cells.length);
      if (position === undefined) return;
      const { index } = cells[position]!;
      const attempt = (attempts.get(index) ?? 0) + 1;
      attempts.set(index, attempt);
      begun.push(index);
      hooks.onStart(position);
      await nextTurn();
      const ending = fate(index, attempt);
      if (ending === 'dies') throw new Error('out of memory');
      if (ending !== 'trains') {
        while (!signal.aborted) await nextTurn();
        if (ending === 'never ends') throw new Error('aborted');
      }
      hooks.onResult(position, resultOf(index) as ResultOf<Job>);
      if (ending === 'is ready as it is given up') throw new Error('aborted');
      if (ending === 'goes on as it is given up') {
        const next = await take(control, cells.length);
        if (next !== undefined) {
          begun.push(cells[next]!.index);
          hooks.onStart(next);
        }
        throw new Error('aborted');
      }
    }
  }

  const trainer: Trainer = {
    threads,
    ahead: THREADS_AHEAD,
    open({ cells }, limit) {
      const control = createControl(limit);
      return {
        get taken() {
          return takenCells(control);
        },
        allow: (cell) => raiseLimit(control, cell),
        stop: () => stopBatch(control),
        async work(hooks, signal) {
          mostTasks = Math.max(mostTasks, ++tasks);
          try {
            await trainCells(cells, control, hooks, signal);
          } finally {
            tasks--;
          }
        },
      };
    },
    close: async () => undefined,
  };
  return { trainer, begun, attempts, mostTasks: () => mostTasks };
}

/** The result of a cell that was trained; what is in it does not matter here. */
function resultOf(index: number): FailedCell {
  return { status: 'failed', index, error: { code: 'internal', message: 'trained' } as never, seconds: 1 };
}

function batchesOf(...sizes: number[]): Batch<CellJob>[] {
  let index = 0;
  return sizes.map((size, b) => ({
    contextKey: String(b),
    cells: Array.from({ length: size }, () => ({ index: index++ }) as CellJob),
  }));
}

interface Trained {
  readonly training: Training;
  readonly results: CellResult[];
}

function train(
  trainer: Trainer,
  batches: Batch<CellJob>[],
  options: {
    onResult?: (result: CellResult) => void;
    onThread?: () => void;
    seconds?: number;
    commits?: boolean;
  } = {},
): Trained {
  const results: CellResult[] = [];
  const training = startTraining({
    trainer,
    batches,
    contextSpec: () => ({}) as ContextSpec,
    maxSecondsPerCell: options.seconds ?? 60,
    onThread: options.onThread ?? (() => undefined),
    onResult(result) {
      results.push(result);
      options.onResult?.(result);
      if (options.commits !== false) training.committed();
    },
  });
  return { training, results };
}

const indices = (results: readonly CellResult[]) =>
  results.map((result) => result.index).sort((a, b) => a - b);
const range = (size: number) => Array.from({ length: size }, (_, i) => i);
const messageOf = (results: readonly CellResult[], index: number) => {
  const result = results.find((r) => r.index === index);
  return result?.status === 'failed' ? result.error.message : undefined;
};

test('every cell of every batch gets one result, with never more tasks than threads', async () => {
  const { trainer, mostTasks } = pretendedTrainer(3, SOUND);
  const { training, results } = train(trainer, batchesOf(5, 1, 40, 2));
  await training.done;
  expect(indices(results)).toEqual(range(48));
  expect(mostTasks()).toBe(3);
});

test('whatever happens to the threads, every cell gets exactly one result', async () => {
  const fates = fc.constantFrom<Fate>(
    'trains',
    'trains',
    'dies',
    'never ends',
    'is ready as it is given up',
    'goes on as it is given up',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fates, { minLength: 1, maxLength: 40 }),
      async (sizes, threads, script) => {
        let next = 0;
        const { trainer } = pretendedTrainer(threads, { fate: () => script[next++] ?? 'trains' });
        const { training, results } = train(trainer, batchesOf(...sizes), { seconds: 0.002 });
        await training.done;
        expect(indices(results)).toEqual(range(sizes.reduce((a, b) => a + b)));
      },
    ),
    { numRuns: 60, seed: 4 },
  );
});

describe('a thread that dies', () => {
  test('once, has its cell tried again', async () => {
    const { trainer, attempts } = pretendedTrainer(2, {
      fate: (cell, attempt) => (cell === 3 && attempt === 1 ? 'dies' : 'trains'),
    });
    const { training, results } = train(trainer, batchesOf(6));
    await training.done;
    expect(indices(results)).toEqual(range(6));
    expect(messageOf(results, 3)).toBe('trained');
    expect([...attempts].filter(([, times]) => times > 1)).toEqual([[3, 2]]);
  });

  test('twice over the same cell, fails it, and the queue goes on', async () => {
    const { trainer, attempts } = pretendedTrainer(2, { fate: (cell) => (cell === 3 ? 'dies' : 'trains') });
    const { training, results } = train(trainer, batchesOf(6));
    await training.done;
    expect(indices(results)).toEqual(range(6));
    expect(attempts.get(3)).toBe(2);
    expect(messageOf(results, 3)).toBe(
      'The thread that trained this configuration died, 2 times (out of memory). If memory was short, raise queue.worker_memory_mb.',
    );
  });

  test('between two cells, loses none', async () => {
    let deaths = 0;
    const { trainer } = pretendedTrainer(1, { ...SOUND, diesIdle: () => deaths++ === 2 });
    const { training, results } = train(trainer, batchesOf(6));
    await training.done;
    expect(indices(results)).toEqual(range(6));
  });

  test('as soon as it is started, again and again, ends the training with the reason', async () => {
    const { trainer } = pretendedTrainer(2, { ...SOUND, diesIdle: () => true });
    await expect(train(trainer, batchesOf(6)).training.done).rejects.toThrow('died idle');
  });
});

describe('a cell that exceeds its time', () => {
  test('fails with that reason, is not tried again, and the queue goes on', async () => {
    const { trainer, attempts } = pretendedTrainer(2, {
      fate: (cell) => (cell === 1 ? 'never ends' : 'trains'),
    });
    const { training, results } = train(trainer, batchesOf(4), { seconds: 0.03 });
    await training.done;
    expect(indices(results)).toEqual(range(4));
    expect(attempts.get(1)).toBe(1);
    expect(messageOf(results, 1)).toBe(
      'Training took longer than queue.max_minutes_per_model (0.0005). Raise it, or use fewer days, trees or features.',
    );
  });

  test('but is ready just then, counts as trained', async () => {
    const { trainer } = pretendedTrainer(1, {
      fate: (cell) => (cell === 1 ? 'is ready as it is given up' : 'trains'),
    });
    const { training, results } = train(trainer, batchesOf(4), { seconds: 0.01 });
    await training.done;
    expect(indices(results)).toEqual(range(4));
    expect(messageOf(results, 1)).toBe('trained');
  });

  test('just as its thread begins another, costs the other nothing but a second try', async () => {
    const { trainer } = pretendedTrainer(1, {
      fate: (cell, attempt) => (cell === 1 && attempt === 1 ? 'goes on as it is given up' : 'trains'),
    });
    const { training, results } = train(trainer, batchesOf(4), { seconds: 0.01 });
    await training.done;
    expect(indices(results)).toEqual(range(4));
    expect(new Set(results.map((_, i) => messageOf(results, i)))).toEqual(new Set(['trained']));
  });
});

describe('what throws ends the training', () => {
  test('a result that can not be made permanent: nothing is delivered after it', async () => {
    const { trainer, begun } = pretendedTrainer(3, SOUND);
    const { training, results } = train(trainer, batchesOf(40), {
      onResult() {
        if (results.length === 4) throw new Error('no room');
      },
    });
    await expect(training.done).rejects.toThrow('no room');
    expect(results).toHaveLength(4);
    expect(begun.length).toBeLessThanOrEqual(4 + 3);
  });

  test('a listener of the threads', async () => {
    const { trainer } = pretendedTrainer(2, SOUND);
    const { training } = train(trainer, batchesOf(40), {
      onThread() {
        throw new Error('nobody listens');
      },
    });
    await expect(training.done).rejects.toThrow('nobody listens');
  });
});

test('a stop lets what is in flight finish, and begins no more', async () => {
  const { trainer, begun } = pretendedTrainer(3, SOUND);
  const { training, results } = train(trainer, batchesOf(3, 40), {
    onResult: () => results.length === 5 && training.stop(),
  });
  await training.done;
  expect(indices(results)).toEqual([...begun].sort((a, b) => a - b));
  expect(begun.length).toBeLessThanOrEqual(5 + 3);
});

describe('threads are at most 16 cells ahead of what is permanent', () => {
  test.each([
    ['in one large batch', [60]],
    ['in batches of one', Array<number>(60).fill(1)],
    ['across the end of a batch', [10, 50]],
  ])('%s', async (_where, sizes) => {
    const { trainer, begun } = pretendedTrainer(2, SOUND);
    const { training, results } = train(trainer, batchesOf(...sizes), { commits: false });
    for (let committed = 0; committed < 60 - 16; committed++) {
      await expect.poll(() => results.length, { interval: 1 }).toBe(16 + committed);
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      expect(begun).toHaveLength(16 + committed);
      training.committed();
    }
    await training.done;
    expect(indices(results)).toEqual(range(60));
  });
});

test('no thread is started that would find nothing to train', async () => {
  const { trainer, mostTasks } = pretendedTrainer(8, SOUND);
  const { training, results } = train(trainer, batchesOf(1, 1));
  await training.done;
  expect(indices(results)).toEqual([0, 1]);
  expect(mostTasks()).toBe(2);
});

test('who trains is told how many cells follow a batch', async () => {
  const { trainer } = pretendedTrainer(2, SOUND);
  const after: unknown[] = [];
  const open: Trainer['open'] = (batch, limit) => {
    after.push([batch.cells.length, batch.after]);
    return trainer.open(batch, limit);
  };
  await train({ ...trainer, open }, batchesOf(3, 1, 4)).training.done;
  expect(after).toEqual([
    [3, 5],
    [1, 4],
    [4, 0],
  ]);
});
