import type { Prng } from '../../random/prng.ts';
import { MOST_DRAWS, type OneSideState, type RowValues } from './row-values.ts';
import { fillAscending, shareOf } from './sampling.ts';

/** Which rows a boosting round learns from. */
export type RowSampling =
  /** A share of the rows without replacement, drawn anew every `every` rounds; 1: all rows. */
  | { readonly kind: 'bagging'; readonly fraction: number; readonly every: number }
  /**
   * Gradient-based one-side sampling (Ke et al. 2017, algorithm 2): the `topRate` rows with the largest gradients, and of
   * the others `otherRate` of all rows, weighted up to stand for the rest. The first `warmUp` rounds use all rows.
   */
  | { readonly kind: 'goss'; readonly topRate: number; readonly otherRate: number; readonly warmUp: number };

/**
 * Fewest rows that one-side sampling is worth it for. Below, it raises the error on noisy and on categorical data by several
 * percent, for seconds that a fit does not take.
 */
export const LEAST_GOSS_ROWS = 100_000;

/** How rows are sampled where there are so many: all of them, where one-side sampling would cost more than it saves. */
export function samplingOf(sampling: RowSampling, rowCount: number): RowSampling {
  const pays = sampling.kind !== 'goss' || rowCount >= LEAST_GOSS_ROWS;
  return pays ? sampling : { kind: 'bagging', fraction: 1, every: 1 };
}

/** A tree's rows, and what is known of each: `Workspace` in part. */
interface SampledRows {
  readonly rowCount: number;
  readonly rows: Uint32Array;
  readonly values: RowValues;
}

export interface RowSampler {
  /**
   * Writes the round's rows, ascending, to the front of the tree's and returns their count. Weighted rows have their gradient
   * and hessian multiplied.
   */
  draw(round: number): number;
}

export function createRowSampler(sampling: RowSampling, sampled: SampledRows, prng: Prng): RowSampler {
  return sampling.kind === 'bagging'
    ? bagging(sampling.fraction, sampling.every, sampled, prng)
    : goss(sampling.topRate, sampling.otherRate, sampling.warmUp, sampled, prng);
}

function bagging(fraction: number, every: number, sampled: SampledRows, prng: Prng): RowSampler {
  const { rowCount, rows } = sampled;
  const count = shareOf(rowCount, fraction);
  const bag = new Uint32Array(count);
  fillAscending(bag);
  return {
    draw(round) {
      if (count < rowCount && round % every === 0) {
        sampleAscending(sampled, count, prng);
        bag.set(rows.subarray(0, count));
      } else rows.set(bag);
      return count;
    },
  };
}

/** Draws `count` of the rows without replacement, ascending, into the front of the tree's. */
function sampleAscending({ values }: SampledRows, count: number, prng: Prng): void {
  let taken = 0;
  for (let from = 0; taken < count; ) {
    // At least as many draws are to come as rows are missing.
    const draws = Math.min(count - taken, MOST_DRAWS);
    prng.floats(values.draws, draws);
    taken += values.sampleRows(draws, from, count - taken, taken);
    from += draws;
  }
}

function goss(
  topRate: number,
  otherRate: number,
  warmUp: number,
  { rowCount, rows, values }: SampledRows,
  prng: Prng,
): RowSampler {
  const top = shareOf(rowCount, topRate);
  const others = Math.min(shareOf(rowCount, otherRate), rowCount - top);
  const all = new Uint32Array(rowCount);
  fillAscending(all);
  return {
    draw(round) {
      if (round < warmUp || others === 0) {
        rows.set(all);
        return rowCount;
      }
      const { threshold, small } = values.largest(top);
      const needed = Math.min(others, small);
      const weight = small / needed;
      const state: OneSideState = { count: 0, small, needed };
      for (let row = 0; row < rowCount; ) {
        // One for each row below the threshold.
        const draws = Math.min(state.small, MOST_DRAWS);
        prng.floats(values.draws, draws);
        // Rows above it need none, but a stretch ends with its draws.
        row = values.oneSide(row, Math.max(1, draws), threshold, weight, state);
      }
      return state.count;
    },
  };
}
