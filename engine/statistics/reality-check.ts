import { longRunVariance } from './long-run-variance.ts';
import { meanOf } from './moments.ts';
import { drawStationaryPath, type Uniform } from './stationary-bootstrap.ts';

/**
 * Chance of a best mean like the observed one if no strategy beats the benchmark, by what is taken for the mean of
 * strategies that did worse than it.
 */
export interface SuperiorityPs {
  /** They are as bad as they look: the smallest p. */
  readonly lower: number;
  /** Only those that fall short by more than chance allows are: Hansen's p. */
  readonly consistent: number;
  /** All are as good as the benchmark: the largest p; White's reality check. */
  readonly upper: number;
}

export interface SuperiorityOptions {
  /** Mean block of the stationary bootstrap, values, at least 1. */
  readonly meanBlock: number;
  readonly resamples: number;
  readonly random: Uniform;
}

/**
 * Reality check of `strategies` series of differences to a benchmark (its returns subtracted; the returns themselves against 0),
 * one after the other in `differences`. The statistic is the largest mean d_k; a resample's is the largest
 * d*_k - g_k; p = share of resamples above the observed one. g: lower max(0, d_k), upper d_k, consistent d_k where
 * d_k >= -sqrt(2 ln ln T * w_k^2 / T), else 0, w_k^2 the long-run variance with the same mean block.
 * Sources: White, A Reality Check for Data Snooping, Econometrica 68 (2000); centering: Hansen 2005, see below.
 */
export function realityCheck(
  differences: Float64Array,
  strategies: number,
  options: SuperiorityOptions,
): SuperiorityPs {
  return compare(differences, strategies, options, false);
}

/**
 * Test for superior predictive ability: as `realityCheck`, each mean in units of its error w_k / sqrt(T), so that a
 * wild strategy hides no steady one; the statistic is at least 0, and p is 1 where no mean is above 0. A strategy that does not vary takes no part.
 * Source: Hansen, A Test for Superior Predictive Ability, Journal of Business & Economic Statistics 23 (2005).
 */
export function superiorPredictiveAbility(
  differences: Float64Array,
  strategies: number,
  options: SuperiorityOptions,
): SuperiorityPs {
  return compare(differences, strategies, options, true);
}

function compare(
  differences: Float64Array,
  strategies: number,
  { meanBlock, resamples, random }: SuperiorityOptions,
  studentized: boolean,
): SuperiorityPs {
  const days = Math.floor(differences.length / strategies);
  const slack = Math.sqrt(2 * Math.max(0, Math.log(Math.log(days))));
  const means = new Float64Array(strategies);
  const scales = new Float64Array(strategies);
  /** What a resampled mean is reduced by: lower, consistent, upper. */
  const centers = [0, 1, 2].map(() => new Float64Array(strategies));
  let observed = studentized ? 0 : -Infinity;
  for (let k = 0; k < strategies; k++) {
    const series = differences.subarray(k * days, (k + 1) * days);
    const mean = meanOf(series);
    const error = Math.sqrt(Math.max(0, longRunVariance(series, meanBlock)) / days);
    means[k] = mean;
    scales[k] = !studentized ? 1 : error > 0 ? 1 / error : 0;
    centers[0]![k] = Math.max(0, mean);
    centers[1]![k] = mean >= -slack * error ? mean : 0;
    centers[2]![k] = mean;
    observed = Math.max(observed, mean * scales[k]!);
  }

  // Losers that are as bad as they look have no resample above 0 either, which would read as a p of 0.
  if (studentized && observed === 0) return { lower: 1, consistent: 1, upper: 1 };

  const path = new Int32Array(days);
  const above = [0, 0, 0];
  for (let resample = 0; resample < resamples; resample++) {
    drawStationaryPath(path, days, meanBlock, random);
    for (let k = 0; k < strategies; k++) means[k] = resampledMean(differences, k * days, path);
    for (let c = 0; c < centers.length; c++) {
      let largest = studentized ? 0 : -Infinity;
      const center = centers[c]!;
      for (let k = 0; k < strategies; k++) {
        const statistic = (means[k]! - center[k]!) * scales[k]!;
        if (statistic > largest) largest = statistic;
      }
      if (largest > observed) above[c]!++;
    }
  }
  const [lower, consistent, upper] = above.map((count) => count / resamples);
  return { lower: lower!, consistent: consistent!, upper: upper! };
}

function resampledMean(values: Float64Array, start: number, path: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < path.length; i++) sum += values[start + path[i]!]!;
  return sum / path.length;
}
