import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { alignHigher } from './alignment.ts';
import { barFeatures, encode, encodeHigher } from './encoders/encode.ts';
import type { Encoder, Feature, FeatureLanes, SourceColumn } from './encoders/encoder.ts';
import { ENCODER_CATALOG } from './encoders/index.ts';
import { INDICATOR_CATALOG } from './indicators/index.ts';
import type { Indicator } from './indicators/indicator.ts';
import { laneBlocks, MOST_LANES } from './lane-block.ts';
import { SYNTHETIC_WINDOW } from './lanes.ts';
import { demandOf, fastestLoops, type LaneDemand } from './loops/loops.ts';
import type { FeatureMatrix, FeatureRollout, Lanes } from './matrix.ts';
import { Rolling } from './rolling.ts';
import { MatrixRollout } from './rollout.ts';
import { type IndicatorSource, type IndicatorTimeframes, listSources } from './timeframes.ts';

export interface FeatureRequest {
  /** The bars to have features of, all of them; history in front warms the indicators up (see `warmupBars`). */
  readonly candles: Candles;
  readonly encoder: EncoderName;
  readonly indicatorTimeframes: IndicatorTimeframes;
  /** Candles of the same symbol on every timeframe above that of `candles` that `indicatorTimeframes` names. */
  readonly higher: ReadonlyMap<Timeframe, Candles>;
  /** As in `FeatureMatrix`. */
  readonly fitEnd: number;
  /**
   * Of at most so many bars all that features are made from is kept, twice as much as features; of more, they are computed anew
   * where another rollout is asked for.
   */
  readonly mostKeptBars?: number;
}

export interface BuiltFeatures {
  readonly matrix: FeatureMatrix;
  /**
   * Synthetic bars behind the lanes; to be kept and `reset` for every model that is rolled forward over the same ones.
   * @throws EngineError `internal` for lanes outside [firstValid, rows)
   */
  createRollout(rolled: RolloutRequest): FeatureRollout;
}

export interface RolledFeatures extends BuiltFeatures {
  readonly rollout: FeatureRollout;
}

/** A quarter of a million of H1 bars are forty years. */
const MOST_KEPT_BARS = 262_144;

export interface RolloutRequest {
  /** Rows that are rolled forward, all of them valid ones. */
  readonly lanes: Lanes;
  /** Opening time of the bar after the one that opens at `time`, both in ms since 1970-01-01 UTC. */
  readonly nextBarTime: (time: number) => number;
  /** Most lanes of a block. */
  readonly most?: number;
  /** What the rollout is made of; the fastest loops this machine has, unless a test asks for others. */
  readonly inLoops?: typeof fastestLoops;
}

/**
 * Features of every bar, each known at the close of that bar: those of the bars themselves, then of the indicators on
 * the timeframe of `candles`, then on higher timeframes (`rsi_14@H4`) as of their last closed bar.
 *
 * @throws EngineError `config-invalid` as `listSources` does, `invalid-input` when candles of a higher timeframe are
 * missing from the request
 */
export function buildFeatures(request: FeatureRequest): BuiltFeatures {
  return builtOf(request, () => undefined);
}

/**
 * As `buildFeatures`, with the first rollout: features are computed one after the other, and of many bars the columns that
 * they are made from live no longer than that.
 *
 * @throws EngineError as `buildFeatures`, and `internal` for lanes outside [firstValid, rows)
 */
export function rollFeatures(request: FeatureRequest, rolled: RolloutRequest): RolledFeatures {
  const { lanes } = rolled;
  checkLanes(lanes, SYNTHETIC_WINDOW - 1, request.candles.length);
  const rolling = rollingOf(request, rolled);
  const features: FeatureLanes[] = [];
  const built = builtOf(request, (feature) => {
    rolling.keep(feature.values);
    features.push(feature.rollout(rolling));
  });
  checkLanes(lanes, built.matrix.firstValid, built.matrix.rows);
  return { ...built, rollout: new MatrixRollout(features, rolling) };
}

function builtOf(request: FeatureRequest, use: (feature: Feature) => void): BuiltFeatures {
  const kept: Feature[] = [];
  const keeps = request.candles.length <= (request.mostKeptBars ?? MOST_KEPT_BARS);
  const matrix = matrixOf(request, (feature) => {
    if (keeps) kept.push(feature);
    use(feature);
  });
  return {
    matrix,
    createRollout(rolled) {
      checkLanes(rolled.lanes, matrix.firstValid, matrix.rows);
      const rolling = rollingOf(request, rolled);
      if (keeps) rolling.keep(...matrix.columns);
      const lanes: FeatureLanes[] = [];
      for (const feature of keeps ? kept : features(request)) lanes.push(feature.rollout(rolling));
      return new MatrixRollout(lanes, rolling);
    },
  };
}

function rollingOf(
  request: FeatureRequest,
  { lanes, nextBarTime, most = MOST_LANES, inLoops = fastestLoops }: RolloutRequest,
): Rolling {
  const loops = inLoops(laneBlocks(lanes.count, most)[0]!.count, laneDemand(request));
  return new Rolling(request.candles, { lanes, loops, most }, nextBarTime);
}

