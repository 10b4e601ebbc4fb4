import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CellJob, CellResult, ContextSpec } from '../pipeline/job.ts';
import { createWorkerPool, type WorkerPool } from '../workers/pool.ts';
import { FAULTY_HORIZONS } from '../workers/testing/faulty-task.ts';
import { startTraining } from '../workers/training.ts';

/**
 * Real threads that fail. Sound cells fail too, in the ordinary way: they have no candles; what counts is that every cell
 * gets its one result, and what it says.
 */

let pool: WorkerPool;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-threads-'));
  // Threads copy the environment when they start.
  process.env.REGIMEN_TEST_MARKER = join(folder, 'exited');
  const taskFile = new URL('../workers/testing/faulty-task.ts', import.meta.url).href;
  pool = createWorkerPool({ threads: 2, memoryMb: 64, taskFile });
});

afterAll(async () => {
  await pool.close();
  delete process.env.REGIMEN_TEST_MARKER;
  rmSync(folder, { recursive: true });
});

/** Messages of the results, in the order of the horizons. */
async function trainHorizons(horizons: readonly number[], maxSecondsPerCell = 60): Promise<string[]> {
  const results: CellResult[] = [];
  const cells = horizons.map((horizon, index) => ({ index, configuration: { horizon } }) as CellJob);
  const training = startTraining({
    pool,
    batches: [{ contextKey: 'one', cells }],
    contextSpec: () => ({ key: 'one' }) as ContextSpec,
    maxSecondsPerCell,
    onThread: () => undefined,
    onResult(result) {
      results.push(result);
      training.committed();
    },
  });
  await training.done;
  expect(results.map((result) => result.index).sort((a, b) => a - b)).toEqual(horizons.map((_, i) => i));
  return results
    .sort((a, b) => a.index - b.index)
    .map((result) => (result.status === 'failed' ? result.error.message : 'completed'));
}

/** What becomes of a cell that a sound thread has tried. */
let tried: string;

beforeAll(async () => {
  [tried] = await trainHorizons([1]);
  expect(tried).not.toContain('died');
});

describe('a thread', () => {
  const FAILURES: [fault: keyof typeof FAULTY_HORIZONS, cause: string][] = [
    ['throws', 'thrown outside of the training'],
    ['exits', 'worker exited with code: 7'],
    ['hoards', 'Worker terminated due to reaching memory limit: JS heap out of memory'],
  ];

  test.each(FAILURES)('that %s fails its cell after two tries, and no other', async (fault, cause) => {
    const messages = await trainHorizons([1, FAULTY_HORIZONS[fault], 2, 3]);
    expect(messages[1]).toMatch(`died, 2 times (${cause}`);
    expect([messages[0], messages[2], messages[3]]).toEqual([tried, tried, tried]);
  });

  test('that exits once is replaced, and its cell tried again', async () => {
    expect(await trainHorizons([1, FAULTY_HORIZONS['exits once'], 2])).toEqual([tried, tried, tried]);
  });

  test('that loops is ended when its time is over, and its cell fails', async () => {
    const messages = await trainHorizons([1, FAULTY_HORIZONS.loops, 2, FAULTY_HORIZONS.loops, 3], 0.4);
    expect(messages[1]).toMatch('took longer than queue.max_minutes_per_model');
    expect(messages[3]).toBe(messages[1]);
    expect([messages[0], messages[2], messages[4]]).toEqual([tried, tried, tried]);
  });
});

test('a pool in which every thread has died goes on', async () => {
  const { exits, throws } = FAULTY_HORIZONS;
  const messages = await trainHorizons([exits, exits, throws, exits, 1, 2, 3, 4]);
  expect(messages.slice(4)).toEqual([tried, tried, tried, tried]);
});
