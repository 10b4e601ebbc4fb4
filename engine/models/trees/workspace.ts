import type { RowRange } from '../model.ts';
import type { BinnedMatrix } from './bins.ts';
import { bytesOfFew, type Kernel, OWN_BYTES, PARTITION_BYTES } from './kernel/kernel.ts';
import type { Memory } from './kernel/memory.ts';
import { MISSING_BIN } from './quantiles.ts';
import { RowValues } from './row-values.ts';
import { TreeNodes } from './tree-nodes.ts';

/** Most rows of a node that `bestSplitOfFew` takes, all that it can: sorting them is faster than histograms. */
export const FEW_ROWS = 256;

/**
 * Most rows of a training set that is ordered by each feature once, so that `bestSplitOfAll` finds a tree's first split: above,
 * it pays more that a child's histograms can be had from the root's.
 */
const SORTED_ROWS = 600;

const HISTOGRAM_BYTES = 2048;

/** Histograms stand in groups of four. */
function padded(features: number): number {
  return (features + 3) & ~3;
}

/**
 * A kernel's memory while trees are grown on one set of training rows: their bins, gradients and order, and slots for histograms. Rows
 * are counted from 0 through the training ranges.
 */
export class Workspace {
  readonly rowCount: number;
  /** Rows in a tree, in its order. */
  readonly rows: Uint32Array;
  /** Rows outside it. */
  readonly others: Uint32Array;
  /** Quantized (hessian, gradient) of row r at [2 r], [2 r + 1]. */
  readonly pairs: Int32Array;
  /** What is known of each row. */
  readonly values: RowValues;
  /** The tree that is grown, or was grown last. */
  readonly tree: TreeNodes;
  /** 1 for features that are missing in some row. */
  readonly hasMissing: Uint8Array;
  /** Features that differ between rows, ascending. */
  readonly usable: Uint32Array;

  readonly memory: Memory;
  /** Of the bytes that were asked for what trees are grown by. */
  readonly growthAt: number;
  private readonly kernel: Kernel;
  private readonly columnsAt: number;
  private readonly rowsAt: number;
  private readonly othersAt: number;
  private readonly scratchAt: number;
  private readonly pairsAt: number;
  private readonly listAt: number;
  /** Where the listed features stand in a row of `byRow`. */
  private readonly positionsAt: number;
  private readonly resultAt: number;
  private readonly filterAt: number;
  private readonly fewAt: number;
  /** The bins of all usable features once more, row by row. */
  private readonly byRowAt: number;
  private readonly rowBytes: number;
  /** Where each usable feature stands in such a row. */
  private readonly positionOf: Uint16Array;
  /** The order of all rows by each usable feature, if there is one. */
  private readonly orderAt: number;
  private readonly lastAt: number;
  private readonly isSorted: boolean;
  private readonly slotsAt: number;
  private readonly slotBytes: number;
  /** How many features `build` and `bestSplit` look at. */
  listed = 0;
  /** These are all usable ones. */
  listsAll = false;