/** Numbers that a rollout of so many lanes holds of a block, beside what it holds of columns. */
export function rolloutNumbers(request: FeatureRequest, lanes: number): number {
  return laneDemand(request).floats(laneBlocks(lanes)[0]!.count);
}

/** What rollouts take, by encoder, timeframes and indicators: bars make no difference. */
const demands = new Map<string, LaneDemand>();
const MOST_DEMANDS = 64;

/** Memory that a rollout takes. */
function laneDemand(request: FeatureRequest): LaneDemand {
  const { candles, encoder, indicatorTimeframes, higher } = request;
  const name = JSON.stringify([encoder, candles.timeframe, indicatorTimeframes, [...higher.keys()]]);
  let demand = demands.get(name);
  if (demand === undefined) {
    demand = demandWithoutBars(request);
    if (demands.size === MOST_DEMANDS) demands.clear();
    demands.set(name, demand);
  }
  return demand;
}

/** It is found out without a single bar. */
function demandWithoutBars(request: FeatureRequest): LaneDemand {
  const none = (series: Candles) => sliceCandles(series, 0, 0);
  const empty: FeatureRequest = {
    ...request,
    candles: none(request.candles),
    higher: new Map([...request.higher].map(([timeframe, series]) => [timeframe, none(series)])),
  };
  return demandOf((space) => {
    const rolling = new Rolling(empty.candles, space, (time) => time);
    const rolled = [...features(empty)].map((feature) => feature.rollout(rolling));
    new MatrixRollout(rolled, rolling);
  });
}

function matrixOf(request: FeatureRequest, use: (feature: Feature) => void): FeatureMatrix {
  const { candles, fitEnd } = request;
  const names: string[] = [];
  const columns: Float64Array[] = [];
  // A row must also have the bars that its synthetic bars take their range from.
  let firstValid = SYNTHETIC_WINDOW - 1;
  for (const feature of features(request)) {
    names.push(feature.name);
    columns.push(feature.values);
    firstValid = Math.max(firstValid, firstNumber(feature.values));
    use(feature);
  }
  return { names, columns, rows: candles.length, firstValid: Math.min(candles.length, firstValid), fitEnd };
}

function* features(request: FeatureRequest): Generator<Feature> {
  const { candles } = request;
  const encoder = ENCODER_CATALOG[request.encoder];
  const sources = listSources(request.indicatorTimeframes, candles.timeframe);
  yield* barFeatures(encoder, candles);
  yield* baseFeatures(encoder, sources, candles);
  yield* higherFeatures(encoder, sources, candles, request.higher);
}

function* baseFeatures(
  encoder: Encoder,
  sources: readonly IndicatorSource[],
  candles: Candles,
): Generator<Feature> {
  for (const { indicator, timeframe } of sources) {
    if (timeframe !== candles.timeframe) continue;
    for (const column of indicatorColumns(INDICATOR_CATALOG[indicator], candles)) {
      yield encode(encoder, column, candles);
    }
  }
}

function* higherFeatures(
  encoder: Encoder,
  sources: readonly IndicatorSource[],
  candles: Candles,
  higher: ReadonlyMap<Timeframe, Candles>,
): Generator<Feature> {
  const timeframes = new Set(sources.map(({ timeframe }) => timeframe));
  timeframes.delete(candles.timeframe);
  for (const timeframe of timeframes) {
    const higherCandles = higher.get(timeframe);
    if (higherCandles === undefined) {
      throw new EngineError(
        'invalid-input',
        `Features of ${candles.symbol} ${candles.timeframe} ask for indicators on ${timeframe}, ` +
          `but no ${timeframe} candles were passed. Store ${timeframe} candles or resample them from a shorter timeframe.`,
      );
    }
    const bars = alignHigher(candles, higherCandles);
    for (const source of sources) {
      if (source.timeframe !== timeframe) continue;
      for (const column of indicatorColumns(INDICATOR_CATALOG[source.indicator], higherCandles)) {
        yield encodeHigher(encoder, { ...column, name: `${column.name}@${timeframe}` }, bars, candles);
      }
    }
  }
}

function indicatorColumns(indicator: Indicator, candles: Candles): SourceColumn[] {
  const columns = indicator.compute(candles);
  return indicator.outputs.map(({ name, kind }, k) => ({
    name,
    kind,
    values: columns.outputs[k]!,
    warmup: indicator.warmup,
    newest: (rolling) => rolling.source(columns).outputs[k]!,
  }));
}

/** Columns hold NaN up to some bar only, so the first number starts the valid part. */
function firstNumber(values: Float64Array): number {
  let t = 0;
  while (t < values.length && Number.isNaN(values[t])) t++;
  return t;
}

function checkLanes({ first, count }: Lanes, firstValid: number, rows: number): void {
  if (first >= firstValid && count > 0 && first + count <= rows) return;
  throw new EngineError(
    'internal',
    `A rollout was asked for rows ${first} up to ${first + count}, but only rows ${firstValid} up to ${rows} have features.`,
  );
}
