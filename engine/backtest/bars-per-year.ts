import { lowerBound } from '../market/candles.ts';

const YEAR_MS = 365 * 86_400_000;

/**
 * Bars a market has a year, counted, not assumed: openings within the 365 days before `end`. Where the data begins later,
 * those since its first opening, scaled to 365 days. NaN where no bar opens before `end`.
 *
 * @param time opening times, ms, ascending
 * @param end of the evaluated window, ms
 */
export function barsPerYear(time: Float64Array, end: number): number {
  const before = lowerBound(time, end);
  if (before === 0) return Number.NaN;
  const yearAgo = end - YEAR_MS;
  if (time[0] <= yearAgo) return before - lowerBound(time, yearAgo);
  return (before * YEAR_MS) / (end - time[0]);
}
