import type { MetricName } from '../backtest/metrics.ts';
import type { Config } from '../config/schema.ts';
import { type ScoreMetric, UNCLASSIFIED } from '../contract/words.ts';

/** What a run's strategies achieved on the selection window, per regime: numbers as the evaluation left them. */
export interface RegimeResults {
  /** At least 1. */
  readonly strategies: number;
  /** The configured score; NaN where it is not defined. */
  score(strategyIndex: number, regimeIndex: number): number;
  trades(strategyIndex: number, regimeIndex: number): number;
}

/** A run's best strategy in one regime. */
export interface Examination {
  readonly regime: string;
  readonly strategyIndex: number;
  readonly score: number;
  readonly trades: number;
  /** Why not even this strategy is eligible, in whole words; null makes it the run's candidate. */
  readonly ineligible: string | null;
}

export type EligibilityRules = Pick<Config['evaluation'], 'score' | 'min_trades_per_regime' | 'min_score'>;

/** The metric behind each score, and its name in a sentence. */
export const SCORES: Readonly<Record<ScoreMetric, { readonly metric: MetricName; readonly title: string }>> =
  {
    sharpe: { metric: 'sharpe', title: 'Sharpe' },
    sortino: { metric: 'sortino', title: 'Sortino' },
    calmar: { metric: 'calmar', title: 'Calmar' },
    profit_factor: { metric: 'profitFactor', title: 'profit factor' },
    total_return: { metric: 'totalReturn', title: 'total return' },
  };

/**
 * The best strategy of a run in each regime: of those with enough trades the one with the highest score, the earlier
 * one of equals; without any such, the one with most trades, to say how far off it was. Regime i of the results is
 * regimes[i]. `unclassified` is nothing to trade on and is left out.
 */
export function examineRegimes(
  results: RegimeResults,
  regimes: readonly string[],
  rules: EligibilityRules,
): Examination[] {
  return regimes.flatMap((regime, regimeIndex) =>
    regime === UNCLASSIFIED ? [] : [examine(results, regime, regimeIndex, rules)],
  );
}

function examine(
  results: RegimeResults,
  regime: string,
  regimeIndex: number,
  rules: EligibilityRules,
): Examination {
  const { min_trades_per_regime: minTrades, min_score: minScore } = rules;
  let best = -1;
  let bestScore = Number.NaN;
  let bestTrades = -1;
  for (let strategy = 0; strategy < results.strategies; strategy++) {
    const trades = results.trades(strategy, regimeIndex);
    const score = results.score(strategy, regimeIndex);
    const better =
      trades >= minTrades && bestTrades >= minTrades
        ? score > bestScore || (Number.isNaN(bestScore) && !Number.isNaN(score))
        : trades > bestTrades && bestTrades < minTrades;
    if (!better) continue;
    best = strategy;
    bestScore = score;
    bestTrades = trades;
  }
  const ineligible =
    bestScore > minScore && bestTrades >= minTrades ? null : shortfall(bestScore, bestTrades, rules);
  return { regime, strategyIndex: best, score: bestScore, trades: bestTrades, ineligible };
}

function shortfall(score: number, trades: number, rules: EligibilityRules): string {
  const { min_trades_per_regime: minTrades, min_score: minScore } = rules;
  const { title } = SCORES[rules.score];
  if (trades < minTrades) {
    return `No strategy has the ${minTrades} trades that are asked for in this regime; the most is ${trades}.`;
  }
  if (Number.isNaN(score))
    return `No strategy with at least ${minTrades} trades has a ${title} in this regime.`;
  return `The best ${title} of strategies with at least ${minTrades} trades is ${figure(score)}; it must be above ${minScore}.`;
}

/** A score as sentences show it: four digits. */
export function figure(score: number): string {
  return Number.isFinite(score) ? String(Number(score.toPrecision(4))) : 'infinite';
}
