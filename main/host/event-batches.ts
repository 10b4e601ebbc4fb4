import type { EngineEvent } from '../../engine/contract/events.ts';

/** Four batches a second: fast for an eye, slow for a window that also has to draw. */
export const BATCH_MS = 250;
/** Feed lines of one batch; a window shows the newest anyway, and `feed.recent` has the others. */
const MAX_FEED_LINES = 500;

/** What of an event a newer one of the same kind makes superfluous; undefined when each one counts. */
function subject(event: EngineEvent): string | undefined {
  switch (event.type) {
    case 'queue.changed':
      return `${event.type} ${event.queue.id}`;
    case 'queue.removed':
    case 'queue.progress':
    case 'queue.threads':
      return `${event.type} ${event.queueId}`;
    case 'market.import':
    case 'market.watched':
      return `${event.type} ${event.file}`;
    case 'workspace.changed':
      return `${event.type} ${event.what}`;
    case 'feed':
    case 'queue.resumed':
    case 'version.expired':
    case 'version.stale':
    case 'alert':
    case 'training.ended':
      return undefined;
  }
}

export interface EventBatches {
  add(event: EngineEvent): void;
  /** Delivers what waits and takes nothing more. */
  close(): void;
}

/**
 * Collects events and delivers them together: the first after a quiet time at once, then at most one batch per
 * `BATCH_MS`. A batch holds the newest event of each subject, in the order in which they came, and all feed lines.
 */
export function createEventBatches(deliver: (events: readonly EngineEvent[]) => void): EventBatches {
  const latest = new Map<string, EngineEvent>();
  let feed: EngineEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function flush(): void {
    const batch = [...latest.values(), ...feed];
    latest.clear();
    feed = [];
    if (batch.length > 0) deliver(batch);
  }

  function tick(): void {
    timer = undefined;
    if (latest.size === 0 && feed.length === 0) return;
    timer = setTimeout(tick, BATCH_MS);
    flush();
  }

  return {
    add(event) {
      if (closed) return;
      const key = subject(event);
      if (key === undefined) {
        feed.push(event);
        if (feed.length > MAX_FEED_LINES) feed.shift();
      } else {
        // Taken out first, so that a replaced event also takes its newer place in the order.
        latest.delete(key);
        latest.set(key, event);
      }
      if (timer === undefined) timer = setTimeout(tick, 0);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      flush();
    },
  };
}
