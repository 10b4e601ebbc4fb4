/** What a task is to take, seconds: so long that what a task costs hardly counts, so short that a dead worker has little. */
const TASK_SECONDS = 2;
const MOST = 64;

/** Cells that make a task of the right length; `pace`: seconds that a cell takes, if that is known. */
export function cellsOfTask(pace: number | undefined): number {
  return pace === undefined ? 1 : Math.max(1, Math.min(Math.round(TASK_SECONDS / pace), MOST));
}

/**
 * How many cells a task is to have.
 * @param left cells of the batch that are not handed out
 * @param threads of all workers: the last tasks are small, so that all end at the same time
 */
export function groupSize(pace: number | undefined, left: number, threads: number): number {
  return Math.max(1, Math.min(cellsOfTask(pace), Math.ceil(left / (2 * Math.max(1, threads)))));
}
