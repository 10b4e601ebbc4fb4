import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CellResult } from '../pipeline/job.ts';
import { describeTrainer } from './testing/contract.ts';
import { FAULTY_HORIZONS } from './testing/faulty-task.ts';
import { createTrainingWorld, SOUND, type TrainingWorld } from './testing/training-world.ts';
import { createThreadTrainer } from './thread-trainer.ts';
import type { Trainer } from './trainer.ts';
import { startTraining } from './training.ts';

const taskFile = new URL('./testing/faulty-task.ts', import.meta.url).href;

/** proc_pid_stat(5): the 19th field, the 17th behind the name in parentheses. */
function nicenessOf(file: string): number {
  const stat = readFileSync(file, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}

describeTrainer('threads', (threads, source, marker) => {
  // Threads copy the environment when they start.
  process.env.REGIMEN_TEST_MARKER = marker;
  return createThreadTrainer({ threads, memoryMb: 128, taskFile }, source);
});

describe('threads that fail', () => {
  let world: TrainingWorld;
  let trainer: Trainer;
  beforeAll(() => {
    world = createTrainingWorld();
    trainer = createThreadTrainer({ threads: 2, memoryMb: 128, taskFile }, world.source());
  });
  afterAll(async () => {
    await trainer.close();
    world.remove();
  });

  /** What became of each, in the order of the horizons. */
  async function trainHorizons(horizons: readonly number[]): Promise<string[]> {
    const results: CellResult[] = [];
    const training = startTraining({
      trainer,
      batches: [{ contextKey: 'one', cells: world.cells(horizons) }],
      contextSpec: () => world.spec(),
      maxSecondsPerCell: 60,
      onThread: () => undefined,
      onResult(result) {
        results.push(result);
        training.committed();
      },
    });
    await training.done;
    return results
      .sort((a, b) => a.index - b.index)
      .map((result) => (result.status === 'failed' ? result.error.message : 'completed'));
  }

  const FAILURES: [fault: keyof typeof FAULTY_HORIZONS, cause: string][] = [
    ['throws', 'thrown outside of the training'],
    ['exits', 'worker exited with code: 7'],
    ['hoards', 'Worker terminated due to reaching memory limit: JS heap out of memory'],
  ];

  test.each(FAILURES)('say why: one that %s', async (fault, cause) => {
    const messages = await trainHorizons([SOUND, FAULTY_HORIZONS[fault], SOUND, SOUND]);
    expect(messages[1]).toMatch(`died, 2 times (${cause}`);
    expect(messages.toSpliced(1, 1)).toEqual(['completed', 'completed', 'completed']);
  });

  test.skipIf(process.platform !== 'linux')('stand back for whoever waits for an answer', async () => {
    await trainHorizons([SOUND, SOUND]);
    const own = nicenessOf('/proc/thread-self/stat');
    const all = readdirSync('/proc/self/task').map((thread) => nicenessOf(`/proc/self/task/${thread}/stat`));
    expect(new Set(all)).toEqual(new Set([own, own + 5]));
  });

  test('are replaced, even if all have died', async () => {
    const { exits, throws } = FAULTY_HORIZONS;
    const messages = await trainHorizons([exits, exits, throws, exits, SOUND, SOUND, SOUND, SOUND]);
    expect(messages.slice(4)).toEqual(Array(4).fill('completed'));
  });
});
