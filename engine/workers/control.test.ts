import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { type BatchControl, createControl, raiseLimit, stopBatch, takeCell, takenCells } from './control.ts';

/** Threads that take cells until there is none, and say which. */
const TAKER = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { takeCell } from ${JSON.stringify(new URL('./control.ts', import.meta.url).href)};
  const taken = [];
  parentPort.postMessage('ready');
  for (let cell; (cell = takeCell(workerData.control, workerData.size)) !== undefined; ) taken.push(cell);
  parentPort.postMessage(taken);
`;

function startTaker(control: BatchControl, size: number): { ready: Promise<void>; taken: Promise<number[]> } {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(TAKER)}`), {
    workerData: { control, size },
  });
  const ready = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<number[]>();
  worker.on('error', taken.reject);
  worker.on('message', (message: 'ready' | number[]) => {
    if (message === 'ready') ready.resolve();
    else taken.resolve(message);
  });
  return { ready: ready.promise, taken: taken.promise };
}

describe('one thread', () => {
  test('takes cells in order, each once', () => {
    const control = createControl(3);
    expect([takeCell(control, 3), takeCell(control, 3), takeCell(control, 3), takeCell(control, 3)]).toEqual([
      0,
      1,
      2,
      undefined,
    ]);
    expect(takenCells(control)).toBe(3);
  });

  test('takes none once stopped, whatever the limit', () => {
    const control = createControl(3);
    takeCell(control, 3);
    stopBatch(control);
    expect(takeCell(control, 3)).toBeUndefined();
    expect(takenCells(control)).toBe(1);
  });
});

describe('several threads', () => {
  test('share the cells out: none is missed, none taken twice, each thread goes forward', async () => {
    const control = createControl(20_000);
    const takers = [1, 2, 3].map(() => startTaker(control, 20_000));
    const taken = await Promise.all(takers.map((taker) => taker.taken));
    for (const cells of taken) expect(cells).toEqual([...cells].sort((a, b) => a - b));
    expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
  });

  test('wait at the limit until it is raised', async () => {
    const control = createControl(4);
    const takers = [1, 2].map(() => startTaker(control, 10));
    await Promise.all(takers.map((taker) => taker.ready));
    await expect.poll(() => takenCells(control)).toBe(4);
    raiseLimit(control, 7);
    await expect.poll(() => takenCells(control)).toBe(7);
    raiseLimit(control, 10);
    const taken = await Promise.all(takers.map((taker) => taker.taken));
    expect(taken.flat()).toHaveLength(10);
  });

  test('that wait at the limit are woken by a stop', async () => {
    const control = createControl(0);
    const takers = [1, 2].map(() => startTaker(control, 10));
    await Promise.all(takers.map((taker) => taker.ready));
    stopBatch(control);
    expect(await Promise.all(takers.map((taker) => taker.taken))).toEqual([[], []]);
  });
});
