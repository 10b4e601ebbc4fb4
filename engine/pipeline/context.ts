import { EngineError } from '../contract/errors.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import {
  type BuiltFeatures,
  buildFeatures,
  type FeatureRequest,
  type RolloutRequest,
  rollFeatures,
} from '../features/build.ts';
import type { FeatureMatrix, FeatureRollout } from '../features/matrix.ts';
import { type Strategy, strategyGrid } from '../inference/strategy-grid.ts';
import { type Candles, candlesWithin } from '../market/candles.ts';
import { type MarketCalendar, nextBarTime } from '../market/time/calendar.ts';
import type { RowRange } from '../models/model.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { Evaluator } from './evaluation.ts';
import {
  EVALUATION_WINDOWS,
  type EvaluationSpan,
  type NamedRows,
  prepareSpan,
  type RegimeLabels,
} from './evaluation-span.ts';
import { type FitAll, fitInTurn } from './fit-all.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { LuckMeter } from './luck.ts';
import { createRowTargets, type RowTarget, type RowTargets } from './target-rows.ts';
import { type EvaluationTimes, evaluationEnd, rowsWithin } from './windows.ts';

/** Position of the window that selects. */
const SELECTION = EVALUATION_WINDOWS.indexOf('selection');

/** What all cells of one feature matrix share, computed once. Rows are rows of `candles`. */
export interface BatchContext {
  readonly spec: ContextSpec;
  readonly candles: Candles;
  readonly features: BuiltFeatures;
  /** What is predicted. */
  readonly span: RowRange;
  /** The same in lanes, with the market that strategies trade there. */
  readonly tested: EvaluationSpan;
  /** Rows of the evaluated windows, in order. */
  readonly windows: readonly NamedRows[];
  /** What strategies trade in. */
  readonly evaluated: EvaluationSpan;
  readonly strategies: readonly Strategy[];
  readonly evaluator: Evaluator;
  /** Where the spec says how luck is measured. */
  readonly luck: LuckMeter | undefined;
  /** Over the lanes of the evaluation span. */
  readonly rollout: FeatureRollout;
  /** Labels of `return`: the same array for the same horizon. */
  labels(horizon: number): Float64Array;
  /**
   * What models of a configuration's target learn and are held to: the same object for the same target and horizon.
   * @throws EngineError `invalid-input` for a text that is no target
   */
  target(target: string, horizon: number): RowTarget;
  readonly fitAll: FitAll;
  /** Of all rows that `candles` is part of. */
  readonly rowTargets: RowTargets;
  /** Which regime every bar is in whose regime anything asks for. */
  readonly regimes: RegimeLabels;
  /** What contexts on the same bars have in common, where this one was not cut from another. */
  readonly common?: CommonParts;
}

/** What depends on bars, encoder, indicators and costs alone, whatever is trained and traded on them. */
export interface CommonParts {
  readonly features: BuiltFeatures;
  readonly rowTargets: RowTargets;
  rollout(): FeatureRollout;
}

/**
 * Rows of one of the windows.
 * @throws EngineError `internal` for a window that the cells are not evaluated in
 */
export function windowRows({ windows }: BatchContext, name: string): RowRange {
  const rows = windows.find((window) => window.name === name);
  if (rows !== undefined) return rows;
  const known = windows.map((window) => window.name).join(', ');
  throw new EngineError('internal', `Expected a window ${name}, found ${known}.`);
}

/**
 * Position of a regime among those that strategies are tested in.
 * @throws EngineError `invalid-input` for a regime that no strategy was tested in
 */
export function testedRegime({ evaluator }: BatchContext, name: string): number {
  const index = evaluator.testedRegimes.indexOf(name);
  if (index >= 0) return index;
  const known = evaluator.testedRegimes.join(', ');
  throw new EngineError('invalid-input', `There is no active regime "${name}". There are ${known}.`);
}

/**
 * @param fitAll how the members of a model are fitted
 * @param others contexts at hand: of one on the same bars features are taken as they are
 */
export function createContext(
  loaded: LoadedContext,
  fitAll: FitAll = fitInTurn,
  others: Iterable<BatchContext> = [],
): BatchContext {
  const name = nameOfParts(loaded.spec);
  const like = [...others].find(({ spec, common }) => common !== undefined && nameOfParts(spec) === name);
  const common = like?.common ?? commonParts(loaded);
  return {
    ...contextOn(loaded, common.features, fitAll, common.rowTargets),
    common,
    get rollout() {
      return common.rollout();
    },
  };
}

function nameOfParts({
  series,
  higher,
  encoder,
  indicatorTimeframes,
  evaluation,
  settings,
}: ContextSpec): string {
  const span = [evaluation.start, evaluationEnd(evaluation)];
  return JSON.stringify([series, higher, encoder, indicatorTimeframes, span, settings.costs]);
}

