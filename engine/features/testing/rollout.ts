import { timeframeMs } from '../../contract/timeframe.ts';
import { type Candles, sliceCandles } from '../../market/candles.ts';
import { emptyCandles } from '../../market/testing/random-candles.ts';
import { nextBarTime } from '../../market/time/calendar.ts';
import { buildFeatures, type FeatureRequest, rollFeatures } from '../build.ts';
import { MAX_ROLLOUT_STEPS } from '../matrix.ts';
import { uniform } from './candles.ts';

/**
 * Rolls the last `count` bars of the request forward with random returns and compares every feature of every step with
 * the features of candles to which the same synthetic bars were appended by the plain rule of the design. Gives a line
 * per value that differs by more than 1e-9 of the feature's size.
 */
export function rolloutDifferences(request: FeatureRequest, count: number): string[] {
  const { candles } = request;
  const first = candles.length - count;
  const { matrix, rollout } = rollFeatures(request, {
    lanes: { first, count },
    nextBarTime: (time) => nextBarTime(time, candles.timeframe),
  });
  const random = uniform(99);
  const returns = Array.from({ length: MAX_ROLLOUT_STEPS }, () =>
    Float64Array.from({ length: count }, () => 4e-3 * (random() - 0.5)),
  );
  const expected = Array.from({ length: count }, (_, lane) => {
    const own = first + lane;
    const extended = appendBars(
      sliceCandles(candles, 0, own + 1),
      returns.map((step) => step[lane]!),
    );
    const higher = closedHigher(request, own);
    const recomputed = buildFeatures({ ...request, candles: extended, higher }).matrix.columns;
    return recomputed.map((column) => column.subarray(own));
  });
  const sizes = matrix.columns.map((column) =>
    column.subarray(matrix.firstValid).reduce((size, value) => Math.max(size, Math.abs(value)), 0),
  );
  const differences: string[] = [];
  const compare = (step: number, relative: number) => {
    rollout.columns.forEach((column, j) => {
      column.forEach((value, lane) => {
        const wanted = expected[lane]![j]![step]!;
        if (Math.abs(value - wanted) <= relative * Math.max(sizes[j]!, Math.abs(wanted))) return;
        differences.push(`${matrix.names[j]}, lane ${lane}, step ${step}: ${value} instead of ${wanted}`);
      });
    });
  };
  // Rolled twice: nothing of the first time may be left after a reset.
  for (let run = 0; run < 2; run++) {
    if (run === 0) compare(0, 0);
    else rollout.reset();
    for (let step = 1; step <= MAX_ROLLOUT_STEPS; step++) {
      rollout.advance(returns[step - 1]!);
      compare(step, 1e-9);
    }
  }
  return differences;
}

/** Higher bars as they were known at the close of bar `own`. */
function closedHigher({ candles, higher }: FeatureRequest, own: number): FeatureRequest['higher'] {
  const now = candles.time[own]! + timeframeMs(candles.timeframe);
  return new Map(
    [...higher].map(([timeframe, bars]) => {
      const closed = bars.time.filter((time) => time + timeframeMs(timeframe) <= now).length;
      return [timeframe, sliceCandles(bars, 0, closed)];
    }),
  );
}

function appendBars(candles: Candles, returns: readonly number[]): Candles {
  const real = candles.length;
  const all = emptyCandles(real + returns.length, candles.timeframe);
  for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
    all[column].set(candles[column]);
  const meanOf = (from: number, value: (t: number) => number) => {
    let sum = 0;
    for (let t = from; t < from + 20; t++) sum += value(t);
    return sum / 20;
  };
  returns.forEach((r, k) => {
    const t = real + k;
    const range = meanOf(t - 20, (i) => all.high[i]! - all.low[i]!);
    all.time[t] = nextBarTime(all.time[t - 1]!, candles.timeframe);
    all.open[t] = all.close[t - 1]!;
    all.close[t] = all.open[t]! * Math.exp(r);
    all.high[t] = Math.max(all.open[t]!, all.close[t]) + range / 4;
    all.low[t] = Math.min(all.open[t]!, all.close[t]) - range / 4;
    all.volume[t] = meanOf(real - 20, (i) => all.volume[i]!);
  });
  return all;
}
