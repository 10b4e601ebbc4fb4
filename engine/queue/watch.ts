import type { Store } from '../store/database.ts';
import { findQueue, type QueueRow, updateOwnedQueue } from '../store/queues.ts';
import type { PeakMemory } from './peak-memory.ts';
import type { Stopwatch } from './stopwatch.ts';

/** How often the runner says that it lives, and looks whether another process asks for a pause or the disk fills up. */
const WATCH_MS = 250;
const HEARTBEAT_MS = 5_000;

export interface WatchOptions {
  readonly store: Store;
  /** As this pass began, with this process as its owner. */
  readonly queue: QueueRow;
  /** Seconds of this pass. */
  readonly seconds: Stopwatch;
  /** Looked at with every look. */
  readonly memory: PeakMemory;
  /** Why there is too little room to go on, or null. */
  readonly shortage: () => string | null;
  /** Ends the training: with a message where the queue is to be paused for that reason. */
  readonly stop: (message: string | null) => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Looks after a queue while it is trained. */
export interface Watch {
  end(): void;
}

export function startWatch(options: WatchOptions): Watch {
  const { store, queue, seconds, memory, shortage, stop, now } = options;
  let lastBeat = now();

  function look(): void {
    memory.look();
    const row = findQueue(store, queue.id);
    if (row?.state !== 'running' || row.owner !== queue.owner) stop(null);
    const full = shortage();
    if (full !== null) stop(full);
    // Absolute: a clock that was set back is no silence.
    if (Math.abs(now() - lastBeat) < HEARTBEAT_MS) return;
    lastBeat = now();
    updateOwnedQueue(store, queue, {
      heartbeat_at: lastBeat,
      seconds: queue.seconds + seconds(),
      peak_memory: memory.bytes,
    });
  }

  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      stop((error as Error).message);
    }
  }, WATCH_MS);
  return { end: () => clearInterval(timer) };
}
