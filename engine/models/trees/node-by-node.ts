import type { Prng } from '../../random/prng.ts';
import type { GrowthLimits, TreeGrowth } from './growth.ts';
import { drawToFront } from './sampling.ts';
import type { TreeNodes } from './tree-nodes.ts';
import type { Workspace } from './workspace.ts';

/**
 * A child's histograms are had from its parent's for what its sibling's rows take: with more rows than this, and this share of the sibling's,
 * sorting would take longer.
 */
export const KEPT_ROWS = 104;
const KEPT_SHARE = 0.4;

const NO_SLOT = -1;
const SCRATCH_SLOT = 0;

/** Grows trees a node at a time: where no kernel grows whole ones, and what one that does is tested against. */
export class NodeByNode {
  private readonly work: Workspace;
  private readonly tree: TreeNodes;
  private readonly limits: GrowthLimits;
  private readonly depth: Int32Array;
  private readonly gradient: Int32Array;
  private readonly hessian: Int32Array;
  private readonly gradientLeft: Int32Array;
  private readonly hessianLeft: Int32Array;
  private readonly slot: Int32Array;
  /** Nodes that can be split, in the order they were found. */
  private readonly frontier: Int32Array;
  private frontierSize = 0;
  private readonly freeSlots: Int32Array;
  private freeSlotCount = 0;

  private pool: Uint32Array = new Uint32Array(0);
  private prng: Prng | undefined;
  private growth!: TreeGrowth;

  constructor(work: Workspace, limits: GrowthLimits, slots: number, mostLeaves: number) {
    const { tree } = work;
    const nodes = tree.capacity;
    this.work = work;
    this.tree = tree;
    this.limits = limits;
    this.depth = new Int32Array(nodes);
    this.gradient = new Int32Array(nodes);
    this.hessian = new Int32Array(nodes);
    this.gradientLeft = new Int32Array(nodes);
    this.hessianLeft = new Int32Array(nodes);
    this.slot = new Int32Array(nodes);
    this.frontier = new Int32Array(mostLeaves);
    this.freeSlots = new Int32Array(slots);
  }

  /** See `Grower.grow`. */
  grow(growth: TreeGrowth, features: Uint32Array, prng: Prng | undefined): void {
    const { maxLeaves } = this.limits;
    this.growth = growth;
    this.prng = prng;
    this.pool = features;
    this.tree.count = 0;
    this.frontierSize = 0;
    this.freeSlotCount = 0;
    for (let slot = this.freeSlots.length - 1; slot > SCRATCH_SLOT; slot--) {
      this.freeSlots[this.freeSlotCount++] = slot;
    }

    this.addNode(0, growth.count, 0, growth.gradientSum, growth.hessianSum);
    if (features.length > 0 && this.canSplit(0)) this.considerAlone(0);
    for (let leaves = 1; this.frontierSize > 0 && leaves < maxLeaves; leaves++) {
      this.split(this.takeNext(), leaves + 1 < maxLeaves);
    }
    while (this.frontierSize > 0) this.tree.feature[this.frontier[--this.frontierSize]] = -1;
  }

  private addNode(from: number, to: number, depth: number, gradient: number, hessian: number): number {
    const node = this.tree.addLeaf(from, to);
    this.depth[node] = depth;
    this.gradient[node] = gradient;
    this.hessian[node] = hessian;
    this.slot[node] = NO_SLOT;
    return node;
  }

  private rowsOf(node: number): number {
    return this.tree.to[node] - this.tree.from[node];
  }

  private canSplit(node: number): boolean {
    return (
      this.depth[node] < this.limits.maxDepth &&
      this.hessian[node] >= 2 * this.leastHessian(node) &&
      this.rowsOf(node) >= 2
    );
  }

  /** Smallest sum of hessians, in steps, that either side of a split of this node may have. */
  private leastHessian(node: number): number {
    const { minRows } = this.limits;
    const { minHessian } = this.growth;
    if (minRows === undefined) return minHessian;
    // A side's rows are rounded before they are compared.
    const ofRows = Math.ceil(((minRows - 0.5) * this.hessian[node]) / this.rowsOf(node));
    return Math.max(minHessian, ofRows);
  }

