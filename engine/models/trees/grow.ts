import type { Prng } from '../../random/prng.ts';
import type { RowRange } from '../model.ts';
import { type BinnedMatrix, MISSING_BIN } from './bins.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { Memory } from './kernel/memory.ts';
import type { Quantised } from './quantise.ts';
import { drawToFront } from './sampling.ts';

/** How far a tree grows. Gains and lambda are in units of G^2 / H as in Chen & Guestrin (2016), without their factor 1/2. */
export interface GrowthLimits {
  /** Splits from the root to the deepest leaf; Infinity: no limit. */
  readonly maxDepth: number;
  /** Finite: the leaf with the largest gain is split next (best first). Infinity: all leaves are split, depth first. */
  readonly maxLeaves: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minHessian: number;
  /** A split must gain more than this. */
  readonly minGain: number;
  readonly lambda: number;
  readonly alpha: number;
  /** Features drawn anew for every split; undefined: all of the tree's. */
  readonly featuresPerSplit: number | undefined;
}

/** `minGain` of models without such a parameter, on labels of unit variance: above what rounding can bring about. */
export const NO_GAIN = 1e-9;

const HISTOGRAM_BYTES = 2048;
/** Nodes with fewer rows don't keep their histograms: their children's are built faster than subtracted. */
const KEEP_ROWS = 64;
const NO_SLOT = -1;
const SCRATCH_SLOT = 0;

/** Histograms stand in groups of four. */
function padded(features: number): number {
  return (features + 3) & ~3;
}

function aligned(bytes: number): number {
  return (bytes + 63) & ~63;
}

/**
 * Grows one tree after the other on the same training rows, in memory that is allocated once. Rows are counted from 0 through the
 * training ranges. The last tree stands in the public arrays, node 0 the root, until the next is grown.
 */
export class Grower {
  /** Training rows. */
  readonly rowCount: number;
  /** Rows that take part in the next tree: fill the front, ascending, and pass the count to `grow`, which reorders them. */
  readonly rows: Uint32Array;
  /** Quantised (hessian, gradient) of row r at [2 r], [2 r + 1]. */
  readonly pairs: Int32Array;
  /** Rows outside the tree: filled for `routeOthers`. */
  readonly others: Uint32Array;
  /** Features that differ between training rows, ascending. */
  readonly usable: Uint32Array;

  nodeCount = 0;
  /** Feature that a node splits on, or -1 for a leaf. */
  readonly feature: Int32Array;
  /** Bins <= this go left. */
  readonly bin: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Left child; the right one follows it. */
  readonly left: Int32Array;
  readonly gain: Float64Array;
  /** A node's rows are rows[from .. to). */
  readonly from: Int32Array;
  readonly to: Int32Array;

  readonly othersFrom: Int32Array;
  readonly othersTo: Int32Array;

  private readonly kernel: Kernel;
  private readonly limits: GrowthLimits;
  private readonly memory: Memory;
  private readonly hasMissing: Uint8Array;
  private readonly columnsAt: number;
  private readonly rowsAt: number;
  private readonly othersAt: number;
  private readonly scratchAt: number;
  private readonly pairsAt: number;
  private readonly listAt: number;
  private readonly resultAt: number;
  private readonly filterAt: number;
  private readonly slotsAt: number;
  private readonly slotBytes: number;

  private readonly depth: Int32Array;
  private readonly gradient: Int32Array;
  private readonly hessian: Int32Array;
  private readonly gradientLeft: Int32Array;
  private readonly hessianLeft: Int32Array;
  private readonly slot: Int32Array;
  private readonly frontier: Int32Array;
  private frontierSize = 0;
  private readonly freeSlots: Int32Array;
  private freeSlotCount = 0;

  private pool: Uint32Array = new Uint32Array(0);
  private listed = 0;
  private gainUnit = 1;
  private lambda = 0;
  private alpha = 0;
  private minHessian = 1;
  private prng: Prng | undefined;

