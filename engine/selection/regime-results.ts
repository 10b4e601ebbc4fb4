import type { MetricName } from '../backtest/metrics.ts';
import { type EvaluationTable, metricOf } from '../pipeline/evaluation-table.ts';
import type { RegimeResults } from './candidates.ts';

/** A table's figures as selection reads them: one metric, alone in each regime, on the selection window. */
export function regimeResults(table: EvaluationTable, metric: MetricName): RegimeResults {
  return {
    strategies: table.strategies.length,
    score: (strategy, regime) => metricOf(table, strategy, 'selection', 1 + regime, metric),
    trades: (strategy, regime) => metricOf(table, strategy, 'selection', 1 + regime, 'trades'),
  };
}
