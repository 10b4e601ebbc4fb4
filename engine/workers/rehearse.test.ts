import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { cachedDataVersionTag } from 'node:v8';
import { expect, it } from 'vitest';
import { createCandleFolder } from '../market/series/candle-folder.ts';
import { takeCell } from './control.ts';
import { type Rehearsal, rehearseOn } from './rehearse.ts';
import { rehearsals } from './remote/rehearsals.ts';
import { createThreadTrainer } from './thread-trainer.ts';

/** Nobody reads what they are of. */
const ofLength = (length: number) => ({ context: {}, cells: Array.from({ length }) }) as unknown as Rehearsal;

it('has each task go through all cells, one rehearsal after the other', async () => {
  const taken: number[] = [];
  await rehearseOn(3, [ofLength(2), ofLength(4)], 60, async ({ cells, control }) => {
    while (takeCell(control, cells.length) !== undefined) taken.push(cells.length);
  });
  expect(taken.filter((of) => of === 2)).toHaveLength(6);
  expect(taken.filter((of) => of === 4)).toHaveLength(12);
});

it('begins no cell once its time is over, nor the next rehearsal', async () => {
  let taken = 0;
  await rehearseOn(2, [ofLength(100), ofLength(100)], 0.1, async ({ cells, control }) => {
    while (takeCell(control, cells.length) !== undefined) {
      taken++;
      await delay(40);
    }
  });
  expect(taken).toBeGreaterThan(2);
  expect(taken).toBeLessThan(20);
});

it('begins no cell once a task fails', async () => {
  let taken = 0;
  const over = Promise.withResolvers<void>();
  const rehearsed = rehearseOn(2, [ofLength(1000)], 60, async ({ cells, control }) => {
    if (takeCell(control, cells.length) === undefined) return;
    if (taken++ === 0) throw new Error('died');
    while (takeCell(control, cells.length) !== undefined) await delay(1);
    over.resolve();
  });
  await expect(rehearsed).rejects.toThrow('died');
  await over.promise;
  expect(taken).toBe(2);
});

it('practices on every thread, while V8 compiles as it usually does, and fails where they do', async () => {
  const [{ context, cells }] = rehearsals() as [Rehearsal];
  const started: number[] = [];
  const note = () => void started.push(1);
  process.on('worker', note);
  const trainer = createThreadTrainer({ threads: 2, memoryMb: 128 }, createCandleFolder(tmpdir()));
  const flags = new Set<number>();
  const usual = cachedDataVersionTag();
  const look = setInterval(() => flags.add(cachedDataVersionTag()), 1);
  try {
    await trainer.rehearse([{ context, cells: cells.slice(0, 2) }], 60);
    expect(started).toHaveLength(2);
    expect(flags).toEqual(new Set([usual]));
    await expect(trainer.rehearse([{ context: undefined as never, cells }], 60)).rejects.toThrow();
  } finally {
    clearInterval(look);
    process.off('worker', note);
    await trainer.close();
  }
});
