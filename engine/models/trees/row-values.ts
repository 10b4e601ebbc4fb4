import type { Kernel } from './kernel/kernel.ts';
import type { Memory } from './kernel/memory.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Random numbers that a kernel is given at a time. */
export const MOST_DRAWS = 1024;

const RESULT_BYTES = 16;
const ARRAYS = 5;

/** What stands for the hessian of a row where splits are sought: 1, its own, or its weight. */
export type HessianKind = 'ones' | 'hessians' | 'weights';

/** Where a workspace has its rows, and their quantized pairs. */
interface Places {
  readonly rowsAt: number;
  readonly othersAt: number;
  readonly pairsAt: number;
  /** Of 4 bytes a row and more, free between the trees. */
  readonly scratchAt: number;
  /** Of `RowValues.bytes`, aligned to 8. */
  readonly valuesAt: number;
}

/** What is known of each training row, in a kernel's memory, and what a round does with all of them. */
export class RowValues {
  readonly labels: Float64Array;
  /** What the trees so far say of each. */
  readonly scores: Float64Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  /** What each counts where splits are sought on rows. */
  readonly weights: Float64Array;
  /** To be filled before rows are sampled by them. */
  readonly draws: Float64Array;

  private readonly kernel: Kernel;
  private readonly memory: Memory;
  private readonly places: Places;
  private readonly count: number;
  private readonly resultAt: number;

  /** Bytes that it takes for so many rows. */
  static bytes(rows: number): number {
    return 8 * (ARRAYS * rows + MOST_DRAWS) + RESULT_BYTES;
  }

  constructor(kernel: Kernel, memory: Memory, places: Places, count: number) {
    this.kernel = kernel;
    this.memory = memory;
    this.places = places;
    this.count = count;
    const first = places.valuesAt >> 3;
    const array = (k: number) => memory.f64.subarray(first + k * count, first + (k + 1) * count);
    this.labels = array(0);
    this.scores = array(1);
    this.gradients = array(2);
    this.hessians = array(3);
    this.weights = array(4);
    const drawsFrom = first + ARRAYS * count;
    this.draws = memory.f64.subarray(drawsFrom, drawsFrom + MOST_DRAWS);
    this.resultAt = 8 * (drawsFrom + MOST_DRAWS);
  }

  /** As `RoundKernel.squaredDerivatives`, of all rows. */
  squaredDerivatives(perUnit: number): void {
    const { kernel, labels, scores, gradients, count } = this;
    kernel.squaredDerivatives(scores.byteOffset, labels.byteOffset, count, perUnit, gradients.byteOffset);
  }

  /** As `RoundKernel.logisticDerivatives`, of all rows. */
  logisticDerivatives(negative: number, positive: number, leastHessian: number): void {
    const { kernel, labels, scores, gradients, hessians, count } = this;
    kernel.logisticDerivatives(
      scores.byteOffset,
      labels.byteOffset,
      count,
      negative,
      positive,
      leastHessian,
      gradients.byteOffset,
      hessians.byteOffset,
    );
  }

  /** Sum of |gradient| and of the hessians of the first `count` rows of the tree's, and whether all of these are whole. */
  absoluteSums(
    count: number,
    kind: HessianKind,
  ): readonly [gradient: number, hessian: number, whole: boolean] {
    const whole = this.kernel.absoluteSums(
      this.listOf(count),
      count,
      this.gradients.byteOffset,
      this.hessiansAt(kind),
      this.resultAt,
    );
    return [...this.result(), whole === 1];
  }

  /** Writes the pairs of the first `count` rows of the tree's; returns the sums of their gradients and hessians. */
  writePairs(
    count: number,
    perGradient: number,
    kind: HessianKind,
    hessianStep: number,
  ): readonly [gradient: number, hessian: number] {
    this.kernel.quantize(
      this.listOf(count),
      count,
      this.gradients.byteOffset,
      perGradient,
      this.hessiansAt(kind),
      hessianStep,
      this.places.pairsAt,
      this.resultAt,
    );
    const { i32 } = this.memory;
    return [i32[(this.resultAt >> 2) + 1], i32[this.resultAt >> 2]];
  }

