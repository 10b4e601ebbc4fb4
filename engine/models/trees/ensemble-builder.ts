import { EngineError } from '../../contract/errors.ts';
import { type EnsembleParts, type Link, TreeEnsemble } from './ensemble.ts';

/** In prediction, bins are 16 bits wide and the largest means missing. */
const MAX_CUTS = 65_534;

/** A tree whose nodes may stand in any order, node 0 the root. */
export interface LooseTree {
  readonly nodeCount: number;
  /** -1 for a leaf. */
  readonly feature: ArrayLike<number>;
  /** Values below (both as float32) go left. Like the next four, read at inner nodes only. */
  readonly threshold: ArrayLike<number>;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly missingLeft: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
  /** Kept as float32; read at leaves only. */
  readonly value: ArrayLike<number>;
  /** Sum of hessians, read at leaves only. */
  readonly cover: ArrayLike<number>;
}

export interface EnsembleSettings {
  readonly base: number;
  readonly link: Link;
  readonly outOfBagRmse?: number | undefined;
  /** Given: leaf covers are kept, for export. */
  readonly training?: { readonly learningRate: number; readonly lambda: number } | undefined;
}

/** Collects trees and gives them the form that `TreeEnsemble` predicts from. */
export class EnsembleBuilder {
  private readonly featureCount: number;
  private readonly roots: number[] = [];
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly left: number[] = [];
  private readonly missingLeft: number[] = [];
  private readonly gain: number[] = [];
  private readonly value: number[] = [];
  private readonly cover: number[] = [];

  constructor(featureCount: number) {
    this.featureCount = featureCount;
  }

  get treeCount(): number {
    return this.roots.length;
  }

  /** Appends a copy of a tree, its nodes breadth first: so children are neighbors and stand behind their parent. */
  add(tree: LooseTree): void {
    const root = this.feature.length;
    this.roots.push(root);
    const queue = [0];
    for (let i = 0; i < queue.length; i++) {
      const node = queue[i];
      const feature = tree.feature[node];
      const inner = feature >= 0;
      this.feature.push(feature);
      this.threshold.push(inner ? Math.fround(tree.threshold[node]) : 0);
      this.left.push(inner ? root + queue.length : 0);
      this.missingLeft.push(inner ? tree.missingLeft[node] : 0);
      this.gain.push(inner ? tree.gain[node] : 0);
      this.value.push(inner ? 0 : tree.value[node]);
      this.cover.push(inner ? 0 : tree.cover[node]);
      if (inner) queue.push(tree.left[node], tree.right[node]);
    }
  }

  /** Drops all trees behind the first `count`. */
  truncate(count: number): void {
    if (count >= this.roots.length) return;
    const nodes = this.roots[count];
    this.roots.length = count;
    for (const array of [this.feature, this.threshold, this.left, this.missingLeft]) array.length = nodes;
    for (const array of [this.gain, this.value, this.cover]) array.length = nodes;
  }

  build(settings: EnsembleSettings): TreeEnsemble {
    const { feature, threshold } = this;
    const cuts = this.distinctCuts();
    const cut = new Uint16Array(feature.length);
    const gain = new Float64Array(this.featureCount);
    for (let node = 0; node < feature.length; node++) {
      const f = feature[node];
      if (f < 0) continue;
      cut[node] = indexOf(cuts[f], threshold[node]);
      gain[f] += this.gain[node];
    }
    const parts: EnsembleParts = {
      nodes: {
        roots: Int32Array.from(this.roots),
        feature: Int32Array.from(feature),
        cut,
        left: Int32Array.from(this.left),
        missingLeft: Uint8Array.from(this.missingLeft),
        value: Float32Array.from(this.value),
      },
      cuts,
      base: settings.base,
      link: settings.link,
      gain,
      outOfBagRmse: settings.outOfBagRmse,
      training: settings.training && { ...settings.training, cover: Float32Array.from(this.cover) },
    };
    return new TreeEnsemble(parts);
  }

  private distinctCuts(): Float32Array[] {
    const counts = new Uint32Array(this.featureCount);
    for (const f of this.feature) if (f >= 0) counts[f]++;
    const all = Array.from(counts, (count) => new Float32Array(count));
    counts.fill(0);
    this.feature.forEach((f, node) => {
      if (f >= 0) all[f][counts[f]++] = this.threshold[node];
    });
    return all.map((cuts, f) => {
      const distinct = cuts.sort().filter((cut, i) => i === 0 || cut !== cuts[i - 1]);
      if (distinct.length > MAX_CUTS) {
        throw new EngineError(
          'invalid-input',
          `Feature ${f} is split at ${distinct.length} different values; Regimen reads models with up to ${MAX_CUTS}.`,
        );
      }
      return distinct;
    });
  }
}

/** Place of `wanted` among ascending values that hold it. */
function indexOf(values: Float32Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
