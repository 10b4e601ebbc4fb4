import { timeframeMs } from '../contract/timeframe.ts';
import { warmupBars } from '../features/warmup.ts';
import { type Candles, candlesWithin, lowerBound, sliceCandles } from '../market/candles.ts';
import { decodeModelFile, type ModelFile } from '../models/codec.ts';
import { type BatchContext, createContext, testedRegime } from './context.ts';
import { ALL_BARS } from './evaluation-table.ts';
import type { ContextSpec, LoadedContext } from './job.ts';
import { storedModelIn } from './target-model.ts';
import type { TraceJob } from './trace.ts';

/** Dates that the future is cut off at. */
export const CUTS = 20;

/** Lengths of history before the evaluated bars, as multiples of what the run saw. */
export const WARMUP_FACTORS = [1 / 4, 4] as const;

/** A feature may differ by this part of its standard deviation: smoothers forget where they began to about 1e-9. */
const TOLERANCE = 1e-6;

export interface LookaheadJob extends TraceJob {
  /** The series of the context from their first bar on, whatever of them the model saw; ends as the context does. */
  readonly history: Pick<LoadedContext, 'candles' | 'higher'>;
}

/** A value that depends on what it must not depend on. */
export interface Difference {
  /** A feature's name, `forecast`, `confidence` or `signal`. */
  readonly what: string;
  /** Opening time of its bar, ms UTC. */
  readonly time: number;
  /** As the run has it, and as it comes out otherwise; NaN where there is none. */
  readonly was: number;
  readonly is: number;
}

export interface WarmupCheck {
  readonly factor: number;
  /**
   * Bars before the first evaluated one: those of the run, and those of this check: fewer than asked for where the data begins, more
   * where that is less than any run is given.
   */
  readonly bars: number;
  readonly checked: number;
  /** The first feature that differs by more than a millionth of its standard deviation. */
  readonly difference: Difference | null;
  /** Largest difference of all features, as a part of their standard deviation. */
  readonly largest: number;
  /** Bars whose signal is another. */
  readonly signals: number;
}

export interface LookaheadReport {
  readonly modelKey: string;
  /** Closing times of the bars after which nothing was known, ms UTC. */
  readonly cuts: readonly number[];
  /** Values compared with the future cut off. */
  readonly compared: number;
  /** The first that is another bit, and the cut after which it is; null: none. */
  readonly lookahead: (Difference & { readonly cut: number }) | null;
  readonly warmup: readonly WarmupCheck[];
  /** Evaluated bars. */
  readonly bars: number;
  /** Features that count from where their view begins, such as on-balance volume in units of volume: no check of warm-up is due. */
  readonly anchored: readonly string[];
}

/** Everything that a model does on the evaluated bars, from their first one on. */
interface Course {
  readonly context: BatchContext;
  readonly firstRow: number;
  readonly forecast: Float64Array;
  readonly confidence: Float64Array;
  readonly signal: Int8Array;
}

/**
 * Whether a stored model knew anything that it could not know. Features, forecasts, confidence and signals of its strategy are computed
 * again with the future cut off at dates spread over the evaluated bars: every bar up to a cut must come out to the bit. Then with
 * a quarter of the history before the evaluated bars and with four times as much: features must not depend on where it begins.
 * @throws EngineError `artifact-damaged` or `artifact-newer` for a model file that can't be read
 */
export function checkLookahead(job: LookaheadJob): LookaheadReport {
  const { context: loaded } = job;
  const file = decodeModelFile(job.model, job.file);
  const follow = (part: LoadedContext) => followed(createContext(part), file, job);
  const whole = follow(loaded);
  const { candles } = loaded;
  const bars = whole.forecast.length;
  const cutRows = Array.from(
    { length: CUTS },
    (_, k) => whole.firstRow + Math.floor(((k + 1) * bars) / (CUTS + 1)),
  );
  const cuts = cutRows.map((row) => candles.time[row]! + timeframeMs(candles.timeframe));

  let compared = 0;
  let lookahead: LookaheadReport['lookahead'] = null;
  for (const [k, cut] of cuts.entries()) {
    const part = follow(cutOff(loaded, cut));
    const { count, difference } = compareUpTo(whole, part, cutRows[k]!, job.alone !== null);
    compared += count;
    if (difference === null) continue;
    lookahead = { ...difference, cut };
    break;
  }
  const anchored = new Set<string>();
  const warmup = WARMUP_FACTORS.map((factor) => checkWarmup(job, whole, factor, follow, anchored));
  return { modelKey: file.modelKey, cuts, compared, lookahead, warmup, bars, anchored: [...anchored] };
}

function followed(
  context: BatchContext,
  file: ModelFile,
  { strategyIndex, alone }: Pick<TraceJob, 'strategyIndex' | 'alone'>,
): Course {
  const segment = alone === null ? ALL_BARS : 1 + testedRegime(context, alone);
  const model = storedModelIn(context, file);
  const traces = context.evaluator.evaluateOne(model, context.strategies[strategyIndex]!, segment);
  return {
    context,
    firstRow: traces[0]!.firstRow,
    forecast: Float64Array.from(traces.flatMap(({ forecast }) => [...forecast])),
    confidence: Float64Array.from(traces.flatMap(({ confidence }) => [...confidence])),
    signal: Int8Array.from(traces.flatMap(({ signal }) => [...signal])),
  };
}

