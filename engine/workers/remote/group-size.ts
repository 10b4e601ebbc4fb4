/** What a task is to take, seconds: so long that what a task costs hardly counts, so short that a dead worker has little. */
const TASK_SECONDS = 0.5;
const MOST = 32;

/**
 * How many cells a task is to have.
 * @param pace seconds that a cell takes, if that is known
 * @param left cells of the batch that are not handed out
 * @param threads of all workers: the last tasks are small, so that all end at the same time
 */
export function groupSize(pace: number | undefined, left: number, threads: number): number {
  const worth = pace === undefined ? 1 : Math.round(TASK_SECONDS / pace);
  const share = Math.ceil(left / (2 * Math.max(1, threads)));
  return Math.max(1, Math.min(worth, share, MOST));
}
