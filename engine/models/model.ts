import type { z } from 'zod';
import type { FeatureMatrix, FeatureRollout } from '../features/matrix.ts';

/** Rows from `from` up to but without `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** What a model learns: a return as such, or the probability of class 1 of two. */
export type ModelTask = 'returns' | 'classes';

/** `balanced`: each class weighs as much as the other, rows n / (2 n_c) each. */
export type ClassWeight = 'none' | 'balanced';

/** What one member is fitted on. */
export interface TrainingSet {
  readonly features: FeatureMatrix;
  /**
   * Label of every row of the matrix. For returns in log return, finite on every row of `train` and `leftOut`; for classes 0 or 1
   * on every row of `train`, and of `leftOut` where there is a label, NaN elsewhere. The same array object is passed for all
   * configurations that share matrix and labels, so work on it can be shared, too.
   */
  readonly labels: Float64Array;
  /** Rows to learn from: ascending, disjoint, not empty. */
  readonly train: readonly RowRange[];
  /** The block this member leaves out (already purged from `train`): for early stopping, never for fitting. */
  readonly leftOut: RowRange;
  /** Rows around a row whose labels share bars with its own: the horizon. Absent: none. */
  readonly purge?: number | undefined;
  /** Unsigned 32-bit; the only source of randomness. */
  readonly seed: number;
  /** Absent: returns. */
  readonly task?: ModelTask | undefined;
  /** For classes alone; absent: none. */
  readonly classWeight?: ClassWeight | undefined;
  /** For types that act, which learn from it in place of labels. */
  readonly trading?: RowTrading | undefined;
}

/** What positions come to, by the row at whose close they are decided on; of returns that are no market's, any numbers. */
export interface RowTrading {
  /** Of being long from the next open to the one after it, log return after swap. */
  readonly long: Float64Array;
  /** The same of being short. */
  readonly short: Float64Array;
  /** Of one fill, as it is known at the close of the row, log return. */
  readonly costPerSide: Float64Array;
}

/** A fitted sub-model. It holds numbers only, so it can be stored, and moved between threads. */
export interface Member {
  /** What it was trained for, as its bytes say; absent: returns. */
  readonly task?: ModelTask | undefined;
  /**
   * Expected log return over the model's horizon, or the probability of class 1 (0..1, as trained, not calibrated), for rows
   * [from, from + count) of `columns` (one array per feature, in training order); written to out[0 .. count).
   */
  predict(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void;
  /** Bit for bit what `predict` gives for the columns of a rollout, one value per lane, where there is a shorter way to it. */
  predictLanes?(rollout: FeatureRollout, out: Float64Array): void;
  /** Of types that act. */
  readonly agent?: Agent | undefined;
}

/** What a member that acts knows of rows [from, from + count) of `columns`, as `predict` has them. */
export interface Agent {
  /** W of short, flat and long, three values a row: what it expects to come of being there, before the cost of getting there, log return. */
  values(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void;
  /** Expected log return of the coming bar, without a thought of what follows. */
  nextBar(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void;
}

/** Share of each feature in the model's decisions; each column sums to 1 unless all are 0. */
export interface FeatureImportance {
  readonly gain: Float64Array;
  /** Of the splits, those on the feature; absent for models without splits. */
  readonly splits?: Float64Array | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: the catalog holds model types of every parameter shape
export type AnyModelType = ModelType<any, any>;

/** One kind of model: a file of its own, a line in the catalog, and the shared contract test. */
export interface ModelType<P, M extends Member> {
  readonly name: string;
  readonly title: string;
  /** One line for the grid builder: what it is good for. */
  readonly description: string;
  /** Every hyper-parameter with its bounds and default; unknown keys are refused. */
  readonly hyperparameters: z.ZodType<P>;
  /**
   * Fits either task.
   * @throws EngineError `training-failed` where the rows can't be learned from, as with classes of which only one occurs.
   */
  fit(data: TrainingSet, hyperparameters: P): M;
  importance(member: M, features: FeatureMatrix): FeatureImportance;
  /** Bytes of one member, without framing or compression (the codec adds both). Equal members give equal bytes. */
  encode(member: M): Uint8Array;
  /** Reverse of `encode`: predicts bit-identically. */
  decode(bytes: Uint8Array): M;
  /** How a member takes in rows that came since it was fitted. */
  readonly updating: Updating<P, M>;
  /** Its members are agents: what they do depends on the position that they are in, so that they are followed as a policy of their own. */
  readonly acts?: true;
}

/** How members of a type go on, once there are more rows. */
export type Updating<P, M extends Member> = SumsUpdating<P, M> | TreesUpdating<P, M> | NoUpdating;

/** A member is a function of sums over its rows: rows are added to them and dropped, and it is the one that a new fit would be. */
export interface SumsUpdating<P, M extends Member> {
  readonly kind: 'sums';
  /**
   * The member of these rows, and their sums for the next update; undefined where the task has none, so that it is fitted on its rows.
   * @param before sums of a member of other rows of the same matrix; they count for nothing where features are not those that they are of
   * @throws EngineError `artifact-damaged` for bytes that are no sums
   */
  fit(data: TrainingSet, hyperparameters: P, before: Uint8Array | undefined): SummedMember<M>;
}

export interface SummedMember<M extends Member> {
  readonly member: M;
  readonly sums: Uint8Array | undefined;
  /** Rows that were added to the sums before and dropped from them; undefined where all were summed anew. */
  readonly moved: { readonly added: number; readonly dropped: number } | undefined;
}

/** A member is a list of trees: some are added that know the newest rows, and the say of the oldest ends or shrinks. */
export interface TreesUpdating<P, M extends Member> {
  readonly kind: 'trees';
  /** @param share of the training rows that came since, above 0 and at most 1 */
  update(member: M, data: TrainingSet, hyperparameters: P, share: number): M;
  /** How many trees that adds and drops. */
  trees(hyperparameters: P, share: number): TreesMoved;
}

export interface TreesMoved {
  readonly added: number;
  readonly dropped: number;
}

/** It has to be fitted anew, for this reason: an end of a sentence. */
export interface NoUpdating {
  readonly kind: 'none';
  readonly reason: string;
}