  /** The newest node, or of a limited number of leaves the one with the largest gain (the older of equals). */
  private takeNext(): number {
    const { frontier } = this;
    const { gain } = this.tree;
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
    const { tree, gradient, hessian, gradientLeft, hessianLeft } = this;
    const from = tree.from[node];
    const to = tree.to[node];
    const middle = this.work.partition(tree.feature[node], from, to, tree.bin[node], tree.missingLeft[node]);
    const below = this.depth[node] + 1;
    const left = this.addNode(from, middle, below, gradientLeft[node], hessianLeft[node]);
    const right = this.addNode(
      middle,
      to,
      below,
      gradient[node] - gradientLeft[node],
      hessian[node] - hessianLeft[node],
    );
    tree.left[node] = left;
    const smaller = middle - from <= to - middle ? left : right;
    const larger = smaller === left ? right : left;
    const smallerSplits = childrenMaySplit && this.canSplit(smaller);
    const largerSplits = childrenMaySplit && this.canSplit(larger);

    const slot = this.slot[node];
    const leastKept = KEPT_ROWS + KEPT_SHARE * this.rowsOf(smaller);
    if (slot === NO_SLOT || !largerSplits || this.rowsOf(larger) < leastKept) {
      this.freeSlot(slot);
      if (smallerSplits) this.considerAlone(smaller);
      if (largerSplits) this.considerAlone(larger);
      return;
    }
    const own = smallerSplits ? this.slotFor(smaller) : NO_SLOT;
    if (own === NO_SLOT) {
      // What nobody looks at is not summed up on its own.
      this.work.remove(tree.from[smaller], tree.to[smaller], slot);
    } else {
      this.work.build(tree.from[smaller], tree.to[smaller], own);
      this.work.subtract(slot, own);
    }
    if (smallerSplits) this.consider(smaller, own);
    this.consider(larger, slot);
  }

  /** Where a node's histograms go; `NO_SLOT` if it has so few rows that it needs none. */
  private slotFor(node: number): number {
    const { mostSorted, rootIsSorted } = this.growth;
    if (this.rowsOf(node) <= mostSorted || (node === 0 && rootIsSorted)) return NO_SLOT;
    const keeps = this.limits.featuresPerSplit === undefined;
    return keeps ? this.freeSlots[--this.freeSlotCount] : SCRATCH_SLOT;
  }

  private freeSlot(slot: number): void {
    if (slot > SCRATCH_SLOT) this.freeSlots[this.freeSlotCount++] = slot;
  }

  /** Looks for a node's split without help of its parent's histograms. */
  private considerAlone(node: number): void {
    const { work, pool } = this;
    const { featuresPerSplit } = this.limits;
    const from = this.tree.from[node];
    const to = this.tree.to[node];
    if (featuresPerSplit === undefined) {
      const slot = this.slotFor(node);
      if (slot !== NO_SLOT) work.build(from, to, slot);
      this.consider(node, slot);
      return;
    }
    // Where none of the drawn features can split, the next ones are tried, as in scikit-learn.
    for (let first = 0; first < pool.length; first += featuresPerSplit) {
      const drawn = Math.min(featuresPerSplit, pool.length - first);
      drawToFront(pool, first, drawn, this.prng!);
      work.listFeatures(pool, first, first + drawn);
      const slot = this.slotFor(node);
      if (slot !== NO_SLOT) work.build(from, to, slot);
      if (this.consider(node, slot)) return;
    }
  }

  private findSplit(node: number, slot: number): number {
    const { work } = this;
    const { lambda, alpha, unit, rootIsSorted } = this.growth;
    const minHessian = this.leastHessian(node);
    const gradient = this.gradient[node];
    const hessian = this.hessian[node];
    // 0 would mean the first of them.
    const ties = this.limits.drawsTies ? this.prng!.uint32() || 1 : 0;
    if (slot !== NO_SLOT) return work.bestSplit(slot, gradient, hessian, lambda, alpha, minHessian, ties);
    const from = this.tree.from[node];
    const to = this.tree.to[node];
    if (node === 0 && rootIsSorted) return work.bestSplitOfAll(gradient, lambda, alpha, minHessian, ties);
    return work.bestSplitOfFew(from, to, unit, gradient, hessian, lambda, alpha, minHessian, ties);
  }

  /** Finds the best split in a slot's histograms and puts the node on the frontier if it gains enough. */
  private consider(node: number, slot: number): boolean {
    const { work, tree } = this;
    const { lambda, alpha, gainUnit } = this.growth;
    const gradient = this.gradient[node];
    const hessian = this.hessian[node];
    const code = this.findSplit(node, slot);
    const excess = Math.max(0, Math.abs(gradient) - alpha);
    const gain = (work.foundGain - (excess * excess) / (hessian + lambda)) * gainUnit;
    if (code < 0 || !(gain > this.limits.minGain)) {
      this.freeSlot(slot);
      return false;
    }
    const feature = work.foundFeature(code);
    const hessianLeft = work.foundHessianLeft;
    tree.feature[node] = feature;
    tree.bin[node] = code & 0xff;
    tree.gain[node] = gain;
    this.gradientLeft[node] = work.foundGradientLeft;
    this.hessianLeft[node] = hessianLeft;
    // A feature never missing in training sends a missing value the way of most rows.
    const towardsMost = hessianLeft * 2 >= hessian ? 1 : 0;
    tree.missingLeft[node] = work.hasMissing[feature] === 1 ? (code >> 8) & 1 : towardsMost;
    if (slot > SCRATCH_SLOT) this.slot[node] = slot;
    this.frontier[this.frontierSize++] = node;
    return true;
  }
}
