import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { FoldDto, FoldFiguresDto, StitchedDto, ValidationDto } from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Store } from '../store/database.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import { findFold, foldsOf, type ValidationRow } from '../store/validations.ts';
import { agingOf } from './aging.ts';
import { isCounted } from './counted.ts';
import { type Criterion, judge } from './criteria.ts';
import { averageFigures, type FoldFigures, figuresOfFold } from './fold-average.ts';
import { decodeFold, type StoredFold } from './fold-blob.ts';
import { type ModelSubject, type PlannedFold, readSpec, type ValidationSpec } from './spec.ts';
import { type StitchedCurve, stitch } from './stitched.ts';
import type { Judgment } from './verdict.ts';

/** A fold of a validation with what became of it. */
export interface ReadFold extends PlannedFold {
  readonly state: FoldDto['state'];
  readonly counted: boolean;
  readonly reused: boolean;
  readonly error: string | null;
  readonly result: StoredFold | undefined;
  readonly figures: FoldFigures | undefined;
}

/** A validation with all of its folds. */
export interface ReadValidation {
  readonly row: ValidationRow;
  readonly spec: ValidationSpec;
  readonly folds: readonly ReadFold[];
  /** Counted rolling folds that are computed, by time. */
  readonly counted: readonly ReadFold[];
  readonly stitched: StitchedCurve;
}

/** @throws EngineError `artifact-damaged` where a row of it is not what was written */
export function readValidation(store: Store, row: ValidationRow): ReadValidation {
  const spec = readSpec(row.spec);
  const scored = scoredWindows(store, row.symbol, row.timeframe);
  const rows = new Map(foldsOf(store, row.id).map((fold) => [fold.fold_index, fold]));
  const folds = spec.folds.map((fold): ReadFold => {
    const { key = '', reused = 0, error = null } = rows.get(fold.index) ?? {};
    const found = findFold(store, key);
    const result = found && decodeFold(found.result);
    return {
      ...fold,
      state: result !== undefined ? 'completed' : error !== null ? 'failed' : 'pending',
      counted: isCounted(fold, scored),
      reused: reused === 1,
      error:
        result !== undefined || error === null
          ? null
          : storedJson<ErrorDto>(error, 'the error of a fold').message,
      result,
      figures: result && figuresOfFold(result.forecasts, result.metrics),
    };
  });
  const counted = folds.filter(
    (fold) => fold.kind === 'rolling' && fold.counted && fold.result !== undefined,
  );
  const windows = counted.map(({ result }) => result!);
  return { row, spec, folds, counted, stitched: stitch(windows, windows.at(-1)?.barsPerYear ?? Number.NaN) };
}

/** A model and its strategy in words: `ridge EURUSD H1, …; direct, mean, threshold 0, lookback 100; in bull_trending`. */
export function titleOf({ configuration, strategy, regime }: ModelSubject): string {
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  const how = `${predictionMethod}, ${ensembleMethod}, threshold ${confidenceThreshold}, lookback ${lookbackWindow}`;
  return `${describeConfiguration(configuration)}; ${how}${regime === null ? '' : `; in ${regime}`}`;
}

/** `criteria`: what it is held to today; `judgment`: what its folds say as evidence. */
export function validationDto(
  { row, spec, folds, counted, stitched }: ReadValidation,
  criteria: readonly Criterion[],
  judgment: Judgment | null,
): ValidationDto {
  const { configuration, strategy, rules, regime, runId, champion, missing } = spec;
  const average = averageFigures(counted.map(({ figures }) => figures!));
  const failedFolds = folds.filter(({ state }) => state === 'failed').length;
  const results = judge(criteria, { average, stitched, failedFolds });
  const isWhole = folds.every(({ state }) => state !== 'pending');
  return {
    id: row.id,
    jobId: row.queue_id,
    scheme: row.scheme,
    subject: 'model',
    symbol: row.symbol,
    timeframe: row.timeframe,
    title: titleOf(spec),
    modelType: configuration.modelType,
    configHash: configHash(configuration),
    strategy,
    regime,
    runId,
    champion,
    testPeriodDays: rules.testPeriodDays,
    trainDays: rules.trainDays,
    expandingWindow: rules.expandingWindow,
    folds: folds.map(foldDto),
    missingFolds: missing,
    average,
    stitched: stitchedDto(counted, stitched),
    aging: agingOf(folds),
    criteria: results,
    met: isWhole ? results.every(({ met }) => met) : null,
    verdict: isWhole && judgment !== null ? judgment.verdict : null,
    verdictReason: isWhole && judgment !== null ? judgment.reason : null,
  };
}

/** Where a fold lies, ISO 8601 UTC. */
export function foldSpans({
  training,
  test,
  trainBars,
  testBars,
}: PlannedFold): Pick<FoldDto, 'train' | 'test'> {
  return {
    train: { from: iso(training.from), to: iso(training.to), bars: trainBars },
    test: { from: iso(test.from), to: iso(test.to), bars: testBars },
  };
}

function foldDto(fold: ReadFold): FoldDto {
  const { index, kind, state, counted, figures, error, reused } = fold;
  const metrics: FoldFiguresDto | null = figures ?? null;
  return { index, kind, state, counted, ...foldSpans(fold), metrics, error, reused };
}

function stitchedDto(counted: readonly ReadFold[], { bars, figures, t, p }: StitchedCurve): StitchedDto {
  const earned = counted.filter(({ result }) => result!.netReturn.reduce((sum, r) => sum + r, 0) > 0).length;
  return {
    folds: counted.length,
    bars,
    sharpe: figures.sharpe,
    standardError: figures.sharpeError,
    t,
    p,
    trades: figures.trades ?? 0,
    maxDrawdown: figures.maxDrawdown,
    return: figures.totalReturn,
    profitableFolds: counted.length === 0 ? null : earned / counted.length,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
