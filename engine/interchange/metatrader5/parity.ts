import { timeframeMs } from '../../contract/timeframe.ts';
import { csvLine } from '../../files/csv.ts';
import type { Candles } from '../../market/candles.ts';
import { lowerBound, sliceCandles } from '../../market/candles.ts';
import { median } from '../../market/instruments/spread-by-hour.ts';
import { createContext } from '../../pipeline/context.ts';
import type { LoadedContext } from '../../pipeline/job.ts';
import { type DecodedModel, decodedModelIn } from '../../pipeline/target-model.ts';
import { compileRegimes, labelBars } from '../../regimes/labeler.ts';

/** Rows that are compared. */
export const PARITY_ROWS = 500;

export interface ParityInput {
  /** With the one strategy that the bundle trades. */
  readonly loaded: LoadedContext;
  readonly model: DecodedModel;
  /** Bars of each timeframe before the first that is predicted, see `Core`. */
  readonly warmup: readonly number[];
  /** Most rows to compare; fewer where there are fewer bars. */
  readonly rows?: number;
}

export interface ParityRows {
  /** Of the embedded check: bars, then what Regimen computed of the last of them. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly csv: string;
  readonly rows: number;
  /** Opening times of the first and the last row, ms UTC. */
  readonly from: number;
  readonly to: number;
  /** Twice the usual cost of a round trip, in hundredths of a percent of the price, in round digits. */
  readonly maxCost: number;
}

/** Lanes before the first row that anything of it looks back on: twice the lookback, twice the horizon, and a refit of weights. */
export function leadOf({
  lookback,
  horizon,
}: {
  readonly lookback: number;
  readonly horizon: number;
}): number {
  return 2 * lookback + 2 * horizon + 40;
}

/** Columns of bars as one array after the other: time, open, high, low, close, volume, spread (0: not known), and when each closes. */
function barColumns({ time, open, high, low, close, volume, spread, timeframe }: Candles): Float64Array[] {
  const ms = timeframeMs(timeframe);
  const known = spread.map((value) => (value > 0 ? value : 0));
  return [time, open, high, low, close, volume, known, time.map((at) => at + ms)];
}

/**
 * What Regimen computes of the newest bars of a context with a model: features, forecast, regime, confidence, signal and costs, with every
 * bar that they rest on.
 */
export function parityRows({ loaded, model, warmup, rows: most = PARITY_ROWS }: ParityInput): ParityRows {
  const { candles: all, spec } = loaded;
  const { lookbackWindows } = spec.settings.strategies;
  const lead = leadOf({ lookback: lookbackWindows[0]!, horizon: model.configuration.horizon });
  const last = all.length;
  const contextFrom = (lane: number) => {
    const start = all.time[lane]!;
    const end = all.time[last - 1]! + timeframeMs(all.timeframe);
    const evaluation = { start, windows: [{ name: 'parity', from: start, to: end }] };
    return createContext({ ...loaded, spec: { ...spec, evaluation } });
  };
  let firstLane = Math.min(last - 2, Math.max(warmup[0]!, last - most - lead));
  let context = contextFrom(firstLane);
  // Of short series higher timeframes begin later.
  if (context.features.matrix.firstValid > firstLane) {
    firstLane = Math.min(last - 2, context.features.matrix.firstValid);
    context = contextFrom(firstLane);
  }
  const rows = Math.max(1, Math.min(most, last - firstLane - lead));
  const [trace] = context.evaluator.evaluateOne(decodedModelIn(context, model), context.strategies[0]!);
  const regimes = compileRegimes(spec.settings.regimes);
  const labels = labelBars(all, regimes, firstLane, last);
  const { matrix } = context.features;

  const firstBar = Math.max(0, firstLane - warmup[0]!);
  const base = sliceCandles(all, firstBar, last);
  const higher = loaded.higher.map((series, k) => {
    const closedBy = lowerBound(series.time, base.time[0]! - timeframeMs(series.timeframe));
    return sliceCandles(series, Math.max(0, closedBy - warmup[k + 1]!), series.length);
  });
  const compared = last - rows;
  const { columns } = matrix;
  const width = columns.length + 5;
  const expected = new Float64Array(rows * width);
  const known: number[] = [];
  for (let row = compared; row < last; row++) {
    const lane = row - firstLane;
    const at = (row - compared) * width;
    for (let f = 0; f < columns.length; f++) expected[at + f] = columns[f]![row]!;
    const forecast = trace!.forecast[lane]!;
    if (Number.isFinite(forecast)) known.push(forecast);
    expected.set(
      [
        forecast,
        labels[lane]!,
        trace!.confidence[lane]!,
        trace!.signal[lane]!,
        context.evaluated.roundTripCost[lane]!,
      ],
      at + columns.length,
    );
  }
  const head = [
    1,
    base.length,
    columns.length,
    firstLane - firstBar,
    compared - firstBar,
    deviation(known),
    higher.length,
    ...higher.map(({ length }) => length),
  ];
  const parts = [head, ...[base, ...higher].flatMap(barColumns), expected];
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    values.set(part, place);
    place += part.length;
  }
  return {
    values,
    csv: parityCsv(all, compared, matrix.names, expected, [
      ...regimes.map(({ name }) => name),
      'unclassified',
    ]),
    rows,
    from: all.time[compared]!,
    to: all.time[last - 1]!,
    maxCost: Number(Math.max(0.5, 20_000 * median([...context.evaluated.roundTripCost])).toPrecision(2)),
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length === 0 ? 0 : Math.sqrt(squares / values.length);
}

/** The same for people. */
function parityCsv(
  candles: Candles,
  from: number,
  names: readonly string[],
  expected: Float64Array,
  regimes: readonly string[],
): string {
  const width = names.length + 5;
  const lines = [
    csvLine([
      'time_utc',
      'open',
      'high',
      'low',
      'close',
      'volume',
      ...names,
      'forecast',
      'regime',
      'confidence',
      'signal',
      'round_trip_cost',
    ]),
  ];
  for (let k = 0; k * width < expected.length; k++) {
    const row = from + k;
    const own = expected.subarray(k * width, (k + 1) * width);
    const n = names.length;
    const text = (value: number) => (Number.isFinite(value) ? value : '');
    lines.push(
      csvLine([
        new Date(candles.time[row]!).toISOString(),
        candles.open[row]!,
        candles.high[row]!,
        candles.low[row]!,
        candles.close[row]!,
        candles.volume[row]!,
        ...Array.from(own.subarray(0, n), text),
        text(own[n]!),
        regimes[own[n + 1]!]!,
        text(own[n + 2]!),
        own[n + 3]!,
        own[n + 4]!,
      ]),
    );
  }
  return lines.join('');
}
