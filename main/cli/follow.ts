import type { Engine } from '../../engine/app.ts';
import type { QueueSummaryDto } from '../../engine/contract/dto/index.ts';
import type { Output } from './output.ts';
import { duration } from './render/format.ts';

/** On a terminal the bar moves; elsewhere a line now and then says how far it is. */
const LOG_EVERY_MS = 5_000;
const BAR_WIDTH = 28;

/** Starts a queue and waits for it, with its live feed on stderr. */
export async function followQueue(engine: Engine, queueId: number, output: Output): Promise<QueueSummaryDto> {
  const startedAt = Date.now();
  let lastLog = startedAt;
  const unsubscribe = engine.subscribe((event) => {
    if (event.queueId !== queueId) return;
    if (event.type === 'queue.started') output.log(`Starting training queue "${event.name}"…`);
    if (event.type === 'queue.finished') output.log(`Training ${event.state}.`);
    if (event.type !== 'queue.progress') return;
    const now = Date.now();
    const elapsed = (now - startedAt) / 1000;
    const trained = event.completed + event.failed;
    const remaining = (elapsed / trained) * (event.toTrain - event.done);
    const position = `Training model ${event.done}/${event.toTrain}`;
    const filled = Math.round((event.done / event.toTrain) * BAR_WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
    output.progress(
      `${bar} ${position} · ${event.kept} kept · ${duration(remaining)} left · ${event.configuration}`,
    );
    if (event.outcome.startsWith('Failed')) output.log(`${event.configuration}: ${event.outcome}`);
    else if (now - lastLog >= LOG_EVERY_MS) {
      lastLog = now;
      output.log(`${position}, ${event.kept} kept, about ${duration(remaining)} left`);
    }
  });
  try {
    await engine.call('queue.start', { queueId });
    return await engine.call('queue.wait', { queueId });
  } finally {
    unsubscribe();
  }
}
