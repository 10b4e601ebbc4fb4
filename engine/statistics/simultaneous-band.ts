import { blockLengths } from './block-length.ts';
import { momentsOf } from './moments.ts';
import { drawStationaryPath, type Uniform } from './stationary-bootstrap.ts';

/** The first day on which a forward test is held against the band: shorter sums say too little. */
export const FIRST_BAND_DAY = 20;

/** Lower border that a forward test of `days` days stays above on all days at once, if it is as good as promised. */
export interface SimultaneousBand {
  readonly days: number;
  /** Of the promised daily results. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** The border in standard deviations of a sum of independent days, below 0. */
  readonly critical: number;
  /** Mean block, days. */
  readonly meanBlock: number;
}

export interface SimultaneousBandOptions {
  /** How many days the forward test may run, at least `FIRST_BAND_DAY`. */
  readonly days: number;
  readonly random: Uniform;
  /** Share of the paths that may leave the band, 0.05 by default. */
  readonly level?: number;
  /** 2,000 by default. */
  readonly paths?: number;
}

/**
 * Band from daily results (log returns, as walk-forward stitched them). A path draws `days` results by the stationary bootstrap; its
 * lowest standardized sum is min over k = 20..days of (sum of k days - k mean) / (sd sqrt k). `critical` is the `level`
 * quantile of that over all paths (the smallest of which at most that share lies below), so the whole path stays inside
 * with the chance 1 - level: a border for each day by itself is left by a healthy model in every fourth quarter.
 * Null for results that do not vary, or a test shorter than 20 days.
 * Source: the maximum over the path as in Montiel Olea and Plagborg-Møller, Simultaneous Confidence Bands, Journal of
 * Applied Econometrics 34 (2019), with the stationary bootstrap of Politis and Romano 1994.
 */
export function simultaneousBand(
  dailyResults: Float64Array,
  { days, random, level = 0.05, paths = 2000 }: SimultaneousBandOptions,
): SimultaneousBand | null {
  const moments = momentsOf(dailyResults);
  if (moments === null || days < FIRST_BAND_DAY) return null;
  const { mean, standardDeviation } = moments;
  const meanBlock = blockLengths(dailyResults).stationary;
  const roots = Float64Array.from({ length: days + 1 }, (_, day) => Math.sqrt(day));
  const path = new Int32Array(days);
  const lowest = new Float64Array(paths);
  for (let one = 0; one < paths; one++) {
    drawStationaryPath(path, dailyResults.length, meanBlock, random);
    let sum = 0;
    let low = Infinity;
    for (let day = 1; day <= days; day++) {
      sum += dailyResults[path[day - 1]!]! - mean;
      if (day >= FIRST_BAND_DAY && sum < low * roots[day]!) low = sum / roots[day]!;
    }
    lowest[one] = low / standardDeviation;
  }
  lowest.sort();
  const critical = lowest[Math.floor(level * paths)]!;
  return { days, mean, standardDeviation, critical, meanBlock };
}

/** The band's border for the sum of the first `day` days, in log return; null before day 20 and beyond the band's days. */
export function bandBorder(band: SimultaneousBand, day: number): number | null {
  if (day < FIRST_BAND_DAY || day > band.days) return null;
  return day * band.mean + band.critical * band.standardDeviation * Math.sqrt(day);
}
