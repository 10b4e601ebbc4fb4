import type { MetricName } from '../backtest/metrics.ts';
import { ALL_BARS, type EvaluationTable, metricOf } from '../pipeline/evaluation-table.ts';
import type { CompletedCell } from '../pipeline/job.ts';
import type { Champion, Decision, SelectionOutcome } from '../selection/decide.ts';
import { encodeResults } from './results-blob.ts';
import type { AuditTable, ChampionsTable, RunsTable, StrategiesTable } from './schema.ts';

/** Database rows of a run's results. */

const BEST_STRATEGIES = 10;

/** Columns of a run that produced nothing. */
export const NO_RESULT = {
  kept: 0,
  train_rows: null,
  rmse: null,
  mae: null,
  r2: null,
  rank_ic: null,
  best_sharpe: null,
  strategies_tested: 0,
  results: null,
  tries: null,
  importance: null,
  artifact_file: null,
  artifact_bytes: 0,
} satisfies Partial<RunsTable>;

/** What a champion achieved in its regime, on both windows. */
export function championRow(champion: Champion, table: EvaluationTable, achievedAt: number): ChampionsTable {
  const { symbol, timeframe, regime, runId, strategyIndex, score, trades } = champion;
  const segment = 1 + table.regimeNames.indexOf(regime);
  const selection = (metric: MetricName) => metricOf(table, strategyIndex, 'selection', segment, metric);
  const holdout = (metric: MetricName) => metricOf(table, strategyIndex, 'holdout', segment, metric);
  return {
    symbol,
    timeframe,
    regime,
    run_id: runId,
    strategy_index: strategyIndex,
    score,
    sharpe: selection('sharpe'),
    max_drawdown: selection('maxDrawdown'),
    win_rate: selection('winRate'),
    profit_factor: finite(selection('profitFactor')),
    total_return: selection('totalReturn'),
    trades,
    holdout_sharpe: holdout('sharpe'),
    holdout_max_drawdown: holdout('maxDrawdown'),
    holdout_win_rate: holdout('winRate'),
    holdout_trades: holdout('trades'),
    achieved_at: achievedAt,
  };
}

/** What selection needs to know of a champion. */
export function championOf(row: ChampionsTable): Champion {
  return {
    symbol: row.symbol,
    timeframe: row.timeframe,
    regime: row.regime,
    runId: row.run_id,
    strategyIndex: row.strategy_index,
    score: row.score,
    trades: row.trades,
  };
}

export function auditRow(decision: Decision, at: number): Omit<AuditTable, 'id'> {
  return {
    at,
    run_id: decision.runId,
    symbol: decision.symbol,
    timeframe: decision.timeframe,
    regime: decision.regime,
    decision: decision.decision,
    strategy_index: decision.strategyIndex,
    old_run_id: decision.oldRunId,
    old_score: finite(decision.oldScore),
    new_score: finite(decision.newScore),
    margin: finite(decision.margin),
    trades: decision.trades,
    reason: decision.reason,
  };
}

/** A completed run's figures. */
export function resultColumns(result: CompletedCell, table: EvaluationTable) {
  const best = rankedStrategies(table)[0]!;
  const { rmse, mae, r2, rankIc } = result.metrics;
  const { names, gain, splits } = result.importance;
  return {
    status: 'completed' as const,
    train_rows: result.trainRows,
    rmse,
    mae,
    r2,
    rank_ic: rankIc,
    best_sharpe: metricOf(table, best, 'selection', ALL_BARS, 'sharpe'),
    strategies_tested: table.strategies.length,
    results: encodeResults(table),
    importance: JSON.stringify({
      names,
      gain: [...gain],
      ...(splits === undefined ? {} : { splits: [...splits] }),
    }),
    artifact_bytes: result.artifact.length,
    error: null,
  };
}

/** Indices of the strategies by Sharpe over all bars of the selection window, best first. */
function rankedStrategies(table: EvaluationTable): number[] {
  const sharpe = (s: number) => metricOf(table, s, 'selection', ALL_BARS, 'sharpe');
  return table.strategies.map((_, s) => s).sort((a, b) => sharpe(b) - sharpe(a) || a - b);
}

/** The strategies that get a row of their own: the best ten and those that became champions. */
export function strategyRows(
  table: EvaluationTable,
  outcome: SelectionOutcome,
): Omit<StrategiesTable, 'run_id'>[] {
  const wanted = new Set([
    ...rankedStrategies(table).slice(0, BEST_STRATEGIES),
    ...outcome.added.map((champion) => champion.strategyIndex),
  ]);
  return [...wanted]
    .sort((a, b) => a - b)
    .map((s) => {
      const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = table.strategies[s]!;
      const selection = (metric: MetricName) => metricOf(table, s, 'selection', ALL_BARS, metric);
      const holdout = (metric: MetricName) => metricOf(table, s, 'holdout', ALL_BARS, metric);
      return {
        strategy_index: s,
        prediction_method: predictionMethod,
        ensemble_method: ensembleMethod,
        confidence_threshold: confidenceThreshold,
        lookback_window: lookbackWindow,
        sharpe: selection('sharpe'),
        max_drawdown: selection('maxDrawdown'),
        win_rate: selection('winRate'),
        profit_factor: finite(selection('profitFactor')),
        total_return: selection('totalReturn'),
        trades: selection('trades'),
        holdout_sharpe: holdout('sharpe'),
        holdout_max_drawdown: holdout('maxDrawdown'),
        holdout_win_rate: holdout('winRate'),
        holdout_trades: holdout('trades'),
      };
    });
}

/** SQLite has no NaN, JSON no Infinity: figures that are not defined are null. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
