import { EngineError } from '../../contract/errors.ts';
import type { FeatureRollout } from '../../features/matrix.ts';
import type { FeatureImportance, Member, ModelTask } from '../model.ts';
import { sharedForward } from './forward/forward.ts';
import type { ForwardPlan } from './forward/plan.ts';
import type { Kernel } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';

/** Turns the sum of a row's leaves into a prediction. */
export type Link =
  /** base + sum: the expected log return itself. */
  | { readonly kind: 'identity' }
  /**
   * (2 p - 1) * scale with p = 1 / (1 + exp(-(base + sum))), the probability of a positive return; `scale` is the mean
   * absolute label: what is earned, on average, when the sign is certain.
   */
  | { readonly kind: 'logistic'; readonly scale: number }
  /** 1 / (1 + exp(-(base + sum))): the probability of class 1. */
  | { readonly kind: 'probability' }
  /** base + sum, a mean of shares of class 1 and within 0..1 but for rounding: the probability of class 1. */
  | { readonly kind: 'share' };

/** Node arrays of all trees. A node's children are neighbors: the right one follows the left. */
export interface EnsembleNodes {
  /** First node of each tree. */
  readonly roots: Int32Array;
  /** Feature split on; -1 for a leaf. */
  readonly feature: Int32Array;
  /** Index into the feature's cuts: values below the cut go left. */
  readonly cut: Uint16Array;
  readonly left: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** Contribution of a leaf, learning rate included. */
  readonly value: Float32Array;
}

/** What an exported model tells about its training. */
export interface Training {
  readonly learningRate: number;
  readonly lambda: number;
  /** Sum of hessians of each leaf (0 at inner nodes), by node. */
  readonly cover: Float32Array;
}

export interface EnsembleParts {
  readonly nodes: EnsembleNodes;
  /** Per feature, ascending and distinct. */
  readonly cuts: readonly Float32Array[];
  readonly base: number;
  readonly link: Link;
  /** Total gain per feature. */
  readonly gain: Float64Array;
  /** Root mean squared error of the predictions for rows that a tree's bootstrap left out, in log return or probability. */
  readonly outOfBagRmse: number | undefined;
  readonly training: Training | undefined;
}

/** Rows whose bins are kept in the processor's first cache while all trees pass over them. */
const BLOCK_ROWS = 128;
const LEAF_CUT = 65_535;
/** Fewer are walked a row at a time: preparing trees for blocks would take longer. */
const LEAST_ROWS = 64;
const NO_PLAN = 'too large for blocks';

interface Plan {
  /** Features that the trees use; a node names its place here ("slot"). */
  readonly used: readonly number[];
  readonly packed: Uint32Array;
  readonly depths: Uint32Array;
}

/** A fitted tree model of any kind: the sum of one leaf per tree, added to a base. */
export class TreeEnsemble implements Member {
  readonly parts: EnsembleParts;
  private plan: Plan | undefined;
  #forwardPlan: ForwardPlan | typeof NO_PLAN | undefined;

  constructor(parts: EnsembleParts) {
    this.parts = parts;
  }

  get task(): ModelTask {
    const { kind } = this.parts.link;
    return kind === 'probability' || kind === 'share' ? 'classes' : 'returns';
  }

  /** Values are read as float32, like in training; NaN takes each split's default side. See `Member`. */
  predict(columns: readonly Float64Array[], from: number, count: number, out: Float64Array): void {
    this.#predict(columns, from, count, out, undefined);
  }

  predictLanes({ columns, held }: FeatureRollout, out: Float64Array): void {
    this.#predict(columns, 0, columns[0]?.length ?? 0, out, held);
  }

