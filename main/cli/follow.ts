import type { Engine } from '../../engine/app.ts';
import type { QueueDto, QueueSummaryDto } from '../../engine/contract/dto/index.ts';
import type { QueueProgress } from '../../engine/contract/events.ts';
import type { Output } from './output.ts';
import { duration } from './render/format.ts';

/** On a terminal the bar moves; elsewhere a line now and then says how far it is. */
const LOG_EVERY_MS = 5_000;
const BAR_WIDTH = 28;

/**
 * Starts a queue and waits for it, with its live feed on stderr. The first Ctrl-C (or SIGTERM) pauses it; a second one ends
 * the process at once, and the queue is recovered like after a crash. `begin` starts the only queue of this process.
 */
export async function followQueue(
  engine: Engine,
  begin: () => Promise<QueueDto>,
  output: Output,
): Promise<QueueSummaryDto> {
  let lastLog = Date.now();
  const unsubscribe = engine.subscribe((event) => {
    if (event.type === 'feed' && event.line.queueId !== null) {
      const { level, message } = event.line;
      if (level !== 'info' || FEED_LINES.some((start) => message.startsWith(start))) output.log(message);
    }
    if (event.type !== 'queue.progress') return;
    const { progress } = event;
    output.progress(progressBar(progress));
    const now = Date.now();
    if (now - lastLog < LOG_EVERY_MS) return;
    lastLog = now;
    const left = duration(progress.remainingSeconds);
    output.note(
      `Training model ${progress.done}/${progress.toTrain}, ${progress.kept} kept, about ${left} left`,
    );
  });
  let interrupt: { end(): void } | undefined;
  try {
    const { id: queueId } = await begin();
    interrupt = pauseOnSignal(engine, queueId, output);
    return await engine.call('queue.wait', { queueId });
  } finally {
    interrupt?.end();
    unsubscribe();
  }
}

/** Lines of the feed that are news to who watches; the rest the bar says. */
const FEED_LINES = ['Starting training queue', 'Training completed'];

function progressBar(progress: QueueProgress): string {
  const filled = Math.round((progress.done / progress.toTrain) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const left = duration(progress.remainingSeconds);
  return `${bar} Training model ${progress.done}/${progress.toTrain} · ${progress.kept} kept · ${left} left · ${progress.configuration}`;
}

function pauseOnSignal(engine: Engine, queueId: number, output: Output): { end(): void } {
  let interrupted = false;
  const onSignal = () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    output.log('Pausing: finishing what is in flight. Press Ctrl-C again to stop at once.');
    // It may just have ended, or be asked to already; then there is nothing left to do.
    engine.call('queue.pause', { queueId }).catch(() => undefined);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    end() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
