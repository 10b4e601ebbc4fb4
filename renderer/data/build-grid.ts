import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { go } from '../state/index.ts';

const DAY = 86_400_000;
/** Selection and holdout, and what indicators of a long timeframe need before the training window. */
const BESIDE_TRAINING = 90 + 30 + 30;
const DAYS_OF_HISTORY = [30, 60, 90, 180, 365, 730, 1825];

/** The two longest usual training windows that all of these series have bars for; none where they are too short. */
export function daysThatFit(series: readonly Pick<SeriesDto, 'first' | 'last'>[]): number[] {
  const shortest = Math.min(...series.map(({ first, last }) => (Date.parse(last) - Date.parse(first)) / DAY));
  return DAYS_OF_HISTORY.filter((days) => days + BESIDE_TRAINING <= shortest).slice(-2);
}

/** Opens the form for a new grid with these markets, and days of history that their data can give. */
export function buildGridWith(
  series: readonly Pick<SeriesDto, 'symbol' | 'timeframe' | 'first' | 'last'>[],
): void {
  const each = (values: readonly (string | number)[]) => [...new Set(values)].join(',');
  go('queue', {
    new: '1',
    symbols: each(series.map(({ symbol }) => symbol)),
    timeframes: each(series.map(({ timeframe }) => timeframe)),
    days: each(daysThatFit(series)),
  });
}
