import type { Engine } from '../../engine/app.ts';
import { FOLD, LOG_EVERY_MS, numberOf, pauseOnSignal, progressBar, WORK, type Work } from './follow.ts';
import type { Output } from './output.ts';
import { duration } from './render/format.ts';

/**
 * Runs something that makes and starts jobs by itself, one after the other, with their progress and live feed on stderr. A signal pauses
 * the one that runs, as `followQueue` does.
 */
export async function followed<T>(engine: Engine, output: Output, work: () => Promise<T>): Promise<T> {
  const kinds = new Map<number, Work>();
  let lastLog = Date.now();
  const interrupt = pauseOnSignal(engine, output);
  const unsubscribe = engine.subscribe((event) => {
    if (
      event.type === 'queue.changed' &&
      event.queue.state === 'running' &&
      event.queue.owner?.isThis === true
    ) {
      kinds.set(event.queue.id, WORK[event.queue.kind] ?? WORK.grid!);
      interrupt.begun(event.queue.id);
    }
    if (event.type === 'feed') {
      const { level, topic, message, queueId } = event.line;
      const isSaid = queueId === null || topic === 'job' || level !== 'info' || FOLD.test(message);
      if (isSaid) output.log(message, level);
    }
    if (event.type !== 'queue.progress') return;
    const { progress, queueId } = event;
    const kind = kinds.get(queueId) ?? WORK.grid!;
    output.progress(progressBar(kind, progress));
    if (Date.now() - lastLog < LOG_EVERY_MS) return;
    lastLog = Date.now();
    output.note(
      `${kind.verb} ${kind.noun} ${numberOf(progress)}/${progress.toTrain}, about ${duration(progress.remainingSeconds)} left`,
    );
  });
  try {
    return await work();
  } finally {
    interrupt.end();
    unsubscribe();
  }
}
