import { ALL_BARS, type EvaluationTable, positionOf, rowReader } from '../pipeline/evaluation-table.ts';
import type { CompletedCell } from '../pipeline/job.ts';
import { encodeResults } from '../pipeline/results-blob.ts';
import { bestStrategies, highestSharpe } from '../selection/best-strategies.ts';
import type { Champion, Decision } from '../selection/champion.ts';
import { figureColumns, finite, luckColumns } from './figure-columns.ts';
import type { AuditTable, ChampionsTable, RunsTable, StrategiesTable } from './schema.ts';

/** Database rows of a run's results. */

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
  selection: null,
  importance: null,
  left_out: null,
  artifact_file: null,
  artifact_bytes: 0,
} satisfies Partial<RunsTable>;

/** What a champion achieved alone in its regime, on both windows. */
export function championRow(champion: Champion, table: EvaluationTable, achievedAt: number): ChampionsTable {
  const { symbol, timeframe, regime, runId, strategyIndex, score, stale } = champion;
  const segment = 1 + table.regimeNames.indexOf(regime);
  return {
    symbol,
    timeframe,
    regime,
    run_id: runId,
    strategy_index: strategyIndex,
    score,
    stale,
    basis: null,
    ...figureColumns(rowReader(table, strategyIndex, segment)),
    ...luckColumns(table.luck, positionOf(table, strategyIndex), segment),
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
    stale: row.stale,
  };
}

/** Standard errors of a decision's scores, where they are Sharpe ratios. */
export interface ScoreErrors {
  readonly oldScore: number | null;
  readonly newScore: number | null;
}

const NO_ERRORS: ScoreErrors = { oldScore: null, newScore: null };

export function auditRow(
  decision: Decision,
  at: number,
  errors: ScoreErrors = NO_ERRORS,
): Omit<AuditTable, 'id'> {
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
    old_stored_score: finite(decision.oldStoredScore),
    old_score_error: finite(errors.oldScore),
    new_score_error: finite(errors.newScore),
    new_score: finite(decision.newScore),
    margin: finite(decision.margin),
    trades: decision.trades,
    reason: decision.reason,
  };
}

/** What the strategies of a run came to. */
export function evaluationColumns(table: EvaluationTable) {
  return { ...bestColumns(table), results: encodeResults(table) };
}

/** Whether a run has the figures of this table, as far as its row says. */
export function hasBestOf(
  run: Pick<RunsTable, 'best_sharpe' | 'strategies_tested'>,
  table: EvaluationTable,
): boolean {
  const { best_sharpe, strategies_tested } = bestColumns(table);
  return run.best_sharpe === best_sharpe && run.strategies_tested === strategies_tested;
}

function bestColumns(table: EvaluationTable) {
  return { best_sharpe: finite(highestSharpe(table)), strategies_tested: table.strategies.length };
}

/** A completed run's figures. */
export function resultColumns(result: CompletedCell, table: EvaluationTable) {
  const { rmse, mae, r2, rankIc, sides } = result.metrics;
  const { names, gain, splits } = result.importance;
  return {
    status: 'completed' as const,
    train_rows: result.trainRows,
    rmse,
    mae,
    r2,
    rank_ic: rankIc,
    ...evaluationColumns(table),
    left_out: sides === undefined ? null : JSON.stringify(sides),
    importance: JSON.stringify({
      names,
      gain: [...gain],
      ...(splits === undefined ? {} : { splits: [...splits] }),
    }),
    artifact_bytes: result.artifact.length,
    error: null,
  };
}

/** The strategies that get a row of their own: the best ten and those of champions. */
export function strategyRows(
  table: EvaluationTable,
  ofChampions: readonly number[],
): Omit<StrategiesTable, 'run_id'>[] {
  const best = bestStrategies(table);
  const wanted = new Set([...best, ...ofChampions]);
  return [...wanted]
    .sort((a, b) => a - b)
    .map((s) => {
      const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = table.strategies[s]!;
      const place = best.indexOf(s);
      return {
        strategy_index: s,
        rank: place < 0 ? null : place + 1,
        prediction_method: predictionMethod,
        ensemble_method: ensembleMethod,
        confidence_threshold: confidenceThreshold,
        lookback_window: lookbackWindow,
        ...figureColumns(rowReader(table, s, ALL_BARS)),
      };
    });
}
