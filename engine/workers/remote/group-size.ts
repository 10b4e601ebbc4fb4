/** What a task is to take, seconds: so long that what a task costs hardly counts, so short that a dead worker has little. */
const TASK_SECONDS = 2;
const MOST = 64;
/**
 * Cells of a task that is made larger for the batches that follow: results of the tasks after it wait for it, and a host that makes all of them
 * permanent at once has no time for others meanwhile.
 */
const MOST_WHOLE = 32;

/**
 * Of what is left a task is at most this part of a thread's share. A thread has its next task by it while it is at one, and the two may be of slow cells: with
 * 2, others were seen to have nothing more to do for the last second of a grid of four.
 */
const PARTS = 3;

/** Cells that make a task of the right length; `pace`: seconds that a cell takes, if that is known. */
export function cellsOfTask(pace: number | undefined): number {
  return pace === undefined ? 1 : Math.max(1, Math.min(Math.round(TASK_SECONDS / pace), MOST));
}

/** What is to be handed out still. */
export interface Left {
  /** Cells of the batch. */
  readonly ofBatch: number;
  /** Cells of the batches after it. */
  readonly after: number;
}

/**
 * How many cells a task is to have. A worker makes what the cells of a batch have in common for itself, so a batch is parted among few where others
 * follow, and a small rest goes with the task before it.
 * @param threads of all workers: the last tasks are small, so that all end at the same time
 */
export function groupSize(pace: number | undefined, { ofBatch, after }: Left, threads: number): number {
  const share = (cells: number) => Math.ceil(cells / (PARTS * Math.max(1, threads)));
  const most = cellsOfTask(pace);
  const whole = Math.min(MOST_WHOLE, share(ofBatch + after));
  const size = Math.max(1, Math.min(most, Math.max(share(ofBatch), whole)));
  return ofBatch <= Math.min(most, MOST_WHOLE) && ofBatch < 1.5 * size ? ofBatch : Math.min(size, ofBatch);
}