  /** Has the kernel's memory until the last tree is grown. */
  constructor(kernel: Kernel, binned: BinnedMatrix, train: readonly RowRange[], limits: GrowthLimits) {
    this.kernel = kernel;
    this.limits = limits;
    const n = train.reduce((sum, range) => sum + range.to - range.from, 0);
    this.rowCount = n;
    const features = binned.features;

    const mostLeaves = Math.min(limits.maxLeaves, 2 ** Math.min(limits.maxDepth, 31), n);
    const pending = Number.isFinite(limits.maxLeaves) ? limits.maxLeaves : limits.maxDepth + 1;
    const keeps = limits.featuresPerSplit === undefined;
    const slots = 1 + (keeps ? Math.min(pending, Math.ceil(n / KEEP_ROWS)) + 2 : 0);
    this.slotBytes = padded(features) * HISTOGRAM_BYTES;

    let end = 0;
    const place = (bytes: number): number => {
      const at = end;
      end += aligned(bytes);
      return at;
    };
    this.resultAt = place(16);
    this.listAt = place(4 * padded(features));
    this.filterAt = place(4 * padded(features));
    this.rowsAt = place(4 * n);
    this.othersAt = place(4 * n);
    this.scratchAt = place(4 * n);
    this.pairsAt = place(8 * n);
    this.columnsAt = place(n * features);
    this.slotsAt = place(this.slotBytes * slots);
    this.memory = kernel.reserve(end);
    this.rows = this.memory.u32.subarray(this.rowsAt >> 2, (this.rowsAt >> 2) + n);
    this.others = this.memory.u32.subarray(this.othersAt >> 2, (this.othersAt >> 2) + n);
    this.pairs = this.memory.i32.subarray(this.pairsAt >> 2, (this.pairsAt >> 2) + 2 * n);

    this.hasMissing = new Uint8Array(features);
    this.usable = this.loadColumns(binned, train);

    const nodes = 2 * mostLeaves - 1;
    this.feature = new Int32Array(nodes);
    this.bin = new Int32Array(nodes);
    this.missingLeft = new Uint8Array(nodes);
    this.left = new Int32Array(nodes);
    this.gain = new Float64Array(nodes);
    this.from = new Int32Array(nodes);
    this.to = new Int32Array(nodes);
    this.othersFrom = new Int32Array(nodes);
    this.othersTo = new Int32Array(nodes);
    this.depth = new Int32Array(nodes);
    this.gradient = new Int32Array(nodes);
    this.hessian = new Int32Array(nodes);
    this.gradientLeft = new Int32Array(nodes);
    this.hessianLeft = new Int32Array(nodes);
    this.slot = new Int32Array(nodes);
    this.frontier = new Int32Array(mostLeaves);
    this.freeSlots = new Int32Array(slots);
  }

  /**
   * Sorts rows others[0 .. count) by the last tree's leaves: those of a node are then
   * others[othersFrom[node] .. othersTo[node]).
   */
  routeOthers(count: number): void {
    const { kernel, feature, left, othersFrom, othersTo } = this;
    othersFrom[0] = 0;
    othersTo[0] = count;
    // Children have higher numbers than their parent.
    for (let node = 0; node < this.nodeCount; node++) {
      if (feature[node] < 0) continue;
      const from = othersFrom[node];
      const to = othersTo[node];
      const goLeft = kernel.partition(
        this.columnsAt + feature[node] * this.rowCount,
        this.othersAt + 4 * from,
        to - from,
        this.bin[node],
        this.missingLeft[node],
        this.scratchAt,
      );
      othersFrom[left[node]] = from;
      othersTo[left[node]] = from + goLeft;
      othersFrom[left[node] + 1] = from + goLeft;
      othersTo[left[node] + 1] = to;
    }
  }

  /** The last tree's leaf for a row of binned columns: feature f's bin stands at bins[f * stride + row]. */
  leafOf(bins: Uint8Array, stride: number, row: number): number {
    const { feature, bin, left, missingLeft } = this;
    let node = 0;
    while (feature[node] >= 0) {
      const value = bins[feature[node] * stride + row];
      const goesLeft = value <= bin[node] || (value === MISSING_BIN && missingLeft[node] === 1);
      node = goesLeft ? left[node] : left[node] + 1;
    }
    return node;
  }

