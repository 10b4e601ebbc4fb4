import type { ArtifactFolder } from '../artifacts/folder.ts';
import { configurationOf } from '../cells/columns.ts';
import type { Config } from '../config/schema.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { type Candles, candlesWithin } from '../market/candles.ts';
import type { CandleReader, SeriesRef, StoredSeries } from '../market/series/candle-source.ts';
import { findView, type StoredView } from '../market/series/views.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import type { NamedCandles } from '../pipeline/view.ts';
import { evaluationEnd, type TimeRange } from '../pipeline/windows.ts';
import { type RegimeDefinition, regimesDigest } from '../regimes/definition.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { RunRow } from '../store/runs.ts';
import { type Basis, iso, windowsOf } from './basis.ts';
import { contextSpecOf, higherViews } from './context-spec.ts';

export interface ContextDeps {
  readonly library: CandleLibrary;
  readonly analysis: CandleReader;
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

/** Whether the model that was read is the run's own. */
export function isOwnModel(row: RunRow, modelKey: string): boolean {
  return modelKey === row.training_key || modelKey === row.run_key;
}

/** @throws EngineError `artifact-damaged` if the model that was read is another run's */
export function assertOwnModel(row: RunRow, modelKey: string): void {
  if (isOwnModel(row, modelKey)) return;
  throw new EngineError(
    'artifact-damaged',
    `${row.artifact_file} is the model of another run than ${row.id}. Restore it from a backup, or train its configuration again.`,
  );
}

export interface RunContext {
  readonly context: LoadedContext;
  readonly training: TimeRange;
  /** Its series from their first bar on, whatever the run saw of them, up to the end of its last window. */
  readonly history: Pick<LoadedContext, 'candles' | 'higher'>;
}

/**
 * What a run was trained and evaluated on and under, from its own basis: today's settings play no part, and its candles are
 * found by their digests in whatever series has them now. `purpose` completes "Run 12 can't be …".
 * @throws EngineError `conflict` if its candles are gone, or its regime rules (of runs that do not say them), or the rules are
 * those of an older Regimen
 */
export async function contextOf(
  deps: ContextDeps,
  row: RunRow,
  basis: Basis,
  purpose: string,
): Promise<RunContext> {
  const refuse = (reason: string) =>
    new EngineError('conflict', `Run ${row.id} can't be ${purpose}: ${reason}`);
  if (basis.pipeline_version !== PIPELINE_VERSION) {
    throw refuse(
      `it was trained by another Regimen, under rules that this one no longer computes with (version ${basis.pipeline_version} of the pipeline; this is ${PIPELINE_VERSION}). ${KEPT_FIGURES} for today's rules.`,
    );
  }
  const regimes = regimesOf(basis) ?? deps.config().regimes.definitions;
  if (basis.regimes !== regimesDigest(regimes)) {
    throw refuse(`the regime rules changed since. ${KEPT_FIGURES} for today's rules.`);
  }
  const configuration = configurationOf(row);
  const { training, evaluation } = windowsOf(basis);
  const end = evaluationEnd(evaluation);
  const found = new Map<Timeframe, FoundCandles>();
  for (const [timeframe, view] of [[row.timeframe, basis.candles] as const, ...higherViews(basis)]) {
    const series = await findCandles(deps, row.symbol, timeframe, view, end);
    if (series === 'none') {
      throw refuse(`its ${row.symbol} ${timeframe} candles were removed. Import them again.`);
    }
    if (series === 'other') {
      throw refuse(
        `its ${row.symbol} ${timeframe} candles changed since, and those from ${view.first.slice(0, 10)} to ${iso(end).slice(0, 10)} that it saw are no longer kept. ${KEPT_FIGURES} for today's data.`,
      );
    }
    found.set(timeframe, series);
  }
  const spec = contextSpecOf({ configuration, basis }, regimes, (timeframe) => found.get(timeframe)!.ref);
  const seriesOf = (part: 'candles' | 'whole') => {
    const of = ({ timeframe }: SeriesRef) => found.get(timeframe)![part];
    return { candles: of(spec.series), higher: spec.higher.map(of) };
  };
  return { context: { spec, ...seriesOf('candles') }, training, history: seriesOf('whole') };
}

/** The regimes that a run was evaluated with, where it says so. */
export function regimesOf({ regime_rules: rules }: Basis): RegimeDefinition[] | undefined {
  return rules?.map((regime) => ({ ...regime, title: regime.name, description: '', active: true }));
}

const KEPT_FIGURES = 'Its figures stay in the history; train its configuration again';

export interface FoundCandles extends NamedCandles {
  /** The series from its first bar on, up to the end of the view. */
  readonly whole: Candles;
}

/** The candles of a view; `other`: what there is of the series is not the same, `none`: there is nothing. */
export async function findCandles(
  { library, analysis }: Omit<ContextDeps, 'config'>,
  symbol: string,
  timeframe: Timeframe,
  view: StoredView,
  end: number,
): Promise<FoundCandles | 'other' | 'none'> {
  const sources = library.sources(symbol, timeframe);
  // Where it came from is where it is to be found; nothing else has to be resampled then.
  const rank = (stored: StoredSeries) => (stored.timeframe === view.source ? 0 : 1);
  for (const stored of sources.toSorted((a, b) => rank(a) - rank(b))) {
    const dayStart = view.dayStart ?? 'utc';
    const series = await library.loadFrom(stored, timeframe, dayStart, analysis);
    const candles = findView(series.candles, view, end);
    if (candles === undefined) continue;
    const base = { timeframe: stored.timeframe, digest: stored.digest, dayStart };
    const ref = { symbol, timeframe, digest: series.digest };
    const whole = candlesWithin(series.candles, { to: end });
    return { ref: stored.timeframe === timeframe ? ref : { ...ref, base }, candles, whole };
  }
  return sources.length === 0 ? 'none' : 'other';
}
