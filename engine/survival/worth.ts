import { type Payoff, payoffOf } from './payoff.ts';
import { resultPerStake, type SurvivalRow } from './rows.ts';

/**
 * What an agent learned of taking a contender or leaving it: its worth is the expected result of a unit of risk. What it learns from is by
 * how much each row did better than the mean of all, so that one that found nothing takes all of them to be worth the mean.
 */
export interface Worth {
  /** Mean result of a unit of risk. */
  readonly mean: number;
  readonly payoff: Payoff;
}

export function worthOf(rows: readonly SurvivalRow[]): Worth {
  return {
    mean: rows.reduce((sum, row) => sum + resultPerStake(row), 0) / rows.length,
    payoff: payoffOf(rows),
  };
}

/** Rewards of taking a row, as an agent's position: leaving it is to be flat, and what it would cost to take the other side is its mirror. */
export function rewardsOf(rows: readonly SurvivalRow[], { mean }: Worth) {
  const long = Float64Array.from(rows, (row) => resultPerStake(row) - mean);
  return { long, short: long.map((value) => -value), costPerSide: new Float64Array(rows.length) };
}

/** What an agent says above the mean, to the probability at which a stake is worth as much: p win - (1 - p) loss. */
export function toProbabilities({ mean, payoff: { win, loss } }: Worth, said: Float64Array): Float64Array {
  return said.map((value) => Math.min(1, Math.max(0, (mean + value + loss) / (win + loss))));
}
