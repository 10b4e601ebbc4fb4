import type { EvaluationTable } from '../pipeline/evaluation-table.ts';
import type { DecisionRules } from '../pipeline/job.ts';
import { bestStrategies } from './best-strategies.ts';
import { examineRegimes, SCORES, strategyRules } from './candidates.ts';
import { regimeResults } from './regime-results.ts';

/**
 * The strategies of a run that selection looks at, and whose figures are kept in full: the best over all bars and, in each regime, the one
 * that would become champion. By index, ascending: in a table of these alone selection finds what it finds in the whole one.
 */
export function decidedStrategies(table: EvaluationTable, { score, minTrades }: DecisionRules): number[] {
  const rules = strategyRules({ score, min_trades_per_regime: minTrades, min_score: 'auto' as const });
  const results = regimeResults(table, SCORES[rules.score].metric);
  const examined = examineRegimes(results, table.regimeNames, rules).map(
    ({ strategyIndex }) => strategyIndex,
  );
  return [...new Set([...bestStrategies(table), ...examined])].sort((a, b) => a - b);
}
