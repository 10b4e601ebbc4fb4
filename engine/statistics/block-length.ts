import { autocovariances } from './autocovariance.ts';
import { isConstant } from './moments.ts';

/** Mean block lengths that minimize the mean squared error of a bootstrapped variance of the mean, in values. */
export interface BlockLengths {
  /** For the stationary bootstrap. */
  readonly stationary: number;
  /** For blocks of equal length on a circle. */
  readonly circular: number;
}

/**
 * Block lengths from the autocorrelations of at least one series of n values, each 1..max(1, ceil(min(3 sqrt n, n/3))); 1
 * for values that do not vary.
 *
 * m is the first lag from which on max(5, floor(log10 n)) autocorrelations in a row are below 2 sqrt(log10(n) / n); none
 * found, M = ceil(sqrt n) + that count, else M = min(2 max(m, 1), that). With the flat-top window l(k) = 1 up to M/2, then
 * 2 (1 - k/M): G = 2 sum l(k) k R(k), g = R(0) + 2 sum l(k) R(k), k = 1..M; b = (2 G^2 / D)^(1/3) n^(1/3), D = 2 g^2
 * (stationary) or 4/3 g^2 (circular).
 *
 * Source: Politis and White, Automatic Block-Length Selection for the Dependent Bootstrap, Econometric Reviews 23 (2004),
 * with the D of Patton, Politis and White's correction, ibid. 28 (2009).
 */
export function blockLengths(values: Float64Array): BlockLengths {
  const count = values.length;
  if (count < 3 || isConstant(values)) return { stationary: 1, circular: 1 };
  const run = Math.max(5, Math.floor(Math.log10(count)));
  const farthest = Math.ceil(Math.sqrt(count)) + run;
  const covariances = autocovariances(values, farthest);
  const variance = covariances[0]!;
  const bound = 2 * Math.sqrt(Math.log10(count) / count) * variance;

  let reach = farthest;
  for (let lag = 1, below = 0; lag < farthest; lag++) {
    below = Math.abs(covariances[lag]!) < bound ? below + 1 : 0;
    if (below === run) {
      reach = Math.min(2 * (lag - run + 1), farthest);
      break;
    }
  }

  let slope = 0;
  let level = variance;
  for (let lag = 1; lag <= reach; lag++) {
    const weight = lag <= reach / 2 ? 1 : 2 * (1 - lag / reach);
    slope += 2 * weight * lag * covariances[lag]!;
    level += 2 * weight * covariances[lag]!;
  }
  const longest = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(count), count / 3)));
  const clipped = (d: number) => {
    const length = Math.cbrt(((2 * slope * slope) / (d * level * level)) * count);
    return length >= 1 ? Math.min(length, longest) : 1;
  };
  return { stationary: clipped(2), circular: clipped(4 / 3) };
}