/** What was known at a time: bars that had closed by then. */
function cutOff({ spec, candles, higher }: LoadedContext, cut: number): LoadedContext {
  const windows = spec.evaluation.windows
    .filter(({ from }) => from < cut)
    .map((window) => ({ ...window, to: Math.min(window.to, cut) }));
  return {
    spec: { ...spec, evaluation: { ...spec.evaluation, windows } },
    candles: candlesWithin(candles, { to: cut }),
    higher: higher.map((series) => candlesWithin(series, { to: cut })),
  };
}

/** Both have the same first row. */
function compareUpTo(
  whole: Course,
  part: Course,
  lastRow: number,
  alone: boolean,
): { readonly count: number; readonly difference: Difference | null } {
  const { matrix } = whole.context.features;
  const { time } = whole.context.candles;
  let count = 0;
  const compare = (
    what: string,
    was: ArrayLike<number>,
    is: ArrayLike<number>,
    from: number,
    to: number,
    rowOf: number,
  ): Difference | null => {
    for (let i = from; i <= to; i++) {
      count++;
      if (Object.is(was[i], is[i])) continue;
      return { what, time: time[rowOf + i]!, was: was[i]!, is: is[i] ?? Number.NaN };
    }
    return null;
  };
  for (const [j, name] of matrix.names.entries()) {
    const is = part.context.features.matrix.columns[j]!;
    const difference = compare(name, matrix.columns[j]!, is, 0, lastRow, 0);
    if (difference !== null) return { count, difference };
  }
  const last = lastRow - whole.firstRow;
  const series = [
    ['forecast', whole.forecast, part.forecast, last],
    ['confidence', whole.confidence, part.confidence, last],
    // Alone in a regime, the last signal of a span is filled by nobody and left out.
    ['signal', whole.signal, part.signal, alone ? last - 1 : last],
  ] as const;
  for (const [what, was, is, to] of series) {
    const difference = compare(what, was, is, 0, to, whole.firstRow);
    if (difference !== null) return { count, difference };
  }
  return { count, difference: null };
}

function checkWarmup(
  { context: loaded, history }: LookaheadJob,
  whole: Course,
  factor: number,
  follow: (part: LoadedContext) => Course,
  anchored: Set<string>,
): WarmupCheck {
  const bars = whole.firstRow;
  const evaluatedFrom = loaded.candles.time[whole.firstRow]!;
  const before = lowerBound(history.candles.time, evaluatedFrom);
  const wanted = history.candles.time[Math.max(0, before - Math.round(bars * factor))]!;
  const from = Math.min(wanted, settledFrom(loaded.spec, history, evaluatedFrom));
  const first = lowerBound(history.candles.time, from);
  const begun = (series: Candles) => sliceCandles(series, lowerBound(series.time, from), series.length);
  const other = follow({
    spec: loaded.spec,
    candles: begun(history.candles),
    higher: history.higher.map(begun),
  });

  let largest = 0;
  let difference: Difference | null = null;
  const { names, columns } = whole.context.features.matrix;
  for (const [j, name] of names.entries()) {
    const was = columns[j]!.subarray(whole.firstRow);
    const is = other.context.features.matrix.columns[j]!.subarray(other.firstRow);
    const unit = deviation(was);
    const compared = compareWithin(was, is, unit);
    if (compared === null) continue;
    if (isShift(was, is, unit)) {
      anchored.add(name);
      continue;
    }
    largest = Math.max(largest, compared.largest);
    if (compared.first < 0) continue;
    const i = compared.first;
    difference ??= { what: name, time: loaded.candles.time[whole.firstRow + i]!, was: was[i]!, is: is[i]! };
  }
  let signals = 0;
  whole.signal.forEach((signal, i) => {
    if (signal !== other.signal[i]) signals++;
  });
  return { factor, bars, checked: before - first, difference, largest, signals };
}

/** From when on there must be bars for features to have settled by a time: no run is given fewer, so none is checked on fewer. */
function settledFrom(
  { encoder, indicatorTimeframes }: ContextSpec,
  { candles, higher }: LookaheadJob['history'],
  by: number,
): number {
  const warmup = warmupBars(encoder, indicatorTimeframes, candles.timeframe);
  const starts = [candles, ...higher].map(({ time, timeframe }) => {
    const used = lowerBound(time, by) - 1;
    return time[Math.max(0, used - (warmup.get(timeframe) ?? 0))]!;
  });
  return Math.min(...starts);
}

/** Null: the same to the bit. `first`: position of the first value beyond the tolerance, -1 where there is none. */
function compareWithin(
  was: Float64Array,
  is: Float64Array,
  unit: number,
): { readonly largest: number; readonly first: number } | null {
  let largest = 0;
  let first = -1;
  let same = true;
  for (let i = 0; i < was.length; i++) {
    if (Object.is(was[i], is[i])) continue;
    same = false;
    const off = Number.isNaN(is[i]) ? Number.POSITIVE_INFINITY : Math.abs(was[i]! - is[i]!) / unit;
    largest = Math.max(largest, off);
    if (off > TOLERANCE && first < 0) first = i;
  }
  return same ? null : { largest, first };
}

/** Whether two columns differ by one number throughout. */
function isShift(was: Float64Array, is: Float64Array, unit: number): boolean {
  const shift = was[0]! - is[0]!;
  if (!(Math.abs(shift) > TOLERANCE * unit)) return false;
  return was.every((value, i) => Math.abs(value - is[i]! - shift) <= TOLERANCE * unit);
}

/** Standard deviation; of a constant its size, or 1. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return spread > 0 ? spread : Math.abs(mean) || 1;
}
