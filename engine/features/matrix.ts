import type { LinearTerms } from './kernels/weighted-sum.ts';

/**
 * Features of one symbol, timeframe and encoder: one column per feature, one row per bar of the candles they
 * were computed from (same indices). Rows before `firstValid` hold NaN in some column; from there on all are finite.
 */
export interface FeatureMatrix {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  readonly firstValid: number;
  /**
   * Rows [firstValid, fitEnd) precede the selection window: everything that is estimated from features without
   * a label (centers, quantile bins) may look at these and no later ones.
   */
  readonly fitEnd: number;
  /**
   * Of a matrix that is the beginning of a longer one: that one, so that what is summed up from rows of both is summed up once. Linear
   * models shift features by what `centers` averages then.
   */
  readonly part?: {
    readonly whole: FeatureMatrix;
    /** Rows whose mean is a feature's shift, before `fitEnd`; the same for most parts. */
    readonly centers: { readonly from: number; readonly to: number };
  };
}

/** Synthetic bars a lane may be extended by (docs/definitions.md, "Synthetic bars"). */
export const MAX_ROLLOUT_STEPS = 12;

/** Consecutive bars that are rolled forward side by side, each from its own last known bar. */
export interface Lanes {
  /** Row of lane 0; lane i starts at row first + i. */
  readonly first: number;
  readonly count: number;
}

/**
 * Features of bars that have not happened: each lane starts at its own bar and is extended by synthetic bars
 * (docs/definitions.md, "Synthetic bars"). Many lanes are rolled forward in blocks, one after the other.
 */
export interface FeatureRollout {
  /** Lanes of each block, all as many, counted from the first of all; the last may begin within the one before. */
  readonly blocks: readonly Lanes[];
  /** Goes to a block, by its position; `columns` is another array then. The first one to begin with. */
  place(block: number): void;
  /**
   * Column j holds feature j of the newest bar of every lane of the block: a synthetic one after `advance`, the real one until the first of them.
   * After `reset` it says nothing of either until `advance`.
   */
  readonly columns: readonly Float64Array[];
  /** Per column, 1 if no synthetic bar changes it. */
  readonly held: Uint8Array;
  /** Back to every lane's own bar, as far as synthetic ones are made from it: columns are written by `advance`. */
  reset(): void;
  /** Appends one synthetic bar per lane whose log return (close to close) is `logReturns[lane]`; at most 12 times. */
  advance(logReturns: Float64Array): void;
  /** out[lane] = a linear prediction from the columns. */
  weightedSum(terms: LinearTerms, out: Float64Array): void;
}
