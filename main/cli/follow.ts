import type { Engine } from '../../engine/app.ts';
import type { JobKind, QueueDto, QueueSummaryDto } from '../../engine/contract/dto/index.ts';
import type { QueueProgress } from '../../engine/contract/events.ts';
import { EXIT_INTERRUPTED } from '../host/exit-status.ts';
import { onHangup } from '../host/hangup.ts';
import type { Output } from './output.ts';
import { duration } from './render/format.ts';

/** On a terminal the bar moves; elsewhere a line now and then says how far it is. */
export const LOG_EVERY_MS = 5_000;
const BAR_WIDTH = 28;

export interface Work {
  readonly verb: string;
  readonly noun: string;
}

export const WORK: Readonly<Partial<Record<JobKind, Work>>> = {
  grid: { verb: 'Training', noun: 'model' },
  evaluation: { verb: 'Evaluating', noun: 'model' },
  walk_forward: { verb: 'Training', noun: 'fold' },
  search: { verb: 'Training', noun: 'trial' },
  survival: { verb: 'Trying', noun: 'trial' },
};

/** The line of a fold that has its figures, and of a trial. */
export const FOLD = /^(?:Fold|Aging fold|Trial) \d/;

/**
 * Starts a job that was just made; one that could not even start is removed, since the same command makes another and this would only
 * lie about.
 */
export async function startNew(engine: Engine, queueId: number): Promise<QueueDto> {
  try {
    return await engine.call('queue.start', { queueId });
  } catch (error) {
    await engine.call('queue.remove', { queueId });
    throw error;
  }
}

/**
 * Starts a queue and waits for it, with its live feed on stderr. The first Ctrl-C (or SIGTERM) pauses it, as do a terminal that
 * is closed and a reader of the output that ends; a second one ends the process at once, and the queue is recovered like after a crash. `begin` starts the only queue of this process.
 */
export async function followQueue(
  engine: Engine,
  begin: () => Promise<QueueDto>,
  output: Output,
): Promise<QueueSummaryDto> {
  let lastLog = Date.now();
  let work: Work = WORK.grid!;
  const unsubscribe = engine.subscribe((event) => {
    if (event.type === 'feed') {
      const { level, topic, message, queueId } = event.line;
      // What is said of no queue concerns this one where it is of work, such as workers that are away.
      if (queueId === null && topic !== 'tracking' && topic !== 'job') return;
      // The bar says what the models come to; of a fold it has no room for all.
      if (topic === 'job' || level !== 'info' || FOLD.test(message)) output.log(message, level);
    }
    if (event.type !== 'queue.progress') return;
    const { progress } = event;
    output.progress(progressBar(work, progress));
    const now = Date.now();
    if (now - lastLog < LOG_EVERY_MS) return;
    lastLog = now;
    const left = duration(progress.remainingSeconds);
    output.note(
      `${work.verb} ${work.noun} ${numberOf(progress)}/${progress.toTrain}${keptNow(work, progress, ', ')}, about ${left} left`,
    );
  });
  const interrupt = pauseOnSignal(engine, output);
  try {
    const { id: queueId, kind } = await begin();
    work = WORK[kind] ?? work;
    interrupt.begun(queueId);
    return await engine.call('queue.wait', { queueId });
  } finally {
    interrupt.end();
    unsubscribe();
  }
}

/** Folds keep no models. */
function keptNow({ noun }: Work, { kept }: QueueProgress, before: string): string {
  return noun === 'model' ? `${before}${kept} kept now` : '';
}

/** Of the model that is in work, from 1; at the end, of the last. */
export function numberOf({ done, toTrain }: QueueProgress): number {
  return Math.min(done + 1, toTrain);
}

export function progressBar(work: Work, progress: QueueProgress): string {
  const filled = Math.round((progress.done / progress.toTrain) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const left = duration(progress.remainingSeconds);
  return `${bar} ${work.verb} ${work.noun} ${numberOf(progress)}/${progress.toTrain}${keptNow(work, progress, ' · ')} · ${left} left · ${progress.description}`;
}

/** From here on a signal is a pause, even one that comes while the queue is being started. */
export function pauseOnSignal(engine: Engine, output: Output): { begun(queueId: number): void; end(): void } {
  let interrupted = false;
  let running: number | undefined;
  const pause = () => {
    if (running === undefined) return;
    // It may just have ended, or be asked to already; then there is nothing left to do.
    engine.call('queue.pause', { queueId: running }).catch(() => undefined);
  };
  const onSignal = () => {
    if (interrupted) process.exit(EXIT_INTERRUPTED);
    interrupted = true;
    output.log('Pausing: finishing what is in flight. Press Ctrl-C again to stop at once.');
    pause();
  };
  // A terminal that goes away says so more than once, and nobody is there to wait for.
  const onLeft = () => {
    if (interrupted) return;
    interrupted = true;
    output.log('Pausing: nobody is there any more to read this.');
    pause();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const endHangup = onHangup(onLeft);
  const endReaderGone = output.onReaderGone(onLeft);
  return {
    begun(queueId) {
      running = queueId;
      if (interrupted) pause();
    },
    end() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      endHangup();
      endReaderGone();
    },
  };
}
