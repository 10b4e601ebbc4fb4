import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import { counted } from '../contract/counted.ts';
import type {
  FoldDto,
  FoldFiguresDto,
  RefitDto,
  RegimeCurveDto,
  StitchedDto,
  ValidationDto,
} from '../contract/dto/index.ts';
import type { ErrorDto } from '../contract/errors.ts';
import { modelTitle } from '../contract/model-type-names.ts';
import { plainName } from '../contract/plain-name.ts';
import { storedJson } from '../contract/stored-json.ts';
import { strategyWords } from '../contract/strategy-words.ts';
import type { Store } from '../store/database.ts';
import { findQueue } from '../store/queues.ts';
import { findRefit, type RefitRow } from '../store/refits.ts';
import { scoredWindows } from '../store/scored-windows.ts';
import { findFold, foldsOf, type ValidationRow } from '../store/validations.ts';
import { agingOf } from './aging.ts';
import { isCounted } from './counted.ts';
import { type Criterion, isOfTrading, judge } from './criteria.ts';
import { averageFigures, type FoldFigures, figuresOfFold } from './fold-average.ts';
import type { StoredFold } from './fold-blob.ts';
import type { StoredProcedure } from './procedure-blob.ts';
import { type PlannedFold, type Procedure, readSpec, type ValidationSpec } from './spec.ts';
import { type StitchedCurve, stitch } from './stitched.ts';
import { readFoldResult } from './stored-result.ts';
import type { Judgment } from './verdict.ts';

/** A fold of a validation with what became of it. */
export interface ReadFold extends PlannedFold {
  readonly state: FoldDto['state'];
  readonly counted: boolean;
  readonly reused: boolean;
  readonly error: string | null;
  /** Of a procedure, of all champions together. */
  readonly result: StoredFold | undefined;
  readonly procedure: StoredProcedure | null;
  readonly figures: FoldFigures | undefined;
  /** Stored of it. */
  readonly bytes: number;
}

/** A validation with all of its folds. */
export interface ReadValidation {
  readonly row: ValidationRow;
  readonly jobState: ValidationDto['jobState'];
  readonly refit: RefitRow | undefined;
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
    const { result, procedure = null } = found === undefined ? {} : readFoldResult(spec, found.result);
    return {
      ...fold,
      state: result !== undefined ? 'completed' : error !== null ? 'failed' : 'pending',
      counted: spec.procedure !== undefined || isCounted(fold, scored),
      reused: reused === 1,
      error:
        result !== undefined || error === null
          ? null
          : storedJson<ErrorDto>(error, 'the error of a fold').message,
      result,
      procedure,
      figures: result && figuresOfFold(result.forecasts, result.metrics),
      bytes: found?.result.length ?? 0,
    };
  });
  const counted = folds.filter(
    (fold) => fold.kind === 'rolling' && fold.counted && fold.result !== undefined,
  );
  const windows = counted.map(({ result }) => result!);
  const barsPerYear = windows.at(-1)?.barsPerYear ?? Number.NaN;
  const jobState = findQueue(store, row.queue_id)?.state ?? null;
  const refit = findRefit(store, row.id);
  return { row, jobState, refit, spec, folds, counted, stitched: stitch(windows, barsPerYear) };
}

/**
 * A model and its strategy in words: `Ridge EURUSD H1, …; direct, mean, confidence threshold 0, lookback 100; in bull trending`; or what a procedure
 * chooses from.
 */
export function titleOf(spec: ValidationSpec): string {
  const { configuration, strategy, regime, procedure } = spec;
  if (procedure !== undefined) return procedureTitle(procedure, spec.survival !== undefined);
  return `${describeConfiguration(configuration)}; ${strategyWords(strategy)}${regime === null ? '' : `; in ${plainName(regime)}`}`;
}

/** `128 configurations (Ridge, Lasso), champions chosen anew in each fold`. */
function procedureTitle({ grid, size }: Procedure, bySurvival: boolean): string {
  const name = grid.name === undefined ? '' : `"${grid.name}", `;
  const types = [...new Set(grid.model_types)].map(modelTitle).join(', ');
  return `${name}${counted(size, 'configuration')} (${types}), champions chosen anew in each fold${bySurvival ? ' by what survives' : ''}`;
}

