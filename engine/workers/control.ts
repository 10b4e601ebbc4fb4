/**
 * Shared memory through which threads take cells of a batch: each takes the next in order, so those in flight are
 * always neighbors and their results can be committed almost as they come.
 */

const NEXT = 0;
const LIMIT = 1;
const STOP = 2;

export type BatchControl = Int32Array<SharedArrayBuffer>;

/** `limit` cells may be taken until it is raised. */
export function createControl(limit: number): BatchControl {
  const control = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  control[LIMIT] = limit;
  return control;
}

/** Position of the next cell, or undefined when the batch is used up or stopped. Waits while the limit is reached. */
export function takeCell(control: BatchControl, size: number): number | undefined {
  for (;;) {
    if (Atomics.load(control, STOP) === 1) return undefined;
    const next = Atomics.load(control, NEXT);
    if (next >= size) return undefined;
    const limit = Atomics.load(control, LIMIT);
    if (next < limit) {
      // Another thread may have been quicker.
      if (Atomics.compareExchange(control, NEXT, next, next + 1) === next) return next;
    } else {
      Atomics.wait(control, LIMIT, limit);
    }
  }
}

/** As `takeCell`, but where the limit is reached there is none for now. */
export function takeCellNow(control: BatchControl, size: number): number | undefined {
  for (;;) {
    if (Atomics.load(control, STOP) === 1) return undefined;
    const next = Atomics.load(control, NEXT);
    if (next >= Math.min(size, Atomics.load(control, LIMIT))) return undefined;
    if (Atomics.compareExchange(control, NEXT, next, next + 1) === next) return next;
  }
}

/** Lets cells before position `limit` be taken. */
export function raiseLimit(control: BatchControl, limit: number): void {
  Atomics.store(control, LIMIT, limit);
  Atomics.notify(control, LIMIT);
}

/** No further cell is taken; those that were are finished. */
export function stopBatch(control: BatchControl): void {
  Atomics.store(control, STOP, 1);
  // A waiting thread wakes only for a limit that differs from the one it saw.
  Atomics.add(control, LIMIT, 1);
  Atomics.notify(control, LIMIT);
}

/** How many cells were taken. */
export function takenCells(control: BatchControl): number {
  return Atomics.load(control, NEXT);
}
