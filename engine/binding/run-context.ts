import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Config } from '../config/schema.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { LoadedSeries } from '../market/loaded-series.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { cellView, loadContext } from '../pipeline/view.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { RunRow } from '../store/runs.ts';
import type { Analysis } from '../workers/analysis.ts';
import { type Basis, basisDigest, describeChange } from './basis.ts';
import { higherTimeframes } from './resolver.ts';
import { strategyAxes } from './settings.ts';
import { windowsOn } from './view.ts';

export interface ContextDeps {
  readonly library: CandleLibrary;
  readonly analysis: Analysis;
  readonly config: () => Config;
}

/** A run's model file, as it is on disk. */
export interface StoredModel {
  /** What messages call it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * The model file of a run. `purpose` completes "Run 12 can't be …".
 * @throws EngineError `conflict` if the model was not kept, `artifact-damaged` if its file can't be read
 */
export function storedModel(artifacts: ArtifactFolder, row: RunRow, purpose: string): StoredModel {
  const file = row.artifact_file;
  if (file === null) {
    const reason =
      row.status === 'failed'
        ? 'it failed'
        : 'its model was deleted, since it is champion of no regime. Its figures stay in the history; to keep ' +
          'every model, set model_management.delete_non_best_models to false and train it again';
    throw new EngineError('conflict', `Run ${row.id} can't be ${purpose}: ${reason}.`);
  }
  try {
    return { file, bytes: artifacts.read(file) };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new EngineError(
      'artifact-damaged',
      `The model of run ${row.id}, ${file} in ${artifacts.path}, can't be read: ${reason}. Restore it from a backup, or train its configuration again.`,
      { file },
      error,
    );
  }
}

/** @throws EngineError `artifact-damaged` if the model that was read is another run's */
export function assertOwnModel(row: RunRow, runKey: string): void {
  if (runKey === row.run_key) return;
  throw new EngineError(
    'artifact-damaged',
    `${row.artifact_file} is the model of another run than ${row.id}. Restore it from a backup, or train its configuration again.`,
  );
}

/**
 * What a run was evaluated on and under, from its own basis: today's settings play no part. Candles and regime rules
 * are known there by their digests only, so today's must be the same. `purpose` completes "Run 12 can't be …".
 * @throws EngineError `conflict` if candles or rules are no longer what they were
 */
export async function contextOf(
  { library, analysis, config }: ContextDeps,
  row: RunRow,
  basis: Basis,
  purpose: string,
): Promise<{ readonly context: LoadedContext; readonly training: TimeRange }> {
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
  const load = async (timeframe: Timeframe): Promise<LoadedSeries> => {
    const series = await library.loadSoon(row.symbol, timeframe, analysis);
    if (series !== undefined) return series;
    throw new EngineError(
      'conflict',
      `Run ${row.id} can't be ${purpose}: its ${row.symbol} ${timeframe} candles were removed. Import them again.`,
    );
  };
  const series = await load(row.timeframe);
  const higher: (LoadedSeries & { timeframe: Timeframe })[] = [];
  for (const timeframe of higherTimeframes(configuration)) {
    higher.push({ timeframe, ...(await load(timeframe)) });
  }
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
      `Run ${row.id} can't be ${purpose}: ${describeChange(basis, today)}. Its figures stay in the history; train its configuration again for today's data and rules.`,
    );
  }
  const { symbol } = row;
  const named = ({ timeframe, digest, candles }: LoadedSeries & { timeframe: Timeframe }) => ({
    ref: { symbol, timeframe, digest },
    candles,
  });
  const days = { holdoutDays: basis.windows.holdout_days, selectionDays: basis.windows.selection_days };
  const { training, evaluation } = windowsOn(series.candles, days, row.days_history);
  const view = cellView({
    ...configuration,
    candles: series.candles,
    higher: higher.map(({ candles }) => candles),
    evaluation,
    days: row.days_history,
  });
  const context = loadContext(named({ timeframe: row.timeframe, ...series }), higher.map(named), view, {
    dataDigest: series.digest,
    evaluation,
    encoder: row.encoder,
    indicatorTimeframes: configuration.indicatorTimeframes,
    settings: {
      members: basis.training.members,
      seed: basis.training.seed,
      strategies: strategyAxes(basis),
      regimes: regimes.filter((regime) => regime.active),
      costs: basis.costs,
    },
  });
  return { context, training };
}
