import { UNCLASSIFIED } from '../contract/words.ts';
import type { Tries } from '../statistics/luck.ts';
import type { RegimeResults } from './candidates.ts';

/** What one run tried, by regime. */
export type RunTries = Readonly<Record<string, Tries>>;

export interface TriedResults extends RegimeResults {
  /** Equal for strategies that trade alike in the regime. */
  fingerprint(strategyIndex: number, regimeIndex: number): string;
}

/**
 * The tries of one run among which selection could choose: strategies with enough trades in a regime, those that trade
 * alike counted once. `results.score` is the Sharpe ratio; regime i of the results is regimes[i].
 */
export function triesOf(results: TriedResults, regimes: readonly string[], minTrades: number): RunTries {
  const tries: Record<string, Tries> = {};
  regimes.forEach((regime, r) => {
    if (regime === UNCLASSIFIED) return;
    let count = 0;
    let sum = 0;
    let sumSquares = 0;
    const seen = new Set<string>();
    for (let strategy = 0; strategy < results.strategies; strategy++) {
      if (results.trades(strategy, r) < minTrades) continue;
      const sharpe = results.score(strategy, r);
      if (Number.isNaN(sharpe)) continue;
      const fingerprint = results.fingerprint(strategy, r);
      if (seen.has(fingerprint)) continue;
      seen.add(fingerprint);
      count++;
      sum += sharpe;
      sumSquares += sharpe * sharpe;
    }
    if (count > 0) tries[regime] = { count, sum, sumSquares };
  });
  return tries;
}
