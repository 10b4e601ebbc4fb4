import { expectedMaximum } from './expected-maximum.ts';

/** Sharpe ratios of everything that was tried for one place, as far as luck depends on them. */
export interface Tries {
  readonly count: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/**
 * The Sharpe ratio that the best of so many tries is expected to reach although none of them has an edge, in the unit of
 * the tries; null for fewer than two: their standard deviation times `expectedMaximum`. It takes the tries for independent;
 * those of one model are alike, so it asks for rather too much than too little.
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio (2014), expected maximum under the null hypothesis.
 */
export function expectedBestSharpe({ count, sum, sumSquares }: Tries): number | null {
  if (count < 2) return null;
  const variance = Math.max(0, (sumSquares - (sum * sum) / count) / (count - 1));
  return Math.sqrt(variance) * expectedMaximum(count);
}
