export interface Timers {
  now(): number;
  /** Calls back after so many milliseconds; returns the function that takes the call back. */
  after(ms: number, callback: () => void): () => void;
}

export const WINDOW_TIMERS: Timers = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const handle = setTimeout(callback, ms);
    return () => clearTimeout(handle);
  },
};

/**
 * Gathers what is pushed and hands it over in one go: at once after a quiet time, else every `intervalMs`, never more
 * often.
 */
export function createCoalescer<T>(
  deliver: (items: readonly T[]) => void,
  intervalMs: number,
  timers: Timers = WINDOW_TIMERS,
) {
  let items: T[] = [];
  let cancel: (() => void) | undefined;
  let delivered = Number.NEGATIVE_INFINITY;

  const flush = () => {
    cancel = undefined;
    delivered = timers.now();
    const batch = items;
    items = [];
    deliver(batch);
  };
  return {
    push(item: T) {
      items.push(item);
      cancel ??= timers.after(Math.max(0, delivered + intervalMs - timers.now()), flush);
    },
    /** Forgets what was not delivered. */
    stop() {
      cancel?.();
      cancel = undefined;
      items = [];
    },
  };
}
