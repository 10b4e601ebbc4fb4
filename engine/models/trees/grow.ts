import type { Prng } from '../../random/prng.ts';
import type { RowRange } from '../model.ts';
import type { BinnedMatrix } from './bins.ts';
import { Growth, type GrowthLimits, type TreeGrowth } from './growth.ts';
import type { Kernel } from './kernel/kernel.ts';
import { KEPT_ROWS, NodeByNode } from './node-by-node.ts';
import type { Quantized } from './quantize.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { Workspace } from './workspace.ts';

/** `minGain` of models without such a parameter, on labels of unit variance: above what rounding can bring about. */
export const NO_GAIN = 1e-9;

/**
 * Most rows of a node that are sorted where its histograms would have to be summed up: where each hessian is 1, and else. Measured on both
 * threads of a core, at the 33 features of a grid's models and the 11 that its forests draw; 256 is the most that can be sorted.
 */
const SORTED_UNIT_ROWS = 192;
const SORTED_ROWS = 112;

/**
 * Grows one tree after the other on the same training rows, in memory that is allocated once. `tree` holds the last one until
 * the next is grown.
 */
export class Grower {
  /** Fill the front of its `rows`, ascending, and its `pairs` before `grow`, which reorders the rows. */
  readonly work: Workspace;
  readonly tree: TreeNodes;

  private readonly limits: GrowthLimits;
  private readonly growTree: (growth: TreeGrowth, features: Uint32Array, prng: Prng | undefined) => void;

  /** Has the kernel's memory until the last tree is grown. */
  constructor(kernel: Kernel, binned: BinnedMatrix, train: readonly RowRange[], limits: GrowthLimits) {
    this.limits = limits;
    const n = train.reduce((sum, range) => sum + range.to - range.from, 0);
    const leaves = Math.min(limits.maxLeaves, 2 ** Math.min(limits.maxDepth, 31), n);
    const pending = Number.isFinite(limits.maxLeaves) ? limits.maxLeaves : limits.maxDepth + 1;
    const keeps = limits.featuresPerSplit === undefined;
    const slots = 1 + (keeps ? Math.min(pending, Math.ceil(n / KEPT_ROWS)) + 2 : 0);
    const nodes = 2 * leaves - 1;
    const { growTree } = kernel;
    const bytes = growTree === undefined ? 0 : Growth.bytes(nodes, leaves, slots, binned.features);
    const work = new Workspace(kernel, binned, train, slots, nodes, bytes);
    this.work = work;
    this.tree = work.tree;
    if (growTree === undefined) {
      const plain = new NodeByNode(work, limits, slots, leaves);
      this.growTree = (growth, features, prng) => plain.grow(growth, features, prng);
    } else {
      const whole = new Growth(work, limits, slots, leaves);
      this.growTree = (growth, features, prng) => {
        whole.begin(growth, features, prng);
        work.tree.count = growTree(whole.at);
        whole.end(features, prng);
      };
    }
  }

  /**
   * Grows a tree on the first `count` rows and a list of features (reordered if features are drawn per split, for which `prng`
   * is needed, as for ties).
   */
  grow(count: number, features: Uint32Array, quantized: Quantized, prng?: Prng): void {
    const { work } = this;
    const { lambda, alpha, minHessian, featuresPerSplit } = this.limits;
    const { gradientStep, hessianStep, gradientSum, hessianSum, unitHessians } = quantized;
    if (featuresPerSplit === undefined) {
      // Without repetition: as many as there are, they are the same.
      if (features.length === work.usable.length) work.listUsable();
      else work.listFeatures(features, 0, features.length);
    }
    const growth = {
      count,
      gradientSum,
      hessianSum,
      gainUnit: (gradientStep * gradientStep) / hessianStep,
      lambda: lambda / hessianStep,
      alpha: alpha / gradientStep,
      minHessian: Math.max(1, Math.ceil(minHessian / hessianStep)),
      unit: unitHessians,
      mostSorted: unitHessians ? SORTED_UNIT_ROWS : SORTED_ROWS,
      rootIsSorted: unitHessians && work.canSplitAll(count),
    };
    this.growTree(growth, features, prng);
  }
}