  #predict(
    columns: readonly Float64Array[],
    from: number,
    count: number,
    out: Float64Array,
    held: Uint8Array | undefined,
  ): void {
    const { cuts, link, base } = this.parts;
    if (columns.length !== cuts.length) {
      throw new EngineError(
        'invalid-input',
        `The model was trained on ${cuts.length} features, but ${columns.length} columns were given.`,
      );
    }
    out.fill(base, 0, count);
    const done = this.#sumBlocks(columns, from, count, out, held);
    if (done < count) this.sumTrees(columns, from + done, count - done, out.subarray(done, count));
    applyLink(link, count, out);
  }

  /** Does so many of the first rows as blocks take, and says how many. */
  #sumBlocks(
    columns: readonly Float64Array[],
    from: number,
    count: number,
    out: Float64Array,
    held: Uint8Array | undefined,
  ): number {
    const forward = count < LEAST_ROWS ? undefined : sharedForward();
    if (forward === undefined) return 0;
    this.#forwardPlan ??= forward.planOf(this.parts) ?? NO_PLAN;
    return this.#forwardPlan === NO_PLAN
      ? 0
      : forward.sumTrees(this.#forwardPlan, columns, from, count, out, held);
  }

  /** Adds the leaves of rows [from, from + count) to out[0 .. count), walking each row down each tree. */
  sumTrees(
    columns: readonly Float64Array[],
    from: number,
    count: number,
    out: Float64Array,
    kernel: Kernel = sharedKernel(),
  ): void {
    this.plan ??= planOf(this.parts);
    const { used, packed, depths } = this.plan;
    const { cuts, nodes } = this.parts;
    const block = Math.min(count, BLOCK_ROWS);
    const binStride = 2 * used.length;

    let end = 0;
    const place = (bytes: number): number => {
      const at = end;
      end += (bytes + 15) & ~15;
      return at;
    };
    const nodesAt = place(4 * packed.length);
    const valuesAt = place(4 * nodes.value.length);
    const defaultsAt = place(nodes.missingLeft.length);
    const rootsAt = place(4 * nodes.roots.length);
    const depthsAt = place(4 * depths.length);
    const cutsAt = used.map((f) => place(4 * cuts[f].length));
    const columnsAt = place(8 * count * used.length);
    const binsAt = place(block * binStride);
    const outAt = place(8 * count);
    const memory = kernel.reserve(end);
    memory.u32.set(packed, nodesAt >> 2);
    memory.f32.set(nodes.value, valuesAt >> 2);
    memory.u8.set(nodes.missingLeft, defaultsAt);
    memory.i32.set(nodes.roots, rootsAt >> 2);
    memory.u32.set(depths, depthsAt >> 2);
    used.forEach((f, slot) => {
      memory.f32.set(cuts[f], cutsAt[slot] >> 2);
      memory.f64.set(columns[f].subarray(from, from + count), (columnsAt >> 3) + slot * count);
    });
    memory.f64.set(out.subarray(0, count), outAt >> 3);

    for (let start = 0; start < count; start += block) {
      const rows = Math.min(block, count - start);
      let anyMissing = 0;
      for (let slot = 0; slot < used.length; slot++) {
        const values = columnsAt + 8 * (slot * count + start);
        const cutCount = cuts[used[slot]].length;
        anyMissing |= kernel.binColumn(values, rows, cutsAt[slot], cutCount, binsAt + 2 * slot, binStride);
      }
      kernel.walk(
        nodesAt,
        valuesAt,
        defaultsAt,
        rootsAt,
        depthsAt,
        depths.length,
        binsAt,
        binStride,
        rows,
        anyMissing,
        outAt + 8 * start,
      );
    }
    out.set(memory.f64.subarray(outAt >> 3, (outAt >> 3) + count));
  }

  /** Shares of gain and of splits per feature; all 0 for a model that never split. */
  importance(): FeatureImportance {
    const { gain, nodes } = this.parts;
    const splits = new Float64Array(gain.length);
    for (const feature of nodes.feature) if (feature >= 0) splits[feature]++;
    return { gain: shares(gain), splits: shares(splits) };
  }
}

function applyLink(link: Link, count: number, out: Float64Array): void {
  switch (link.kind) {
    case 'identity':
      return;
    case 'logistic':
      for (let i = 0; i < count; i++) out[i] = link.scale * (2 / (1 + Math.exp(-out[i])) - 1);
      return;
    case 'probability':
      for (let i = 0; i < count; i++) out[i] = 1 / (1 + Math.exp(-out[i]));
      return;
    case 'share':
      for (let i = 0; i < count; i++) out[i] = Math.min(1, Math.max(0, out[i]));
  }
}

function shares(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return total > 0 ? values.map((value) => value / total) : new Float64Array(values.length);
}

function planOf({ nodes, cuts }: EnsembleParts): Plan {
  const { feature, cut, left, roots } = nodes;
  const slotOf = new Int32Array(cuts.length).fill(-1);
  for (const f of feature) if (f >= 0) slotOf[f] = 0;
  const used: number[] = [];
  slotOf.forEach((slot, f) => {
    if (slot === 0) slotOf[f] = used.push(f) - 1;
  });

  const packed = new Uint32Array(2 * feature.length);
  const level = new Uint32Array(feature.length);
  const depths = new Uint32Array(roots.length);
  // Children stand behind their parent, so one pass knows every parent's level.
  for (let tree = 0; tree < roots.length; tree++) {
    const end = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    for (let node = roots[tree]; node < end; node++) {
      if (feature[node] < 0) {
        packed[2 * node] = node;
        packed[2 * node + 1] = (LEAF_CUT << 16) >>> 0;
        depths[tree] = Math.max(depths[tree], level[node]);
      } else {
        packed[2 * node] = left[node];
        packed[2 * node + 1] = ((cut[node] << 16) | slotOf[feature[node]]) >>> 0;
        level[left[node]] = level[node] + 1;
        level[left[node] + 1] = level[node] + 1;
      }
    }
  }
  return { used, packed, depths };
}
