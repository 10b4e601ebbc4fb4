/** Windows as fractions of the longest training history that a job has, in place of windows in days. */
export interface SplitShares {
  readonly training: number;
  /** Strategies are compared on it: the selection window. */
  readonly tuning: number;
  /** The holdout. */
  readonly test: number;
}

/** What of a configuration it is about. */
export interface SplitWindows {
  readonly evaluation: {
    readonly split: 'none' | SplitShares;
    readonly selection_days: number;
    readonly holdout_days: number;
  };
}

/** What a train ratio leaves is halved: one part to choose by, one that nothing is chosen by. */
export function splitOfRatio(ratio: number): SplitShares {
  const half = Math.round(((1 - ratio) / 2) * 1e6) / 1e6;
  return { training: ratio, tuning: half, test: half };
}

const wholeDays = (share: number, days: number) => Math.max(1, Math.round(share * days));

/**
 * The configuration of a job whose longest `days_history` that is: its selection window and its holdout in days, the same for all of its
 * configurations, so that scores compare. As it is where nothing is split.
 */
export function withSplit<Config extends SplitWindows>(config: Config, longestDays: () => number): Config {
  const { split } = config.evaluation;
  if (split === 'none') return config;
  const days = longestDays();
  const evaluation = {
    ...config.evaluation,
    selection_days: wholeDays(split.tuning, days),
    holdout_days: wholeDays(split.test, days),
  };
  return { ...config, evaluation };
}

/** Days of training of a configuration: of a split its own share of them. */
export function trainingDays({ evaluation: { split } }: SplitWindows, daysHistory: number): number {
  return split === 'none' ? daysHistory : wholeDays(split.training, daysHistory);
}
