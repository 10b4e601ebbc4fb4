import { UNCLASSIFIED } from '../contract/words.ts';
import type { Tries } from '../statistics/luck.ts';
import type { RegimeResults } from './candidates.ts';

/** What one run tried, by regime. */
export type RunTries = Readonly<Record<string, Tries>>;

/**
 * The tries of one run among which selection could choose: strategies with enough trades in a regime. `results.score` is
 * the Sharpe ratio; regime i of the results is regimes[i].
 */
export function triesOf(results: RegimeResults, regimes: readonly string[], minTrades: number): RunTries {
  const tries: Record<string, Tries> = {};
  regimes.forEach((regime, r) => {
    if (regime === UNCLASSIFIED) return;
    let count = 0;
    let sum = 0;
    let sumSquares = 0;
    for (let strategy = 0; strategy < results.strategies; strategy++) {
      if (results.trades(strategy, r) < minTrades) continue;
      const sharpe = results.score(strategy, r);
      count++;
      sum += sharpe;
      sumSquares += sharpe * sharpe;
    }
    if (count > 0) tries[regime] = { count, sum, sumSquares };
  });
  return tries;
}