/** `criteria`: what it is held to today; `judgment`: what its folds say as evidence. */
export function validationDto(
  { row, jobState, refit, spec, folds, counted, stitched }: ReadValidation,
  criteria: readonly Criterion[],
  judgment: Judgment | null,
): ValidationDto {
  const { configuration, strategy, rules, regime, runId, champion, missing } = spec;
  const average = averageFigures(counted.map(({ figures }) => figures!));
  const failedFolds = folds.filter(({ state }) => state === 'failed').length;
  const asked =
    spec.procedure === undefined ? criteria : criteria.filter(({ metric }) => isOfTrading(metric));
  const results = judge(asked, { average, stitched, failedFolds });
  const isWhole = folds.every(({ state }) => state !== 'pending');
  return {
    id: row.id,
    jobId: row.queue_id,
    jobState,
    scheme: row.scheme,
    subject: spec.procedure === undefined ? 'model' : 'procedure',
    symbol: row.symbol,
    timeframe: row.timeframe,
    title: titleOf(spec),
    modelType: spec.procedure === undefined ? configuration.modelType : null,
    configHash: spec.procedure === undefined ? configHash(configuration) : null,
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
    stitched: stitchedDto(
      counted.map(({ result }) => result!),
      stitched,
    ),
    regimes: regimeCurves(counted),
    aging: agingOf(folds),
    storedBytes: folds.reduce((sum, { bytes }) => sum + bytes, refit?.artifact_bytes ?? 0),
    refit: refit === undefined ? null : refitDto(refit),
    criteria: results,
    met: isWhole ? results.every(({ met }) => met) : null,
    verdict: isWhole && judgment !== null ? judgment.verdict : null,
    verdictReason: isWhole && judgment !== null ? judgment.reason : null,
  };
}

function refitDto(row: RefitRow): RefitDto {
  return {
    file: row.artifact_file,
    bytes: row.artifact_bytes,
    train: { from: iso(row.train_from), to: iso(row.train_to), bars: row.train_bars },
    asOf: iso(row.as_of),
    error: row.error === null ? null : storedJson<ErrorDto>(row.error, 'the error of a refit').message,
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
  const { index, kind, state, counted, figures, error, reused, procedure } = fold;
  const metrics: FoldFiguresDto | null = figures ?? null;
  const champions =
    procedure?.champions.map(({ regime, configHash: hash, strategy, score, trades }) => ({
      regime,
      configHash: hash,
      strategy,
      score,
      trades,
    })) ?? null;
  return {
    index,
    kind,
    state,
    counted,
    ...foldSpans(fold),
    metrics,
    error,
    reused,
    champions,
    chosenBy: procedure?.chosenBy ?? null,
  };
}

/** What champions of each regime did alone, flat in folds that had none. */
function regimeCurves(counted: readonly ReadFold[]): RegimeCurveDto[] {
  const names = new Set(
    counted.flatMap(({ procedure }) => procedure?.champions.map(({ regime }) => regime) ?? []),
  );
  return [...names].sort().map((regime) => {
    let folds = 0;
    const windows = counted.map(({ result, procedure }): StoredFold => {
      const champion = procedure?.champions.find((of) => of.regime === regime);
      if (champion === undefined) return flat(result!);
      folds++;
      return champion.alone;
    });
    return { regime, folds, stitched: stitchedDto(windows, stitch(windows, windows.at(-1)!.barsPerYear)) };
  });
}

function flat(fold: StoredFold): StoredFold {
  return { ...fold, netReturn: new Float64Array(fold.netReturn.length), trades: [], costs: 0 };
}

export function stitchedDto(
  counted: readonly StoredFold[],
  { bars, figures, t, p }: StitchedCurve,
): StitchedDto {
  const earned = counted.filter(({ netReturn }) => netReturn.reduce((sum, r) => sum + r, 0) > 0).length;
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