  /** `slots` for histograms, a tree of so many `nodes` at most, and bytes for what it is grown by. */
  constructor(
    kernel: Kernel,
    binned: BinnedMatrix,
    train: readonly RowRange[],
    slots: number,
    nodes: number,
    growthBytes: number,
  ) {
    this.kernel = kernel;
    const { features } = binned;
    const n = train.reduce((sum, range) => sum + range.to - range.from, 0);
    this.rowCount = n;
    this.slotBytes = padded(features) * HISTOGRAM_BYTES;

    let end = OWN_BYTES;
    const place = (bytes: number): number => {
      const at = end;
      end += (bytes + 63) & ~63;
      return at;
    };
    this.resultAt = place(16);
    this.listAt = place(4 * features);
    this.positionsAt = place(2 * ((features + 15) & ~15));
    this.filterAt = place(4 * padded(features));
    this.rowsAt = place(4 * n);
    this.othersAt = place(4 * n);
    this.scratchAt = place(PARTITION_BYTES + 4 * n);
    this.pairsAt = place(8 * n);
    const valuesAt = place(RowValues.bytes(n));
    const treeAt = place(TreeNodes.bytes(nodes));
    this.columnsAt = place(n * features);
    const sortedScratch = 1024 + 8 * (Math.min(n, SORTED_ROWS) + 8) + 8 * features;
    const fewScratch = 64 + 8 * FEW_ROWS + bytesOfFew(FEW_ROWS) * ((features + 7) & ~7);
    this.fewAt = place(Math.max(sortedScratch, fewScratch));
    this.byRowAt = place(n * ((features + 7) & ~7));
    this.isSorted = n <= SORTED_ROWS;
    const sortedBytes = this.isSorted ? 2 * n * ((features + 7) & ~7) : 0;
    this.orderAt = place(sortedBytes);
    this.lastAt = place(sortedBytes);
    this.slotsAt = place(this.slotBytes * slots);
    const positionOfAt = place(2 * features);
    const hasMissingAt = place(features);
    this.growthAt = place(growthBytes);
    this.memory = kernel.reserve(end);
    const { u8, u16, u32, i32 } = this.memory;
    this.rows = u32.subarray(this.rowsAt >> 2, (this.rowsAt >> 2) + n);
    this.others = u32.subarray(this.othersAt >> 2, (this.othersAt >> 2) + n);
    this.pairs = i32.subarray(this.pairsAt >> 2, (this.pairsAt >> 2) + 2 * n);

    const { rowsAt, othersAt, pairsAt, scratchAt } = this;
    const places = { rowsAt, othersAt, pairsAt, scratchAt, valuesAt };
    this.values = new RowValues(kernel, this.memory, places, n);
    this.tree = new TreeNodes(this.memory, treeAt, nodes);

    this.hasMissing = u8.subarray(hasMissingAt, hasMissingAt + features);
    this.usable = this.loadColumns(binned, train);
    this.rowBytes = (this.usable.length + 7) & ~7;
    this.positionOf = u16.subarray(positionOfAt >> 1, (positionOfAt >> 1) + features);
    for (const [position, feature] of this.usable.entries()) this.positionOf[feature] = position;
    this.loadRows();
    if (this.isSorted && this.usable.length > 0) this.sortRows();
  }

  /** Where things stand, and how far apart, in the order of growth.as. */
  get places(): readonly number[] {
    return [
      this.columnsAt,
      this.rowCount,
      this.rowsAt,
      this.scratchAt,
      this.pairsAt,
      this.listAt,
      this.positionsAt,
      this.resultAt,
      this.filterAt,
      this.fewAt,
      this.byRowAt,
      this.rowBytes,
      this.positionOf.byteOffset,
      this.hasMissing.byteOffset,
      this.orderAt,
      this.lastAt,
      this.slotsAt,
      this.slotBytes,
    ];
  }

  private loadColumns(binned: BinnedMatrix, train: readonly RowRange[]): Uint32Array {
    const usable: number[] = [];
    for (let f = 0; f < binned.features; f++) {
      const start = this.columnsAt + f * this.rowCount;
      const column = this.memory.u8.subarray(start, start + this.rowCount);
      let end = 0;
      for (const { from, to } of train) {
        column.set(binned.bins.subarray(f * binned.rows + from, f * binned.rows + to), end);
        end += to - from;
      }
      this.hasMissing[f] = column.includes(MISSING_BIN) ? 1 : 0;
      if (column.some((bin) => bin !== column[0])) usable.push(f);
    }
    return Uint32Array.from(usable);
  }

  private sortRows(): void {
    this.listUsable();
    this.kernel.sortAll(
      this.columnsAt,
      this.rowCount,
      this.rowCount,
      this.listAt,
      this.listed,
      this.orderAt,
      this.lastAt,
      this.fewAt,
    );
  }

  private loadRows(): void {
    const { u8 } = this.memory;
    const { usable, rowCount, rowBytes: width } = this;
    for (let k = 0; k < width; k++) {
      const column = this.columnsAt + usable[Math.min(k, usable.length - 1)] * rowCount;
      for (let row = 0, at = this.byRowAt + k; row < rowCount; row++, at += width) u8[at] = u8[column + row];
    }
  }

  /** The features that `build` and `bestSplit` look at from now on: pool[from .. to). */
  listFeatures(pool: Uint32Array, from: number, to: number): void {
    const { u16, u32 } = this.memory;
    const first = (this.listAt >> 2) - from;
    for (let i = from; i < to; i++) u32[first + i] = pool[i];
    this.listed = to - from;
    this.listsAll = false;
    const positions = this.positionsAt >> 1;
    for (let i = 0; i < this.listed; i++) u16[positions + i] = this.positionOf[pool[from + i]];
    for (let i = this.listed; (i & 15) !== 0; i++) u16[positions + i] = u16[positions + i - 1];
  }

  /** As `listFeatures`, of all usable features. */
  listUsable(): void {
    this.listFeatures(this.usable, 0, this.usable.length);
    this.listsAll = true;
  }

