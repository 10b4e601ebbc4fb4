import type { Basis } from '../binding/basis.ts';
import { strategyAxes } from '../binding/settings.ts';
import type {
  AuditDto,
  ContenderDto,
  HoldoutLookDto,
  RunDetailDto,
  StrategyResultDto,
} from '../contract/dto/index.ts';
import { EngineError, type ErrorDto } from '../contract/errors.ts';
import { isAgent } from '../contract/model-type-names.ts';
import { storedJson } from '../contract/stored-json.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import type { EvaluationWindow } from '../pipeline/evaluation-span.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import { decodeResults, type StoredResults } from '../pipeline/results-blob.ts';
import { auditOfRun } from '../store/champions.ts';
import type { Reader } from '../store/database.ts';
import type { RunRow } from '../store/runs.ts';
import type { AuditTable } from '../store/schema.ts';
import { metricsOf, scorePartsOf } from './figures.ts';
import { holdoutLooks, whenOpen } from './holdout.ts';
import { besideDto, leftOutDto } from './left-out.ts';
import { missingTable, wholeTable } from './missing-table.ts';
import { runDto, runExtras, runMarks } from './run.ts';
import { sharpeErrorOf } from './score-error.ts';

/** What a run was trained on and under. */
export function basisOf(row: RunRow): Basis {
  return storedJson<Basis>(row.basis, `the basis of run ${row.id}`);
}

/** The strategies a run was backtested with, in canonical order: those of its own inference grid, not of today's. */
export function strategiesOf(basis: Basis): Strategy[] {
  return strategyGrid(strategyAxes(basis));
}

/** Whether the holdout of a run may be shown. */
export function lookOfRun(store: Reader, row: RunRow): HoldoutLookDto {
  const { symbol, timeframe, created_at: at } = row;
  return holdoutLooks(store)({ symbol, timeframe, basis: basisOf(row), at });
}

/** Everything that is known of a run. */
export function runDetail(store: Reader, row: RunRow): RunDetailDto {
  const basis = basisOf(row);
  const results = row.results === null ? undefined : decodeResults(row.results);
  const whole = wholeTable(row);
  const extras = runExtras(store, [row.id])(row.id);
  const { best } = extras;
  const holdoutLook = lookOfRun(store, row);
  return {
    ...runDto(row, extras),
    ...runMarks(store, [row])(row),
    trainRows: row.train_rows,
    artifactFile: row.artifact_file,
    artifactBytes: row.artifact_bytes,
    basis: { ...basis },
    holdoutLook,
    leftOut: row.left_out === null || isAgent(row.model_type) ? null : leftOutDto(row.left_out),
    beside: row.left_out === null ? null : besideDto(row.left_out),
    importance: row.importance === null ? null : importanceDto(row.importance),
    regimes: whole?.regimeNames ?? [],
    strategies:
      whole === undefined
        ? []
        : strategyResults(row, { strategies: strategiesOf(basis), results: whole, look: holdoutLook }),
    contenders: results?.places === undefined ? [] : contendersOf(strategiesOf(basis), results, holdoutLook),
    missingTable: missingTable(row),
    scores: best === undefined ? null : scorePartsOf(best),
    audit: auditOfRun(store, row.id).map((decision) => auditDto(decision, row.id, results)),
    errorStack:
      row.error === null
        ? null
        : (storedJson<ErrorDto>(row.error, `the error of run ${row.id}`).stack ?? null),
  };
}

function importanceDto(json: string): NonNullable<RunDetailDto['importance']> {
  const { names, gain, splits } = storedJson<{ names: string[]; gain: number[]; splits?: number[] }>(
    json,
    'the importance of features',
  );
  return names
    .map((feature, i) => ({ feature, gain: gain[i]!, splits: splits?.[i] ?? null }))
    .sort((a, b) => b.gain - a.gain);
}

interface Tested {
  readonly strategies: readonly Strategy[];
  readonly results: StoredResults;
  readonly look: HoldoutLookDto;
}

function strategyResults(row: RunRow, { strategies, results, look }: Tested): StrategyResultDto[] {
  if (results.strategies !== strategies.length) {
    throw new EngineError(
      'store-damaged',
      `Run ${row.id} has results of ${results.strategies} strategies, but was based on an inference grid of ${strategies.length}. Restore the database from a backup, or train its configuration again.`,
    );
  }
  const isFirstRelease = !results.regimeNames.some((_, regime) =>
    Number.isFinite(results.read(0, 'holdout', 1 + regime, 'trades')),
  );
  return strategies.map((strategy, index) => {
    const figures = (window: EvaluationWindow, segment: number) =>
      metricsOf((metric) => results.read(index, window, segment, metric));
    return {
      ...strategy,
      index,
      selection: figures('selection', ALL_BARS),
      holdout: whenOpen(look, () => figures('holdout', ALL_BARS)),
      regimes: results.regimeNames.map((_, regime) => figures('selection', 1 + regime)),
      holdoutRegimes: whenOpen(look, () =>
        isFirstRelease ? [] : results.regimeNames.map((_, regime) => figures('holdout', 1 + regime)),
      ),
    };
  });
}

/** What is left of a table that was shrunk: of each regime its contender alone in it, and who of them traded all bars. */
function contendersOf(
  strategies: readonly Strategy[],
  { places = [], regimeNames, read }: StoredResults,
  look: HoldoutLookDto,
): ContenderDto[] {
  return places.map(({ strategy, segment }) => {
    const figures = (window: EvaluationWindow) =>
      metricsOf((metric) => read(strategy, window, segment, metric));
    return {
      ...strategies[strategy]!,
      index: strategy,
      regime: segment === ALL_BARS ? null : regimeNames[segment - 1]!,
      selection: figures('selection'),
      holdout: whenOpen(look, () => figures('holdout')),
    };
  });
}

/** A decision as it concerns the run: one on another run that took its place pushed this one out. */
function auditDto(row: Omit<AuditTable, 'id'>, runId: number, results: StoredResults | undefined): AuditDto {
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
    oldStoredScore: row.old_stored_score,
    newScore: row.new_score,
    oldScoreError: row.old_score_error,
    newScoreError:
      row.new_score_error ??
      (row.run_id === runId && row.new_score !== null && results !== undefined
        ? sharpeErrorOf(results, { ...row, score: row.new_score })
        : null),
    margin: row.margin,
    trades: row.trades,
    ...concerns,
  };
}
