import type { StoredResults } from '../pipeline/results-blob.ts';
import { finite } from '../store/figure-columns.ts';

/** A score that was decided on. */
export interface DecidedScore {
  readonly regime: string;
  readonly strategy_index: number | null;
  readonly score: number;
}

/**
 * The standard error of a score that is the strategy's stored Sharpe ratio alone in the regime; null for any other score,
 * and where none was stored. Stored figures have single precision.
 */
export function sharpeErrorOf(
  { regimeNames, read }: StoredResults,
  { regime, strategy_index: strategy, score }: DecidedScore,
): number | null {
  const segment = 1 + regimeNames.indexOf(regime);
  if (strategy === null || segment === 0) return null;
  if (read(strategy, 'selection', segment, 'sharpe') !== Math.fround(score)) return null;
  return finite(read(strategy, 'selection', segment, 'sharpeError'));
}