  private slotAt(slot: number): number {
    return this.slotsAt + slot * this.slotBytes;
  }

  /** Histograms of rows[from .. to) into a slot. */
  build(from: number, to: number, slot: number): void {
    this.kernel.histograms(
      this.columnsAt,
      this.rowCount,
      this.rowsAt + 4 * from,
      to - from,
      this.pairsAt,
      this.listAt,
      this.listed,
      this.slotAt(slot),
    );
  }

  /** Takes rows[from .. to) out of a slot: turns a parent's slot into that of the child that has the others. */
  remove(from: number, to: number, slot: number): void {
    this.kernel.removeRows(
      this.columnsAt,
      this.rowCount,
      this.rowsAt + 4 * from,
      to - from,
      this.pairsAt,
      this.listAt,
      this.listed,
      this.slotAt(slot),
    );
  }

  /** Turns a parent's slot into that of the child whose sibling's slot is given. */
  subtract(parent: number, child: number): void {
    this.kernel.subtract(this.slotAt(parent), this.slotAt(child), padded(this.listed));
  }

  /** As `Kernel.bestSplit`, on a slot; `found` tells more about the split. */
  bestSplit(
    slot: number,
    gradient: number,
    hessian: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
  ): number {
    return this.kernel.bestSplit(
      this.slotAt(slot),
      padded(this.listed),
      gradient,
      hessian,
      lambda,
      alpha,
      minHessian,
      ties,
      this.filterAt,
      this.resultAt,
    );
  }

  /** As `bestSplit`, of rows[from .. to), which are at most `FEW_ROWS`; no slot is needed. `unit`: each one's hessian is 1. */
  bestSplitOfFew(
    from: number,
    to: number,
    unit: boolean,
    gradient: number,
    hessian: number,
    lambda: number,
    alpha: number,
    minHessian: number,
    ties: number,
  ): number {
    return this.kernel.bestSplitOfFew(
      this.byRowAt,
      this.rowBytes,
      this.rowsAt + 4 * from,
      to - from,
      this.pairsAt,
      this.listsAll ? 0 : this.positionsAt,
      this.listed,
      unit ? 1 : 0,
      gradient,
      hessian,
      lambda,
      alpha,
      minHessian,
      ties,
      this.fewAt,
      this.resultAt,
    );
  }

  /** Whether `bestSplitOfAll` can find the first split of a tree on the first `count` rows, the hessian of each being 1. */
  canSplitAll(count: number): boolean {
    return this.isSorted && this.listsAll && count === this.rowCount;
  }

  /** As `bestSplit`, of all rows; no slot is needed. */
  bestSplitOfAll(gradient: number, lambda: number, alpha: number, minHessian: number, ties: number): number {
    return this.kernel.bestSplitOfAll(
      this.columnsAt,
      this.rowCount,
      this.orderAt,
      this.lastAt,
      this.rowCount,
      this.pairsAt,
      this.listAt,
      this.listed,
      gradient,
      lambda,
      alpha,
      minHessian,
      ties,
      this.fewAt,
      this.resultAt,
    );
  }

  /** Sum of both sides' scores for the split that `bestSplit` found last. */
  get foundGain(): number {
    return this.memory.f64[this.resultAt >> 3];
  }

  get foundGradientLeft(): number {
    return this.memory.i32[(this.resultAt >> 2) + 2];
  }

  get foundHessianLeft(): number {
    return this.memory.i32[(this.resultAt >> 2) + 3];
  }

  foundFeature(code: number): number {
    return this.memory.u32[(this.listAt >> 2) + (code >> 9)];
  }

  /** Parts rows[from .. to) by a split; returns where the right side begins. */
  partition(feature: number, from: number, to: number, bin: number, missingLeft: number): number {
    const column = this.columnsAt + feature * this.rowCount;
    const rowsAt = this.rowsAt + 4 * from;
    return from + this.kernel.partition(column, rowsAt, to - from, bin, missingLeft, this.scratchAt);
  }

  /** Sorts the first `count` of the rows outside the tree by its leaves. */
  routeOthers(count: number): void {
    const { tree } = this;
    this.kernel.routeRows(
      tree.feature.byteOffset,
      tree.bin.byteOffset,
      tree.missingLeft.byteOffset,
      tree.left.byteOffset,
      tree.count,
      this.columnsAt,
      this.rowCount,
      this.othersAt,
      count,
      tree.othersFrom.byteOffset,
      tree.othersTo.byteOffset,
      this.scratchAt,
    );
  }
}
