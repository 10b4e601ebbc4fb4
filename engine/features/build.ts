import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { EncoderName } from '../contract/words.ts';
import type { Candles } from '../market/candles.ts';
import { alignHigher } from './alignment.ts';
import type { Encoder, Feature, SourceColumn } from './encoders/encoder.ts';
import { ENCODER_CATALOG } from './encoders/index.ts';
import { INDICATOR_CATALOG } from './indicators/index.ts';
import type { Indicator } from './indicators/indicator.ts';
import { SYNTHETIC_WINDOW } from './lanes.ts';
import { withLoops } from './loops/loops.ts';
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
}

export interface BuiltFeatures {
  readonly matrix: FeatureMatrix;
  /**
   * Prepares synthetic bars behind rows [first, first + count), all of them valid rows; to be kept and `reset` for
   * every model that is rolled forward over the same lanes.
   *
   * @param nextBarTime opening time of the bar after the one that opens at `time`, both in ms since 1970-01-01 UTC
   * @param inLoops what the rollout is made of; the fastest loops this machine has, unless a test asks for others
   * @throws EngineError `internal` for lanes outside [firstValid, rows)
   */
  createRollout(
    lanes: Lanes,
    nextBarTime: (time: number) => number,
    inLoops?: typeof withLoops,
  ): FeatureRollout;
}

/**
 * Features of every bar, each known at the close of that bar: those of the bars themselves, then of the indicators on
 * the timeframe of `candles`, then on higher timeframes (`rsi_14@H4`) as of their last closed bar.
 *
 * @throws EngineError `config-invalid` as `listSources` does, `invalid-input` when candles of a higher timeframe are
 * missing from the request
 */
export function buildFeatures(request: FeatureRequest): BuiltFeatures {
  const { candles, fitEnd } = request;
  const encoder = ENCODER_CATALOG[request.encoder];
  const sources = listSources(request.indicatorTimeframes, candles.timeframe);
  const features = [
    ...encoder.barFeatures(candles),
    ...baseFeatures(encoder, sources, candles),
    ...higherFeatures(encoder, sources, candles, request.higher),
  ];
  const firstValid = Math.min(
    candles.length,
    // A row must also have the bars that its synthetic bars take their range from.
    Math.max(SYNTHETIC_WINDOW - 1, ...features.map(({ values }) => firstNumber(values))),
  );
  const matrix: FeatureMatrix = {
    names: features.map(({ name }) => name),
    columns: features.map(({ values }) => values),
    rows: candles.length,
    firstValid,
    fitEnd,
  };
  return {
    matrix,
    createRollout(lanes, nextBarTime, inLoops = withLoops) {
      checkLanes(lanes, matrix);
      const { first, count } = lanes;
      return inLoops(
        count,
        (loops, some) =>
          new MatrixRollout(
            features,
            new Rolling(candles, { lanes: { first, count: some }, loops }, nextBarTime),
          ),
      );
    },
  };
}

function baseFeatures(encoder: Encoder, sources: readonly IndicatorSource[], candles: Candles): Feature[] {
  return sources
    .filter(({ timeframe }) => timeframe === candles.timeframe)
    .flatMap(({ indicator }) => indicatorColumns(INDICATOR_CATALOG[indicator], candles))
    .map((column) => encoder.encode(column, candles));
}

function higherFeatures(
  encoder: Encoder,
  sources: readonly IndicatorSource[],
  candles: Candles,
  higher: ReadonlyMap<Timeframe, Candles>,
): Feature[] {
  const timeframes = new Set(sources.map(({ timeframe }) => timeframe));
  timeframes.delete(candles.timeframe);
  return [...timeframes].flatMap((timeframe) => {
    const higherCandles = higher.get(timeframe);
    if (higherCandles === undefined) {
      throw new EngineError(
        'invalid-input',
        `Features of ${candles.symbol} ${candles.timeframe} ask for indicators on ${timeframe}, ` +
          `but no ${timeframe} candles were passed. Store ${timeframe} candles or resample them from a shorter timeframe.`,
      );
    }
    const bars = alignHigher(candles, higherCandles);
    return sources
      .filter((source) => source.timeframe === timeframe)
      .flatMap(({ indicator }) => indicatorColumns(INDICATOR_CATALOG[indicator], higherCandles))
      .map((column) =>
        encoder.encodeHigher({ ...column, name: `${column.name}@${timeframe}` }, bars, candles),
      );
  });
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

function checkLanes({ first, count }: Lanes, { firstValid, rows }: FeatureMatrix): void {
  if (first >= firstValid && count > 0 && first + count <= rows) return;
  throw new EngineError(
    'internal',
    `A rollout was asked for rows ${first} up to ${first + count}, but only rows ${firstValid} up to ${rows} have features.`,
  );
}
