import type { MetricName } from '../backtest/metrics.ts';
import type { Config } from '../config/schema.ts';
import { type EvaluationScore, rankedBy, UNCLASSIFIED } from '../contract/words.ts';

/** What a run's strategies achieved on the selection window, per regime: numbers as the evaluation left them. */
export interface RegimeResults {
  /** Indices of those there are figures of, ascending; at least one. */
  readonly strategies: readonly number[];
  /** The configured score, of the strategy alone in the regime; NaN where it is not defined. */
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

export type EligibilityRules = Pick<
  Config['evaluation'],
  'score' | 'min_trades_per_regime' | 'min_score' | 'judge'
>;

interface Score {
  readonly metric: MetricName;
  /** In a sentence. */
  readonly title: string;
  /** Where a strategy neither wins nor loses: what a score must be above unless the configuration says otherwise. */
  readonly breakEven: number;
}

export const SCORES: Readonly<Record<EvaluationScore, Score>> = {
  sharpe: { metric: 'sharpe', title: 'Sharpe', breakEven: 0 },
  sortino: { metric: 'sortino', title: 'Sortino', breakEven: 0 },
  calmar: { metric: 'calmar', title: 'Calmar', breakEven: 0 },
  profit_factor: { metric: 'profitFactor', title: 'profit factor', breakEven: 1 },
  total_return: { metric: 'totalReturn', title: 'total return', breakEven: 0 },
  composite: { metric: 'composite', title: 'composite score', breakEven: 0.5 },
  // Of the strategies of a run. From which chance on a stake pays says whoever judges.
  survival: { metric: 'sharpe', title: 'chance to survive', breakEven: 0 },
};

/** The rules by which a run's own strategies are ranked. */
export function strategyRules<Rules extends EligibilityRules>(rules: Rules): Rules {
  const score = rankedBy(rules.score);
  return score === rules.score ? rules : { ...rules, score, min_score: 'auto' };
}

/** What a score must be above. */
export function leastScore({
  score,
  min_score,
  judge,
}: Pick<EligibilityRules, 'score' | 'min_score' | 'judge'>): number {
  if (min_score !== 'auto') return min_score;
  return score === 'survival' && judge !== undefined ? judge.breakEven : SCORES[score].breakEven;
}

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
  const { min_trades_per_regime: minTrades } = rules;
  let best = -1;
  let bestScore = Number.NaN;
  let bestTrades = -1;
  for (const strategy of results.strategies) {
    const trades = results.trades(strategy, regimeIndex);
    // Neither enough trades nor more than any before: whatever its score.
    if (trades < minTrades && trades <= bestTrades) continue;
    const score = results.score(strategy, regimeIndex);
    const better =
      trades >= minTrades && bestTrades >= minTrades
        ? score > bestScore || (Number.isNaN(bestScore) && !Number.isNaN(score))
        : trades > bestTrades;
    if (!better) continue;
    best = strategy;
    bestScore = score;
    bestTrades = trades;
  }
  const ineligible =
    bestScore > leastScore(rules) && bestTrades >= minTrades ? null : shortfall(bestScore, bestTrades, rules);
  return { regime, strategyIndex: best, score: bestScore, trades: bestTrades, ineligible };
}

function shortfall(score: number, trades: number, rules: EligibilityRules): string {
  const { min_trades_per_regime: minTrades } = rules;
  const { title } = SCORES[rules.score];
  if (trades < minTrades) {
    return `No strategy has the ${minTrades} trades that are asked for in this regime; the most is ${trades}.`;
  }
  if (Number.isNaN(score))
    return `No strategy with at least ${minTrades} trades has a ${title} in this regime.`;
  return `The best ${title} of strategies with at least ${minTrades} trades is ${figure(score)}; it must be above ${leastScore(rules)}.`;
}

/** A score as sentences show it: four digits. */
export function figure(score: number): string {
  return Number.isFinite(score) ? String(Number(score.toPrecision(4))) : 'infinite';
}
