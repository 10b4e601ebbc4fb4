import { leastScore } from './candidates.ts';
import type { SelectionRules } from './decide.ts';

/**
 * The rules by which a run's strategies are judged, as JSON: which score, and where a model says it, which version of it; where it is
 * eligible, among whom. What is left out
 * decides between runs, or what is kept, and makes no run's judgment another one.
 */
export function judgedBy(
  rules: Omit<SelectionRules, 'keep_top_n_per_regime' | 'delete_non_best_models'>,
): string {
  const { scope, score, min_trades_per_regime, judge } = rules;
  return JSON.stringify({
    scope,
    score,
    min_score: leastScore(rules),
    min_trades_per_regime,
    ...(judge && { survival: judge.version }),
  });
}