  /** Writes to a tree's `sums` those of each leaf's rows; of hessians 0 unless `withHessians`. */
  leafSums({ feature, from, to, count, sums }: TreeNodes, withHessians: boolean): void {
    this.kernel.leafSums(
      feature.byteOffset,
      from.byteOffset,
      to.byteOffset,
      count,
      this.places.rowsAt,
      this.gradients.byteOffset,
      this.hessiansAt(withHessians ? 'hessians' : 'ones'),
      sums.byteOffset,
    );
  }

  /** Adds each leaf's value to the scores of its rows. */
  addLeaves({ feature, from, to, count, value }: TreeNodes): void {
    this.kernel.addLeaves(
      feature.byteOffset,
      from.byteOffset,
      to.byteOffset,
      count,
      this.places.rowsAt,
      value.byteOffset,
      this.scores.byteOffset,
    );
  }

  /** As `addLeaves`, of the rows outside the tree, which `Workspace.routeOthers` sorted. */
  addLeavesToOthers({ feature, othersFrom, othersTo, count, value }: TreeNodes): void {
    this.kernel.addLeaves(
      feature.byteOffset,
      othersFrom.byteOffset,
      othersTo.byteOffset,
      count,
      this.places.othersAt,
      value.byteOffset,
      this.scores.byteOffset,
    );
  }

  /** As `RoundKernel.bootstrap`, of all rows, into those of the tree and those outside. */
  bootstrap(draws: Float64Array, base: number, scale: number): number {
    return this.kernel.bootstrap(
      draws.byteOffset,
      this.labels.byteOffset,
      this.count,
      base,
      scale,
      this.gradients.byteOffset,
      this.places.rowsAt,
      this.places.othersAt,
    );
  }

  /** As `RoundKernel.sampleRows`, by the first `drawCount` draws, written to the tree's rows from `taken` on. */
  sampleRows(drawCount: number, from: number, needed: number, taken: number): number {
    const at = this.places.rowsAt + 4 * taken;
    return this.kernel.sampleRows(this.draws.byteOffset, drawCount, from, this.count, needed, at);
  }

  /** Lists the rows outside the tree's first `count`, ascending; returns their number. */
  listOthers(count: number): number {
    const { rowsAt, scratchAt, othersAt } = this.places;
    this.kernel.outside(rowsAt, count, this.count, scratchAt, othersAt);
    return this.count - count;
  }

  /** The least of the `k` largest |gradient * hessian|, and how many are below it. */
  largest(k: number): { readonly threshold: number; readonly small: number } {
    const { kernel, gradients, hessians, count } = this;
    // No splits are sought yet: the pairs' place is free.
    const at = this.places.pairsAt;
    kernel.magnitudes(gradients.byteOffset, hessians.byteOffset, count, at);
    const threshold = kernel.kthLargest(at, count, k);
    return { threshold, small: kernel.countBelow(at, count, threshold) };
  }

  /** As `RoundKernel.oneSide`, by the first `drawCount` draws. */
  oneSide(row: number, drawCount: number, threshold: number, weight: number, state: OneSideState): number {
    const { u32 } = this.memory;
    const at = this.resultAt >> 2;
    u32[at] = state.count;
    u32[at + 1] = state.small;
    u32[at + 2] = state.needed;
    const next = this.kernel.oneSide(
      row,
      this.count,
      this.draws.byteOffset,
      drawCount,
      threshold,
      weight,
      this.gradients.byteOffset,
      this.hessians.byteOffset,
      this.places.rowsAt,
      this.resultAt,
    );
    state.count = u32[at];
    state.small = u32[at + 1];
    state.needed = u32[at + 2];
    return next;
  }

  /** The tree's rows, which are ascending before it is grown: all of them need no list. */
  private listOf(count: number): number {
    return count === this.count ? 0 : this.places.rowsAt;
  }

  private hessiansAt(kind: HessianKind): number {
    if (kind === 'ones') return 0;
    return (kind === 'hessians' ? this.hessians : this.weights).byteOffset;
  }

  private result(): readonly [number, number] {
    const { f64 } = this.memory;
    return [f64[this.resultAt >> 3], f64[(this.resultAt >> 3) + 1]];
  }
}

/** Of one-side sampling: rows taken so far, and of those with small gradients how many are left and how many of them are needed. */
export interface OneSideState {
  count: number;
  small: number;
  needed: number;
}
