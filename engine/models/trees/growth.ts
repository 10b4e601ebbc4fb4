import type { Prng } from '../../random/prng.ts';
import type { Workspace } from './workspace.ts';

/** How far a tree grows. Gains and lambda are in units of G^2 / H as in Chen & Guestrin (2016), without their factor 1/2. */
export interface GrowthLimits {
  /** Splits from the root to the deepest leaf; Infinity: no limit. */
  readonly maxDepth: number;
  /** Finite: the leaf with the largest gain is split next (best first). Infinity: all leaves are split, depth first. */
  readonly maxLeaves: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minHessian: number;
  /** Fewest rows in a leaf, told from a side's share of its node's hessians as LightGBM does; undefined: `minHessian` alone counts. */
  readonly minRows?: number | undefined;
  /** A split must gain more than this. */
  readonly minGain: number;
  readonly lambda: number;
  readonly alpha: number;
  /** Features drawn anew for every split; undefined: all of the tree's. */
  readonly featuresPerSplit: number | undefined;
  /** True: which of several features with equal splits is taken is drawn, anew for every split. False: the first. */
  readonly drawsTies: boolean;
}

/** What the growth of one tree goes by, gradients and hessians in quantized units. */
export interface TreeGrowth {
  /** Rows in the tree. */
  readonly count: number;
  readonly gradientSum: number;
  readonly hessianSum: number;
  /** What a unit of gain is worth. */
  readonly gainUnit: number;
  readonly lambda: number;
  readonly alpha: number;
  readonly minHessian: number;
  /** The hessian of each row is 1. */
  readonly unit: boolean;
  /** Most rows of a node that are sorted. */
  readonly mostSorted: number;
  /** The first split is found on rows that are sorted for good. */
  readonly rootIsSorted: boolean;
}

/** Integers that growth.as reads, of which the last are the state of a generator of random numbers, and float64 behind them. */
const WORDS = 52;
const STATE_WORDS = 4;
const BLOCK_BYTES = 4 * WORDS + 8 * 6;
/** Of a node: depth, gradient and hessian, those of its left side, slot. */
const NODE_ARRAYS = 6;

/** What `Kernel.growTree` grows trees by, in a kernel's memory. */
export class Growth {
  readonly at: number;
  private readonly work: Workspace;
  private readonly limits: GrowthLimits;
  /** What is the same for all trees. */
  private readonly first: readonly number[];
  private readonly poolAt: number;

  /** Bytes that it takes, where trees have so many nodes, leaves, slots for histograms and features at most. */
  static bytes(nodes: number, leaves: number, slots: number, features: number): number {
    return BLOCK_BYTES + 4 * (NODE_ARRAYS * nodes + leaves + slots + features);
  }

  /** In the place that a workspace has for it. */
  constructor(work: Workspace, limits: GrowthLimits, slots: number, leaves: number) {
    this.at = work.growthAt;
    this.work = work;
    this.limits = limits;
    let end = this.at + BLOCK_BYTES;
    const place = (length: number): number => {
      const start = end;
      end += 4 * length;
      return start;
    };
    const { feature, bin, left, from, to, missingLeft, gain, capacity } = work.tree;
    const ofTree = [feature, bin, left, from, to, missingLeft, gain].map(({ byteOffset }) => byteOffset);
    const ofNodes = Array.from({ length: NODE_ARRAYS }, () => place(capacity));
    const [frontier, freeSlots] = [place(leaves), place(slots)];
    this.poolAt = end;
    this.first = [...work.places, ...ofTree, ...ofNodes, frontier, freeSlots, this.poolAt, slots];
  }

  /** Writes down what the next tree is grown by; `pool` are its features. */
  begin(growth: TreeGrowth, pool: Uint32Array, prng: Prng | undefined): void {
    const { u32, f64 } = this.work.memory;
    const { featuresPerSplit, maxDepth, maxLeaves, drawsTies, minGain, minRows } = this.limits;
    u32.set(this.first, this.at >> 2);
    const words = [
      pool.length,
      featuresPerSplit ?? 0,
      endless(maxDepth),
      endless(maxLeaves),
      +drawsTies,
      +growth.unit,
      growth.mostSorted,
      +growth.rootIsSorted,
      this.work.listed,
      +this.work.listsAll,
      growth.count,
      growth.gradientSum,
      growth.hessianSum,
    ];
    u32.set(words, (this.at >> 2) + this.first.length);
    prng?.save(this.state());
    u32.set(pool, this.poolAt >> 2);
    const { lambda, alpha, gainUnit, minHessian } = growth;
    const floats = [lambda, alpha, gainUnit, minGain, minHessian, minRows ?? Number.NaN];
    f64.set(floats, (this.at + 4 * WORDS) >> 3);
  }

  /** Features stand in another order then, and random numbers are used up. */
  end(pool: Uint32Array, prng: Prng | undefined): void {
    const first = this.poolAt >> 2;
    pool.set(this.work.memory.u32.subarray(first, first + pool.length));
    prng?.restore(this.state());
  }

  private state(): Uint32Array {
    const end = (this.at >> 2) + WORDS;
    return this.work.memory.u32.subarray(end - STATE_WORDS, end);
  }
}

function endless(most: number): number {
  return Number.isFinite(most) ? most : 0xffff_ffff;
}
