import { METRICS } from '../backtest/metrics.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { TraceDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { type Basis, basisDigest, describeChange } from '../grid/basis.ts';
import { ALL_BARS } from '../pipeline/evaluation-table.ts';
import type { ContextSpec } from '../pipeline/job.ts';
import type { ModelTrace } from '../pipeline/trace.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { historyTier } from '../pipeline/windows.ts';
import { higherTimeframes } from '../queue/resolver.ts';
import { strategyAxes } from '../queue/settings.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { ArtefactFolder } from '../selection/artefacts.ts';
import type { CandleLibrary, LoadedSeries } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { decodeResults, type StoredResults } from '../store/results-blob.ts';
import { type RunRow, requireRun } from '../store/runs.ts';
import type { Analysis } from '../workers/analysis.ts';
import { basisOf, strategiesOf } from './run-detail.ts';

export interface TraceDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  readonly artefacts: ArtefactFolder;
  readonly analysis: Analysis;
  readonly config: () => Config;
}

export function traceHandlers(deps: TraceDeps): Pick<Handlers, 'run.trace'> {
  return {
    async 'run.trace'({ run, strategyIndex }) {
      const row = requireRun(deps.store, run);
      const basis = basisOf(row);
      const strategies = strategiesOf(basis);
      if (strategyIndex >= strategies.length) {
        throw new EngineError(
          'invalid-input',
          `Run ${row.id} was backtested with strategies 0 to ${strategies.length - 1}, not ${strategyIndex}.`,
        );
      }
      const file = modelFileOf(row);
      const context = contextOf(deps, row, basis);
      const model = readModel(deps.artefacts, row, file);
      const trace = await deps.analysis.trace({ context, model, file, strategyIndex });
      assertSameResult(row, strategyIndex, trace);
      return traceDto(row, strategies[strategyIndex], trace);
    },
  };
}

function modelFileOf(row: RunRow): string {
  if (row.artefact_file !== null) return row.artefact_file;
  const reason =
    row.status === 'failed'
      ? 'it failed'
      : 'its model was deleted, since it is champion of no regime (model_management.delete_non_best_models)';
  throw new EngineError(
    'conflict',
    `Run ${row.id} can't be followed bar by bar: ${reason}. Its figures stay in the history.`,
  );
}

function readModel(artefacts: ArtefactFolder, row: RunRow, file: string): Uint8Array {
  try {
    return artefacts.read(file);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new EngineError(
      'artefact-damaged',
      `The model of run ${row.id}, ${file} in ${artefacts.path}, can't be read: ${reason}. Restore it from a backup, or train its configuration again.`,
      { file },
      error,
    );
  }
}

/**
 * What the run was evaluated on and under, from its own basis: today's settings play no part. Candles and regime rules
 * are known there by their digests only, so today's must be the same.
 */
function contextOf({ library, config }: TraceDeps, row: RunRow, basis: Basis): ContextSpec {
  const configuration: Configuration = {
    modelType: row.model_type,
    encoder: row.encoder,
    symbol: row.symbol,
    timeframe: row.timeframe,
    daysHistory: row.days_history,
    horizon: row.horizon,
    indicatorTimeframes: JSON.parse(row.indicator_timeframes),
    hyperparameters: JSON.parse(row.hyperparameters),
  };
  const regimes = config().regimes.definitions;
  const load = (timeframe: Configuration['timeframe']): LoadedSeries => {
    const series = library.load(row.symbol, timeframe);
    if (series !== undefined) return series;
    throw new EngineError(
      'conflict',
      `Run ${row.id} can't be followed bar by bar: its ${row.symbol} ${timeframe} candles were removed. Import them again.`,
    );
  };
  const series = load(row.timeframe);
  const higher = higherTimeframes(configuration).map((timeframe) => ({ timeframe, ...load(timeframe) }));
  const today: Basis = {
    ...basis,
    candles: series.digest,
    higher_timeframes: Object.fromEntries(higher.map(({ timeframe, digest }) => [timeframe, digest])),
    regimes: regimesDigest(regimes),
    pipeline_version: PIPELINE_VERSION,
  };
  if (basisDigest(basis) !== basisDigest(today)) {
    throw new EngineError(
      'conflict',
      `Run ${row.id} can't be followed bar by bar: ${describeChange(basis, today)}. Its figures stay in the history; train its configuration again to follow it on today's data and rules.`,
    );
  }
  return {
    key: row.run_key,
    candles: series.candles,
    candleDigest: series.digest,
    higher: higher.map(({ candles }) => candles),
    encoder: row.encoder,
    indicatorTimeframes: configuration.indicatorTimeframes,
    tier: historyTier(row.days_history),
    settings: {
      windows: { holdoutDays: basis.windows.holdout_days, selectionDays: basis.windows.selection_days },
      members: basis.training.members,
      seed: basis.training.seed,
      strategies: strategyAxes(basis),
      regimes: regimes.filter((regime) => regime.active),
      costs: basis.costs,
    },
  };
}

/** The file belongs to the run, and says again what was stored of it: a chart never contradicts its table. */
function assertSameResult(row: RunRow, strategy: number, trace: ModelTrace): void {
  if (trace.runKey !== row.run_key) {
    throw new EngineError(
      'artefact-damaged',
      `${row.artefact_file} is the model of another run than ${row.id}. Restore it from a backup, or train its configuration again.`,
    );
  }
  const stored = row.results === null ? undefined : decodeResults(row.results);
  if (stored !== undefined && isSameResult(stored, strategy, trace)) return;
  throw new EngineError(
    'internal',
    `Run ${row.id} gives other figures now than when it was trained, though nothing it is based on has changed.`,
  );
}

/** Stored figures have single precision. */
function isSameResult(
  stored: StoredResults,
  strategy: number,
  { metrics, regimeNames }: ModelTrace,
): boolean {
  const segments = [ALL_BARS, ...regimeNames.map((_, regime) => 1 + regime)];
  return METRICS.every(
    (metric, m) =>
      Object.is(Math.fround(metrics.holdout[m]), stored.holdout(strategy, metric)) &&
      segments.every((segment) =>
        Object.is(
          Math.fround(metrics.selection[segment * METRICS.length + m]),
          stored.selection(strategy, segment, metric),
        ),
      ),
  );
}

function traceDto(row: RunRow, strategy: TraceDto['strategy'], trace: ModelTrace): TraceDto {
  return {
    runId: row.uuid,
    strategy,
    symbol: row.symbol,
    timeframe: row.timeframe,
    time: Array.from(trace.time),
    close: Array.from(trace.close),
    equity: Array.from(trace.equity),
    regime: Array.from(trace.regime),
    regimes: trace.regimeNames,
    holdoutFrom: trace.holdoutFrom,
    trades: trace.trades.map(({ entryTime, exitTime, direction, netReturn, regime, window }) => ({
      entry: new Date(entryTime).toISOString(),
      exit: new Date(exitTime).toISOString(),
      direction: direction > 0 ? 'long' : 'short',
      netReturn,
      regime,
      window,
    })),
  };
}
