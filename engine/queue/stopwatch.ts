/** Seconds since it was made. `now`: milliseconds since 1970-01-01 UTC. */
export type Stopwatch = () => number;

/** A clock that was set back must not take back time that was spent. */
export function createStopwatch(now: () => number): Stopwatch {
  const startedAt = now();
  return () => Math.max(0, now() - startedAt) / 1000;
}
