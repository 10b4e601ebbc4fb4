import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { StoredResults } from '../pipeline/results-blob.ts';

/** A run's best strategy over all bars of the selection window. */
export interface BestOverAll {
  readonly strategyIndex: number;
  /** Annual, as it is stored: single precision. */
  readonly sharpe: number;
  /** Null where it has none. */
  readonly standardError: number | null;
  readonly trades: number;
}

/**
 * Of the strategies with at least `minTrades` trades the one with the highest Sharpe ratio, the earlier one of equals; a text
 * says why there is none. By the figures as they are kept, so that what is stored and what was just computed give the same.
 */
export function bestOverAll({ strategies, read }: StoredResults, minTrades: number): BestOverAll | string {
  const figure = (strategy: number, metric: 'sharpe' | 'sharpeError' | 'trades') =>
    read(strategy, 'selection', ALL_BARS, metric);
  let best: BestOverAll | undefined;
  let most = 0;
  for (let strategyIndex = 0; strategyIndex < strategies; strategyIndex++) {
    const trades = figure(strategyIndex, 'trades');
    if (trades > most) most = trades;
    if (!(trades >= minTrades)) continue;
    const sharpe = figure(strategyIndex, 'sharpe');
    if (!(sharpe > (best?.sharpe ?? Number.NEGATIVE_INFINITY))) continue;
    const error = figure(strategyIndex, 'sharpeError');
    best = { strategyIndex, sharpe, standardError: Number.isFinite(error) ? error : null, trades };
  }
  if (best !== undefined) return best;
  return most < minTrades
    ? `No strategy has the ${minTrades} trades on the selection window that are asked for; the most is ${most}.`
    : `No strategy with at least ${minTrades} trades on the selection window has a Sharpe ratio.`;
}
