import { existsSync, writeFileSync } from 'node:fs';
import type { WorkerJob } from '../../pipeline/job.ts';
import runBatchTask, { type BatchTask } from '../task.ts';

export { fitMember, readCandles, resample } from '../task.ts';

/**
 * The task that threads run, but some configurations bring their thread down. Which do, and how, is told by their horizon,
 * so that a whole grid can be run with it; each of these needs a horizon that no sound configuration of a test has.
 */
export const FAULTY_HORIZONS = {
  throws: 101,
  exits: 102,
  hoards: 103,
  loops: 104,
  /** Only the first time: the file named by REGIMEN_TEST_MARKER says that it was. */
  'exits once': 105,
} as const;

const FAULTS: Readonly<Record<number, () => void>> = {
  [FAULTY_HORIZONS.throws]() {
    throw new Error('thrown outside of the training');
  },
  [FAULTY_HORIZONS.exits]() {
    process.exit(7);
  },
  [FAULTY_HORIZONS.hoards]() {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 10_000 }, (_, i) => i + 0.5));
  },
  [FAULTY_HORIZONS.loops]() {
    for (;;);
  },
  [FAULTY_HORIZONS['exits once']]() {
    const marker = process.env.REGIMEN_TEST_MARKER!;
    if (existsSync(marker)) return;
    writeFileSync(marker, '');
    process.exit(7);
  },
};

export default function faultyTask(task: BatchTask): number {
  const cells: WorkerJob[] = [];
  task.cells.forEach((cell, position) => {
    // Looked up once the cell was taken and announced, which is when its thread is to fail.
    Object.defineProperty(cells, position, {
      get() {
        FAULTS[cell.configuration.horizon]?.();
        return cell;
      },
    });
  });
  return runBatchTask({ ...task, cells });
}