function commonParts({ spec, candles, higher }: LoadedContext): CommonParts {
  const { encoder, indicatorTimeframes, evaluation, settings } = spec;
  const rows = spanRows(candles, evaluation);
  const request: FeatureRequest = {
    candles,
    encoder,
    indicatorTimeframes,
    higher: new Map(higher.map((c) => [c.timeframe, c])),
    fitEnd: rows.from,
  };
  const rolled = rolledOver(candles, rows, settings.costs.calendar);
  let features: BuiltFeatures;
  let rollout: FeatureRollout | undefined;
  // Only recursive forecasts need it, and it takes more than the features themselves.
  if (settings.strategies.predictionMethods.includes('recursive')) {
    ({ rollout, ...features } = rollFeatures(request, rolled));
  } else features = buildFeatures(request);
  return {
    features,
    rowTargets: createRowTargets(candles, settings.costs),
    rollout() {
      rollout ??= features.createRollout(rolled);
      return rollout;
    },
  };
}

function rolledOver(
  { timeframe }: Candles,
  { from, to }: RowRange,
  calendar: MarketCalendar | undefined,
): RolloutRequest {
  return {
    lanes: { first: from, count: to - from },
    nextBarTime: (time) => nextBarTime(time, timeframe, calendar),
  };
}

/** Rows from the center of whose mean features of folds are shifted, see `FeatureMatrix.part`. */
const CENTER_ROWS = 256;

/**
 * The context of a fold, whose windows end with or before those of `base`: what it would have alone, by a bit. Features are causal, so
 * that its own are the first rows of those in `base`; labels are shared, too, and each is used only once it is known.
 *
 * @param labelsOf regimes of its bars, where they are known from elsewhere
 */
export function foldContext(
  base: Pick<BatchContext, 'spec' | 'candles' | 'features' | 'fitAll' | 'rowTargets'>,
  evaluation: EvaluationTimes,
  labelsOf: LabelsOf = labelSpan,
): BatchContext {
  const candles = candlesWithin(base.candles, { to: evaluationEnd(evaluation) });
  const rows = candles.length;
  const whole = base.features.matrix;
  const fitEnd = spanRows(candles, evaluation).from;
  const from = whole.firstValid;
  const matrix: FeatureMatrix = {
    names: whole.names,
    columns: whole.columns.map((column) => column.subarray(0, rows)),
    rows,
    firstValid: Math.min(rows, from),
    fitEnd,
    part: { whole, centers: { from, to: Math.max(from, Math.min(from + CENTER_ROWS, fitEnd)) } },
  };
  const features = { ...base.features, matrix };
  const spec = { ...base.spec, evaluation };
  const context = contextOn({ spec, candles }, features, base.fitAll, base.rowTargets, labelsOf);
  let rollout: FeatureRollout | undefined;
  return {
    ...context,
    get rollout() {
      rollout ??= rolloutOver(context, context.span);
      return rollout;
    },
  };
}

/** Rolls rows of a context forward that need not be its own span. */
export function rolloutOver(
  { features, candles, spec }: Pick<BatchContext, 'features' | 'candles' | 'spec'>,
  rows: RowRange,
): FeatureRollout {
  return features.createRollout(rolledOver(candles, rows, spec.settings.costs.calendar));
}

function spanRows(candles: Candles, evaluation: EvaluationTimes): RowRange {
  return rowsWithin(candles, { from: evaluation.start, to: evaluationEnd(evaluation) });
}

function contextOn(
  { spec, candles }: Pick<LoadedContext, 'spec' | 'candles'>,
  features: BuiltFeatures,
  fitAll: FitAll,
  rowTargets: RowTargets,
  labelsOf: LabelsOf = labelSpan,
): Omit<BatchContext, 'rollout'> {
  const { evaluation, settings } = spec;
  const rows = spanRows(candles, evaluation);
  const windows = evaluation.windows.map(({ name, ...range }) => ({
    name,
    ...rowsWithin(candles, range),
    end: range.to,
  }));
  const dayStart = spec.luck?.dayStart ?? spec.dayStart;
  const regimes = labelsOf(spec, candles, rows);
  const span = prepareSpan({
    candles,
    rows,
    windows,
    costs: settings.costs,
    regimes,
    lookbackWindows: settings.strategies.lookbackWindows,
    ...(dayStart === undefined ? {} : { dayStart }),
  });
  return {
    spec,
    candles,
    features,
    fitAll,
    span: rows,
    tested: span,
    windows,
    evaluated: span,
    strategies: strategyGrid(settings.strategies),
    evaluator: new Evaluator(span, settings.members),
    luck: spec.luck && new LuckMeter(candles.symbol, span, SELECTION, spec.luck.minTrades),
    labels: (horizon) => rowTargets.of('return', horizon).sides[0]!.labels,
    target: (target, horizon) => rowTargets.of(target, horizon),
    rowTargets,
    regimes,
  };
}

/** Regimes of the rows of a span, and of the bar before it. */
export type LabelsOf = (spec: ContextSpec, candles: Candles, rows: RowRange) => RegimeLabels;

/** Regimes of the evaluation span, and of the bar before it, at whose close the first signal could have been given. */
function labelSpan({ settings }: ContextSpec, candles: Candles, rows: RowRange): RegimeLabels {
  const compiled = compileRegimes(settings.regimes);
  const from = rows.from - 1;
  const labels = new Uint8Array(candles.length).fill(compiled.length);
  labels.set(labelBars(candles, compiled, from, rows.to), from);
  return { names: [...compiled.map((r) => r.name), UNCLASSIFIED], labels };
}
