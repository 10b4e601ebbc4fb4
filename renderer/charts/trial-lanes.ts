/** A trial while it ran. */
export interface TimedTrial {
  readonly name: string;
  readonly state: 'completed' | 'pruned' | 'failed';
  readonly isBest: boolean;
  /** Ms since 1970-01-01 UTC. */
  readonly endedAt: number;
  readonly seconds: number;
}

export interface TrialBar extends TimedTrial {
  readonly startedAt: number;
  /** From 0: the first that was free. */
  readonly lane: number;
}

/** Trials that ran at the same time lie in lanes of their own, as on as many workers. Those that were known took no time. */
export function trialLanes(trials: readonly TimedTrial[]): TrialBar[] {
  const free: number[] = [];
  return trials
    .filter(({ seconds }) => seconds > 0)
    .map((trial) => ({ ...trial, startedAt: trial.endedAt - 1000 * trial.seconds }))
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((trial) => {
      // An end is written a moment after it came.
      const found = free.findIndex((end) => end <= trial.startedAt + SLACK_MS);
      const lane = found === -1 ? free.length : found;
      free[lane] = trial.endedAt;
      return { ...trial, lane };
    });
}

const SLACK_MS = 50;
