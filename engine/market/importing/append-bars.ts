import { EngineError } from '../../contract/errors.ts';
import { timeframeMs } from '../../contract/timeframe.ts';
import { type Candles, lowerBound, pickCandles } from '../candles.ts';
import { hasDayStart } from '../time/day-start.ts';
import { timeText } from '../time/time-text.ts';
import { type JoinedSeries, type JoinJob, joinSeries } from './join-series.ts';

/** Bars of a program that sends them as they close. */
export interface AppendJob extends Omit<JoinJob, 'isUnattended' | 'replace' | 'weekend'> {
  readonly candles: Candles;
}

/** Bars that have closed, and opening times of those that have not, ms UTC. */
export interface ClosedBars {
  readonly closed: Candles;
  readonly unfinished: readonly number[];
}

const HOUR = 3_600_000;

/** A bar counts when it has closed by `now`, ms UTC: until then its close is not known. */
export function closedBars(candles: Candles, now: number): ClosedBars {
  const step = timeframeMs(candles.timeframe);
  const rows = Array.from(candles.time, (_, row) => row);
  const hasClosed = (row: number) => candles.time[row]! + step <= now;
  return {
    closed: pickCandles(candles, rows.filter(hasClosed)),
    unfinished: rows.filter((row) => !hasClosed(row)).map((row) => candles.time[row]!),
  };
}

/**
 * Joins bars with what is stored, by the same rules as those of a watched folder. Throws as `joinSeries`.
 * @throws EngineError `invalid-input` for a bar that overlaps one beside it: it is counted from another time
 */
export function appendBars({ candles, ...job }: AppendJob): JoinedSeries {
  const refuse = (joined: Candles) => refuseOverlap(joined, candles.time);
  return joinSeries(candles, { ...job, isUnattended: true }, 0, refuse);
}

function refuseOverlap({ symbol, timeframe, time }: Candles, times: Float64Array): void {
  // A day is an hour shorter where clocks are put forward.
  const least = timeframeMs(timeframe) - (hasDayStart(timeframe) ? HOUR : 0);
  for (const at of times) {
    const row = lowerBound(time, at);
    const beside = [row - 1, row + 1].map((one) => time[one]);
    const near = beside.find((other) => other !== undefined && Math.abs(other - at) < least);
    if (near === undefined) continue;
    throw new EngineError(
      'invalid-input',
      `The bar of ${timeText(at)} overlaps that of ${timeText(near)}: ${timeframe} bars of ${symbol} are further apart. Send the time at which a bar opens, in UTC or with its offset.`,
      { symbol, timeframe, at: new Date(at).toISOString() },
    );
  }
}
