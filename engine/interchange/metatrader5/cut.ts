import { EngineError } from '../../contract/errors.ts';
import { timeframeMs } from '../../contract/timeframe.ts';
import type { Candles } from '../../market/candles.ts';
import type { DayStart } from '../../market/time/day-start.ts';
import { barStart, hasDayStart } from '../../market/time/day-start.ts';

/** Newest bars that say how a series is cut. */
const LOOKED_AT = 300;

/**
 * By which clock bars above an hour are cut, so that a server with this clock has the same ones; null where there are none.
 * @throws EngineError `invalid-input` for bars that are cut in a way that no server has
 */
export function cutOf(series: readonly Candles[]): DayStart | null {
  const cuts = series.filter(({ timeframe }) => hasDayStart(timeframe));
  if (cuts.length === 0) return null;
  const fits = (clock: DayStart) => cuts.every((one) => isCutBy(one, clock));
  if (fits('new_york')) return 'new_york';
  if (fits('utc')) return 'utc';
  const names = cuts.map(({ timeframe }) => timeframe).join(' and ');
  throw new EngineError(
    'invalid-input',
    `The ${names} bars that the model was trained on begin neither with New York's trading day nor at 00:00 UTC, so that no server has the same ones. Import an export of the terminal, train the configuration on it, and export that.`,
  );
}

function isCutBy({ time, timeframe, length }: Candles, clock: DayStart): boolean {
  const step = timeframeMs(timeframe);
  for (let row = Math.max(0, length - LOOKED_AT); row < length; row++) {
    if (barStart(time[row]! + step / 2, timeframe, clock) !== time[row]) return false;
  }
  return true;
}
