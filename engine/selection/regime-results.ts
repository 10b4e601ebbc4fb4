import type { MetricName } from '../backtest/metrics.ts';
import { type EvaluationTable, knownStrategies, metricReader } from '../pipeline/evaluation-table.ts';
import type { RegimeResults } from './candidates.ts';

/** A table's figures as selection reads them: one metric, alone in each regime, on the selection window. */
export function regimeResults(table: EvaluationTable, metric: MetricName): RegimeResults {
  const score = metricReader(table, 'selection', metric);
  const trades = metricReader(table, 'selection', 'trades');
  return {
    strategies: knownStrategies(table),
    score: (strategy, regime) => score(strategy, 1 + regime),
    trades: (strategy, regime) => trades(strategy, 1 + regime),
  };
}
