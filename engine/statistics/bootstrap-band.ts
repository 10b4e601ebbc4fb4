import { blockLengths } from './block-length.ts';
import { drawStationaryPath, type Uniform } from './stationary-bootstrap.ts';

/** How far a cumulated series may wander by chance: borders for each step by itself. */
export interface PointwiseBand {
  /** Per step, sums of the series up to it. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mean block, steps. */
  readonly meanBlock: number;
}

export interface BootstrapBandOptions {
  readonly random: Uniform;
  /** Share of the paths below each border and above it, 0.05 by default. */
  readonly tail?: number;
  /** 1,000 by default. */
  readonly paths?: number;
}

/**
 * Pointwise band of a cumulated series: `paths` series as long as it are drawn by the stationary bootstrap with the block of
 * `blockLengths`, and after each step `tail` of their sums lie below `low` and as many above `high` (of the sorted sums those at
 * floor(tail paths) from either end). A whole path leaves it more often than any one step does. Null for an empty series.
 * Source: Politis and Romano, The Stationary Bootstrap, JASA 89 (1994).
 */
export function bootstrapBand(
  values: Float64Array,
  { random, tail = 0.05, paths = 1000 }: BootstrapBandOptions,
): PointwiseBand | null {
  const steps = values.length;
  if (steps === 0) return null;
  const meanBlock = blockLengths(values).stationary;
  // By step, so that the sums of one step lie side by side.
  const sums = new Float64Array(steps * paths);
  const path = new Int32Array(steps);
  for (let one = 0; one < paths; one++) {
    drawStationaryPath(path, steps, meanBlock, random);
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      sum += values[path[step]!]!;
      sums[step * paths + one] = sum;
    }
  }
  const low = new Float64Array(steps);
  const high = new Float64Array(steps);
  const cut = Math.floor(tail * paths);
  for (let step = 0; step < steps; step++) {
    const sorted = sums.subarray(step * paths, (step + 1) * paths).sort();
    low[step] = sorted[cut]!;
    high[step] = sorted[paths - 1 - cut]!;
  }
  return { low, high, meanBlock };
}
