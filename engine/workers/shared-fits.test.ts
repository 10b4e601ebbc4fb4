import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';
import { createTrainingWorld, SOUND, type TrainingWorld } from './testing/training-world.ts';
import { createThreadTrainer } from './thread-trainer.ts';
import { startTraining } from './training.ts';

const taskFile = new URL('./testing/helping-task.ts', import.meta.url).href;
const MEMBERS = 4;

let world: TrainingWorld;
let marker: string;
/** What the large cell gives where it is trained alone. */
let fresh: CellResult;
beforeAll(() => {
  world = createTrainingWorld();
  marker = join(world.folder, 'helped');
  fresh = world.fresh(specOf(), largeCell());
}, 300_000);
afterAll(() => world.remove());
afterEach(() => {
  delete process.env.REGIMEN_TEST_LOST;
  rmSync(marker, { force: true });
});

function specOf(): ContextSpec {
  const spec = world.spec();
  return { ...spec, settings: { ...spec.settings, members: MEMBERS } };
}

/** A cell whose members take a while. */
function largeCell(): CellJob {
  const [cell] = world.cells([SOUND]);
  const hyperparameters = { n_estimators: 2000, max_depth: 8, learning_rate: 0.02 };
  return { ...cell!, configuration: { ...cell!.configuration, modelType: 'xgboost', hyperparameters } };
}

async function train(threads: number, leastSharedWork?: number, cell = largeCell()): Promise<CellResult> {
  process.env.REGIMEN_TEST_MARKER = marker;
  const options = { threads, memoryMb: 128, taskFile, ...(leastSharedWork && { leastSharedWork }) };
  const trainer = createThreadTrainer(options, world.source());
  let last: CellResult | undefined;
  async function run(cells: readonly CellJob[]): Promise<void> {
    const training = startTraining({
      trainer,
      batches: [{ contextKey: 'one', cells }],
      contextSpec: specOf,
      maxSecondsPerCell: 300,
      onThread: () => undefined,
      onResult(result) {
        last = { ...result, seconds: 0 };
        training.committed();
      },
    });
    await training.done;
  }
  try {
    // No thread has to start while the large one is trained: each is started for one of these, and waited for.
    await run(world.cells(Array.from({ length: threads }, (_, i) => SOUND + i)));
    rmSync(marker, { force: true });
    await run([cell]);
  } finally {
    await trainer.close();
  }
  return last!;
}

function helped(): string[] {
  try {
    return readFileSync(marker, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

test('members of classes learn classes on an idle thread, too', async () => {
  const { configuration, ...cell } = largeCell();
  const hyperparameters = { n_estimators: 400, max_depth: 6, learning_rate: 0.05 };
  const classes = { ...cell, configuration: { ...configuration, target: 'direction', hyperparameters } };
  expect(await train(2, 1, classes)).toEqual(world.fresh(specOf(), classes));
  expect(helped()[0]).toBe(String(MEMBERS - 1));
}, 300_000);

test('an idle thread fits members of the only cell, and every bit is the same', async () => {
  expect(await train(2, 1)).toEqual(fresh);
  expect(helped()[0]).toBe(String(MEMBERS - 1));
  expect(new Set(helped()).size).toBe(helped().length);
}, 300_000);

test('so do several', async () => {
  expect(await train(4, 1)).toEqual(fresh);
  expect(helped().length).toBeGreaterThan(0);
  expect(new Set(helped()).size).toBe(helped().length);
}, 300_000);

test('what a helper that died had begun is fitted where the cell is trained', async () => {
  process.env.REGIMEN_TEST_LOST = '1';
  expect(await train(2, 1)).toEqual(fresh);
  expect(helped()[0]).toBe(String(MEMBERS - 1));
}, 300_000);

test('nothing is shared where one thread trains, nor a small model', async () => {
  expect(await train(1, 1)).toEqual(fresh);
  expect(helped()).toEqual([]);
  expect(await train(2)).toEqual(fresh);
  expect(helped()).toEqual([]);
}, 300_000);
