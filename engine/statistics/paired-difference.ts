import { EngineError } from '../contract/errors.ts';
import { blockLengths } from './block-length.ts';
import { longRunVariance } from './long-run-variance.ts';
import { meanOf } from './moments.ts';
import { drawStationaryPath, type Uniform } from './stationary-bootstrap.ts';

/** How much one series lies above another on the same bars or days. */
export interface PairedDifference {
  /** Mean of a - b, unit of the values. */
  readonly mean: number;
  /** Its standard error, from the long-run variance. */
  readonly error: number;
  /** Interval that holds the true mean with the given confidence. */
  readonly low: number;
  readonly high: number;
  /** `better` where the interval lies above 0, `worse` below it, else `not worse`. */
  readonly judgement: 'better' | 'not worse' | 'worse';
  /** Mean block, values. */
  readonly meanBlock: number;
}

export interface PairedDifferenceOptions {
  readonly random: Uniform;
  /** 0.95 by default. */
  readonly confidence?: number;
  /** 2,000 by default. */
  readonly resamples?: number;
}

/**
 * Compares two series of equal length, such as net returns of two models on the same days, by the mean of their
 * differences with an interval of the stationary bootstrap: the quantiles of the resampled means (percentile method, Efron
 * 1979; Politis and Romano 1994), blocks as `blockLengths` has them for the differences. Pairing cancels what both have in common.
 *
 * @throws EngineError `internal` for series of different or no length
 */
export function pairedDifference(
  a: Float64Array,
  b: Float64Array,
  { random, confidence = 0.95, resamples = 2000 }: PairedDifferenceOptions,
): PairedDifference {
  if (a.length !== b.length || a.length === 0) {
    throw new EngineError(
      'internal',
      `Expected two series of the same length, found ${a.length} and ${b.length} values.`,
    );
  }
  const differences = a.map((value, i) => value - b[i]!);
  const count = differences.length;
  const meanBlock = blockLengths(differences).stationary;
  const path = new Int32Array(count);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    drawStationaryPath(path, count, meanBlock, random);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += differences[path[i]!]!;
    means[resample] = sum / count;
  }
  means.sort();
  const outside = Math.floor(((1 - confidence) / 2) * resamples);
  const low = means[outside]!;
  const high = means[resamples - 1 - outside]!;
  return {
    mean: meanOf(differences),
    error: Math.sqrt(Math.max(0, longRunVariance(differences, meanBlock)) / count),
    low,
    high,
    judgement: low > 0 ? 'better' : high < 0 ? 'worse' : 'not worse',
    meanBlock,
  };
}