  /**
   * Grows a tree on rows[0 .. count) and a list of features (reordered if features are drawn per split, for which `prng`
   * is needed).
   */
  grow(count: number, features: Uint32Array, quantised: Quantised, prng?: Prng): void {
    const { lambda, alpha, minHessian, maxLeaves } = this.limits;
    const { gradientStep, hessianStep } = quantised;
    this.gainUnit = (gradientStep * gradientStep) / hessianStep;
    this.lambda = lambda / hessianStep;
    this.alpha = alpha / gradientStep;
    this.minHessian = Math.max(1, Math.ceil(minHessian / hessianStep));
    this.prng = prng;
    this.pool = features;
    if (this.limits.featuresPerSplit === undefined) this.listFeatures(0, features.length);

    this.nodeCount = 0;
    this.frontierSize = 0;
    this.freeSlotCount = 0;
    for (let slot = this.freeSlots.length - 1; slot > SCRATCH_SLOT; slot--) {
      this.freeSlots[this.freeSlotCount++] = slot;
    }

    this.addNode(0, count, 0, quantised.gradientSum, quantised.hessianSum);
    if (features.length > 0 && this.canSplit(0)) this.considerAlone(0);
    for (let leaves = 1; this.frontierSize > 0 && leaves < maxLeaves; leaves++) {
      this.split(this.takeNext(), leaves + 1 < maxLeaves);
    }
    while (this.frontierSize > 0) this.feature[this.frontier[--this.frontierSize]] = -1;
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

  /** Puts pool[from .. to) into the kernel's list. */
  private listFeatures(from: number, to: number): void {
    const list = this.listAt >> 2;
    this.listed = to - from;
    for (let k = 0; k < this.listed; k++) this.memory.u32[list + k] = this.pool[from + k];
  }

  private addNode(from: number, to: number, depth: number, gradient: number, hessian: number): number {
    const node = this.nodeCount++;
    this.feature[node] = -1;
    this.from[node] = from;
    this.to[node] = to;
    this.depth[node] = depth;
    this.gradient[node] = gradient;
    this.hessian[node] = hessian;
    this.slot[node] = NO_SLOT;
    return node;
  }

  private canSplit(node: number): boolean {
    return (
      this.depth[node] < this.limits.maxDepth &&
      this.hessian[node] >= 2 * this.minHessian &&
      this.to[node] - this.from[node] >= 2
    );
  }

  /** The newest node, or of a limited number of leaves the one with the largest gain (the older of equals). */
  private takeNext(): number {
    const { frontier, gain } = this;
    let chosen = this.frontierSize - 1;
    if (Number.isFinite(this.limits.maxLeaves)) {
      for (let i = chosen - 1; i >= 0; i--) {
        const difference = gain[frontier[i]] - gain[frontier[chosen]];
        if (difference > 0 || (difference === 0 && frontier[i] < frontier[chosen])) chosen = i;
      }
    }
    const node = frontier[chosen];
    frontier[chosen] = frontier[--this.frontierSize];
    return node;
  }

  private split(node: number, childrenMaySplit: boolean): void {
    const { feature, gradient, hessian, gradientLeft, hessianLeft, depth } = this;
    const from = this.from[node];
    const to = this.to[node];
    const leftRows = this.kernel.partition(
      this.columnsAt + feature[node] * this.rowCount,
      this.rowsAt + 4 * from,
      to - from,
      this.bin[node],
      this.missingLeft[node],
      this.scratchAt,
    );
    const middle = from + leftRows;
    const below = depth[node] + 1;
    const left = this.addNode(from, middle, below, gradientLeft[node], hessianLeft[node]);
    const right = this.addNode(
      middle,
      to,
      below,
      gradient[node] - gradientLeft[node],
      hessian[node] - hessianLeft[node],
    );
    this.left[node] = left;
    const smaller = middle - from <= to - middle ? left : right;
    const larger = smaller === left ? right : left;
    const smallerSplits = childrenMaySplit && this.canSplit(smaller);
    const largerSplits = childrenMaySplit && this.canSplit(larger);

    const slot = this.slot[node];
    if (slot === NO_SLOT || !largerSplits) {
      this.freeSlot(slot);
      if (smallerSplits) this.considerAlone(smaller);
      if (largerSplits) this.considerAlone(larger);
      return;
    }
    const own = smallerSplits ? this.slotFor(smaller) : SCRATCH_SLOT;
    this.build(smaller, own);
    this.kernel.subtract(this.slotAt(slot), this.slotAt(own), padded(this.listed));
    if (smallerSplits) this.consider(smaller, own);
    this.consider(larger, slot);
  }

  private slotAt(slot: number): number {
    return this.slotsAt + slot * this.slotBytes;
  }

  private slotFor(node: number): number {
    const keeps = this.limits.featuresPerSplit === undefined && this.to[node] - this.from[node] >= KEEP_ROWS;
    return keeps ? this.freeSlots[--this.freeSlotCount] : SCRATCH_SLOT;
  }

  private freeSlot(slot: number): void {
    if (slot > SCRATCH_SLOT) this.freeSlots[this.freeSlotCount++] = slot;
  }

  private build(node: number, slot: number): void {
    this.kernel.histograms(
      this.columnsAt,
      this.rowCount,
      this.rowsAt + 4 * this.from[node],
      this.to[node] - this.from[node],
      this.pairsAt,
      this.listAt,
      this.listed,
      this.slotAt(slot),
    );
  }

  /** Looks for a node's split without help of its parent's histograms. */
  private considerAlone(node: number): void {
    const { featuresPerSplit } = this.limits;
    if (featuresPerSplit === undefined) {
      const slot = this.slotFor(node);
      this.build(node, slot);
      this.consider(node, slot);
      return;
    }
    // Where none of the drawn features can split, the next ones are tried, as in scikit-learn.
    for (let from = 0; from < this.pool.length; from += featuresPerSplit) {
      const to = Math.min(from + featuresPerSplit, this.pool.length);
      drawToFront(this.pool, from, to - from, this.prng!);
      this.listFeatures(from, to);
      this.build(node, SCRATCH_SLOT);
      if (this.consider(node, SCRATCH_SLOT)) return;
    }
  }

  /** Finds the best split in a slot's histograms and puts the node on the frontier if it gains enough. */
  private consider(node: number, slot: number): boolean {
    const { memory, resultAt, lambda, alpha } = this;
    const gradient = this.gradient[node];
    const hessian = this.hessian[node];
    const code = this.kernel.bestSplit(
      this.slotAt(slot),
      padded(this.listed),
      gradient,
      hessian,
      lambda,
      alpha,
      this.minHessian,
      this.filterAt,
      resultAt,
    );
    const excess = Math.max(0, Math.abs(gradient) - alpha);
    const gain = (memory.f64[resultAt >> 3] - (excess * excess) / (hessian + lambda)) * this.gainUnit;
    if (code < 0 || !(gain > this.limits.minGain)) {
      this.freeSlot(slot);
      return false;
    }
    const feature = memory.u32[(this.listAt >> 2) + (code >> 9)];
    const hessianLeft = memory.i32[(resultAt >> 2) + 3];
    this.feature[node] = feature;
    this.bin[node] = code & 0xff;
    this.gain[node] = gain;
    this.gradientLeft[node] = memory.i32[(resultAt >> 2) + 2];
    this.hessianLeft[node] = hessianLeft;
    // A feature never missing in training sends a missing value the way of most rows.
    this.missingLeft[node] =
      this.hasMissing[feature] === 1 ? (code >> 8) & 1 : hessianLeft * 2 >= hessian ? 1 : 0;
    if (slot > SCRATCH_SLOT && this.to[node] - this.from[node] >= KEEP_ROWS) this.slot[node] = slot;
    else this.freeSlot(slot);
    this.frontier[this.frontierSize++] = node;
    return true;
  }
}
