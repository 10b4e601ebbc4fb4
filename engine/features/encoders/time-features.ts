import { timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../../market/candles.ts';
import { LaneValues } from '../kernels/lane-values.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';
import type { Rolling } from '../rolling.ts';
import type { Feature, FeatureLanes } from './encoder.ts';

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday, four days after a Sunday. */
const FIRST_WEEKDAY = 4;

/** In the order of a matrix. */
export const TIME_FEATURES = [
  'bars_since_previous',
  'hour_sin',
  'hour_cos',
  'weekday_sin',
  'weekday_cos',
] as const;
export type TimeFeature = (typeof TIME_FEATURES)[number];

/** Of a bar's opening time, that of the bar before, and the length of a bar, all in ms. */
const TIME_FORMULAS: Readonly<Record<TimeFeature, (time: number, before: number, barMs: number) => number>> =
  {
    bars_since_previous: (time, before, barMs) => Math.log((time - before) / barMs),
    hour_sin: (time) => Math.sin(hourAngle(time)),
    hour_cos: (time) => Math.cos(hourAngle(time)),
    weekday_sin: (time) => Math.sin(weekdayAngle(time)),
    weekday_cos: (time) => Math.cos(weekdayAngle(time)),
  };

/** A feature of one bar's opening time and the one before it, both in ms since 1970-01-01 UTC. */
type TimeFormula = (time: number, before: number) => number;

/**
 * `bars_since_previous`: natural logarithm of the time since the previous bar opened, counted in bars (0 without a gap,
 * about 3.9 over a weekend of H1). Hour and weekday (UTC, of the bar's opening) as sine and cosine of their place
 * in the day and week, so that midnight is near 23:00 and Sunday near Saturday.
 */
export function timeFeatures(candles: Candles): Feature[] {
  const barMs = timeframeMs(candles.timeframe);
  return TIME_FEATURES.map((name) => {
    const formula = TIME_FORMULAS[name];
    return timeFeature(name, candles, (time, before) => formula(time, before, barMs));
  });
}

/** Stamps are whole numbers beyond 2^31, for which `%` is many times slower than this. */
function day(time: number): number {
  return Math.floor(time / DAY_MS);
}

function hourAngle(time: number): number {
  return (time / DAY_MS - day(time)) * 2 * Math.PI;
}

function weekdayAngle(time: number): number {
  return (((day(time) + FIRST_WEEKDAY) % 7) / 7) * 2 * Math.PI;
}

function timeFeature(name: string, { time, length }: Candles, formula: TimeFormula): Feature {
  const values = new Float64Array(length).fill(NaN);
  apply(formula, time.subarray(1), time.subarray(0, -1), values.subarray(1));
  return {
    name,
    values,
    rollout: (rolling) => timeLanes(formula, new LaneValues(values, rolling), rolling),
  };
}

function timeLanes(formula: TimeFormula, newest: LaneValues, rolling: Rolling): FeatureLanes {
  const synthetic = Array.from({ length: MAX_ROLLOUT_STEPS }, () => rolling.loops.floats(rolling.count));
  rolling.follow((at) => {
    const times = rolling.times(at);
    synthetic.forEach((out, k) => {
      apply(formula, times[k + 1], times[k], out);
    });
  });
  return {
    values: newest.values,
    reset() {},
    advance: (step) => rolling.loops.copy(synthetic[step - 1], newest.values),
  };
}

function apply(formula: TimeFormula, time: Float64Array, before: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = formula(time[i], before[i]);
}
