import { type BatchControl, createControl, stopBatch } from './control.ts';
import type { BatchTask } from './task.ts';

/** What threads train for practice: V8 compiles the better for it, and nobody is told of results. */
export type Rehearsal = Pick<BatchTask, 'context' | 'cells'>;

/**
 * Has as many tasks as there are threads train all of these cells each; none is begun after `seconds`, nor once one fails.
 * @param run has the next free thread do a task
 */
export async function rehearseOn(
  threads: number,
  rehearsals: readonly Rehearsal[],
  seconds: number,
  run: (task: Rehearsal & { readonly control: BatchControl }) => Promise<void>,
): Promise<void> {
  const controls: BatchControl[] = [];
  let isOver = false;
  function end(): void {
    isOver = true;
    controls.forEach(stopBatch);
  }
  const timer = setTimeout(end, seconds * 1000);
  async function onOne(): Promise<void> {
    for (const rehearsal of rehearsals) {
      if (isOver) return;
      const control = createControl(rehearsal.cells.length);
      controls.push(control);
      await run({ ...rehearsal, control });
    }
  }
  try {
    await Promise.all(Array.from({ length: threads }, onOne));
  } finally {
    clearTimeout(timer);
    // One that can't leaves the others nothing to wait for.
    end();
  }
}
