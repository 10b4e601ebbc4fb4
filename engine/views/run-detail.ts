import type { MetricName } from '../backtest/metrics.ts';
import type { Basis } from '../binding/basis.ts';
import { strategyAxes } from '../binding/settings.ts';
import type { AuditDto, MetricsDto, RunDetailDto, StrategyResultDto } from '../contract/dto/index.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { auditOfRun } from '../store/champions.ts';
import type { Reader } from '../store/database.ts';
import { decodeResults, type StoredResults } from '../store/results-blob.ts';
import { championRegimes, type RunRow } from '../store/runs.ts';
import type { AuditTable } from '../store/schema.ts';
import { runDto } from './run.ts';

/** What a run was trained on and under. */
export function basisOf(row: RunRow): Basis {
  return JSON.parse(row.basis) as Basis;
}

/** The strategies a run was backtested with, in canonical order: those of its own inference grid, not of today's. */
export function strategiesOf(basis: Basis): Strategy[] {
  return strategyGrid(strategyAxes(basis));
}

/** Everything that is known of a run. */
export function runDetail(store: Reader, row: RunRow): RunDetailDto {
  const basis = basisOf(row);
  const results = row.results === null ? undefined : decodeResults(row.results);
  return {
    ...runDto(row, championRegimes(store, [row.id]).get(row.id) ?? []),
    trainRows: row.train_rows,
    artifactFile: row.artifact_file,
    artifactBytes: row.artifact_bytes,
    basis: { ...basis },
    importance: row.importance === null ? null : importanceDto(row.importance),
    regimes: results?.regimeNames ?? [],
    strategies: results === undefined ? [] : strategyResults(row, strategiesOf(basis), results),
    audit: auditOfRun(store, row.id).map((decision) => auditDto(decision, row.id)),
    errorStack: row.error === null ? null : ((JSON.parse(row.error) as ErrorDto).stack ?? null),
  };
}

function importanceDto(json: string): NonNullable<RunDetailDto['importance']> {
  const { names, gain, splits } = JSON.parse(json) as {
    names: string[];
    gain: number[];
    splits?: number[];
  };
  return names
    .map((feature, i) => ({ feature, gain: gain[i]!, splits: splits?.[i] ?? null }))
    .sort((a, b) => b.gain - a.gain);
}

function strategyResults(
  row: RunRow,
  strategies: readonly Strategy[],
  results: StoredResults,
): StrategyResultDto[] {
  if (results.strategies !== strategies.length) {
    throw new EngineError(
      'store-damaged',
      `Run ${row.id} has results of ${results.strategies} strategies, but was based on an inference grid of ${strategies.length}. Restore the database from a backup, or train its configuration again.`,
    );
  }
  return strategies.map((strategy, index) => ({
    ...strategy,
    index,
    selection: metricsDto((metric) => results.selection(index, ALL_BARS, metric)),
    holdout: metricsDto((metric) => results.holdout(index, metric)),
    regimes: results.regimeNames.map((_, regime) =>
      metricsDto((metric) => results.selection(index, 1 + regime, metric)),
    ),
  }));
}

/** Ratios without a denominator are infinite, which JSON has no word for. */
function metricsDto(value: (metric: MetricName) => number): MetricsDto {
  const ratio = (metric: MetricName) => (Number.isFinite(value(metric)) ? value(metric) : null);
  return {
    sharpe: value('sharpe'),
    sortino: ratio('sortino'),
    maxDrawdown: value('maxDrawdown'),
    calmar: ratio('calmar'),
    winRate: value('winRate'),
    profitFactor: ratio('profitFactor'),
    expectancy: value('expectancy'),
    totalReturn: value('totalReturn'),
    trades: value('trades'),
    exposure: value('exposure'),
  };
}

/** A decision as it concerns the run: one on another run that took its place pushed this one out. */
function auditDto(row: Omit<AuditTable, 'id'>, runId: number): AuditDto {
  const concerns =
    row.run_id === runId
      ? { decision: row.decision as AuditDto['decision'], reason: row.reason }
      : { decision: 'pushed_out' as const, reason: `Run ${row.run_id} took its place. ${row.reason}` };
  return {
    at: new Date(row.at).toISOString(),
    symbol: row.symbol,
    timeframe: row.timeframe,
    regime: row.regime,
    oldScore: row.old_score,
    newScore: row.new_score,
    margin: row.margin,
    trades: row.trades,
    ...concerns,
  };
}
