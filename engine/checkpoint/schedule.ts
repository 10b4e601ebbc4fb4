/** Of the time a queue trains, a checkpoint is being written for at most this part. */
const LARGEST_SHARE = 0.2;

export interface CheckpointSchedule {
  /** To be called after each result. */
  committed(): void;
  /** Resolves when no checkpoint is being written. */
  settled(): Promise<void>;
}

/**
 * Decides after which results a checkpoint is written: after every `models`, or less often where that would take more
 * than a fifth of the time, as it would once a queue has thousands of results. One is written at a time. `write` must
 * not reject; `now`: milliseconds since 1970-01-01 UTC.
 */
export function createCheckpointSchedule(
  models: number,
  now: () => number,
  write: () => Promise<void>,
): CheckpointSchedule {
  let results = 0;
  let writtenAt = now();
  let tookMs = 0;
  let writing: Promise<void> | undefined;

  async function writeOne(): Promise<void> {
    const begin = now();
    results = 0;
    await write();
    writtenAt = now();
    tookMs = Math.max(0, writtenAt - begin);
    writing = undefined;
  }
  return {
    committed() {
      // Absolute: a clock that was set back must not put checkpoints off until it has caught up.
      const passed = Math.abs(now() - writtenAt);
      if (++results < models || writing !== undefined || passed * LARGEST_SHARE < tookMs) return;
      writing = writeOne();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
