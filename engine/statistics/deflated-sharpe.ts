import { expectedMaximum } from './expected-maximum.ts';
import { type ObservedSharpe, probabilisticSharpe } from './sharpe-test.ts';

export interface DeflatedSharpe {
  /** Sharpe ratio per period that the best of all tries is expected to reach without an edge. */
  readonly benchmark: number;
  /** Chance that the true Sharpe ratio exceeds it; null where `probabilisticSharpe` is. */
  readonly probability: number | null;
}

/**
 * Deflated Sharpe ratio: the probabilistic one against SR0 = sqrt(V) E[max of N]. `variance` is that of the tries' Sharpe
 * ratios per period, `tries` how many independent ones they amount to (see `effectiveTries`): counting correlated
 * ones as they are asks for too much.
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014).
 */
export function deflatedSharpe(
  observed: ObservedSharpe,
  count: number,
  trials: { readonly variance: number; readonly tries: number },
): DeflatedSharpe {
  const benchmark = Math.sqrt(trials.variance) * expectedMaximum(trials.tries);
  return { benchmark, probability: probabilisticSharpe(observed, count, benchmark) };
}
