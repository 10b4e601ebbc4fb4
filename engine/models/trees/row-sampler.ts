import type { Prng } from '../../random/prng.ts';
import { fillAscending, kthLargest, sampleAscending, shareOf } from './sampling.ts';

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

export interface RowSampler {
  /**
   * Writes the round's rows, ascending, to the front of `rows` and returns their count. Weighted rows have their gradient
   * and hessian multiplied.
   */
  draw(round: number, rows: Uint32Array, gradients: Float64Array, hessians: Float64Array): number;
}

export function createRowSampler(sampling: RowSampling, rowCount: number, prng: Prng): RowSampler {
  return sampling.kind === 'bagging'
    ? bagging(sampling.fraction, sampling.every, rowCount, prng)
    : goss(sampling.topRate, sampling.otherRate, sampling.warmUp, rowCount, prng);
}

function bagging(fraction: number, every: number, rowCount: number, prng: Prng): RowSampler {
  const bag = new Uint32Array(rowCount);
  fillAscending(bag);
  const count = shareOf(rowCount, fraction);
  return {
    draw(round, rows) {
      if (count < rowCount && round % every === 0) sampleAscending(bag, count, prng);
      rows.set(count < rowCount ? bag.subarray(0, count) : bag);
      return count;
    },
  };
}

function goss(topRate: number, otherRate: number, warmUp: number, rowCount: number, prng: Prng): RowSampler {
  const top = shareOf(rowCount, topRate);
  const others = Math.min(shareOf(rowCount, otherRate), rowCount - top);
  const magnitudes = new Float64Array(rowCount);
  const selected = new Float64Array(rowCount);
  const draws = new Float64Array(Math.min(rowCount, 1024));
  return {
    draw(round, rows, gradients, hessians) {
      if (round < warmUp || others === 0) {
        fillAscending(rows);
        return rowCount;
      }
      for (let i = 0; i < rowCount; i++) magnitudes[i] = Math.abs(gradients[i] * hessians[i]);
      selected.set(magnitudes);
      const threshold = kthLargest(selected, top);
      let small = 0;
      for (let i = 0; i < rowCount; i++) small += magnitudes[i] < threshold ? 1 : 0;
      let needed = Math.min(others, small);
      const weight = small / needed;
      let count = 0;
      let drawn = draws.length;
      for (let i = 0; i < rowCount; i++) {
        if (magnitudes[i] >= threshold) {
          rows[count++] = i;
          continue;
        }
        if (drawn === draws.length) {
          // One for each row below the threshold.
          prng.floats(draws, Math.min(small, draws.length));
          drawn = 0;
        }
        if (small * draws[drawn++] < needed) {
          rows[count++] = i;
          gradients[i] *= weight;
          hessians[i] *= weight;
          needed--;
        }
        small--;
      }
      return count;
    },
  };
}
