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

/** Nodes that there is room for at first; it doubles when it is full. */
const FIRST_NODES = 1024;

/** Collects trees and gives them the form that `TreeEnsemble` predicts from. */
export class EnsembleBuilder {
  private readonly featureCount: number;
  private readonly roots: number[] = [];
  private nodeCount = 0;
  private feature = new Int32Array(FIRST_NODES);
  private threshold = new Float32Array(FIRST_NODES);
  private left = new Int32Array(FIRST_NODES);
  private missingLeft = new Uint8Array(FIRST_NODES);
  private gain = new Float64Array(FIRST_NODES);
  private value = new Float32Array(FIRST_NODES);
  private cover = new Float32Array(FIRST_NODES);
  /** Nodes of the tree that is being added, breadth first. */
  private queue = new Int32Array(FIRST_NODES);

  constructor(featureCount: number) {
    this.featureCount = featureCount;
  }

  get treeCount(): number {
    return this.roots.length;
  }

  /** Appends a copy of a tree, its nodes breadth first: so children are neighbors and stand behind their parent. */
  add(tree: LooseTree): void {
    const root = this.nodeCount;
    this.makeRoom(root + tree.nodeCount);
    const { queue } = this;
    this.roots.push(root);
    queue[0] = 0;
    let end = 1;
    for (let i = 0; i < end; i++) {
      const node = queue[i];
      const feature = tree.feature[node];
      const at = root + i;
      this.feature[at] = feature;
      if (feature < 0) {
        this.threshold[at] = 0;
        this.left[at] = 0;
        this.missingLeft[at] = 0;
        this.gain[at] = 0;
        this.value[at] = tree.value[node];
        this.cover[at] = tree.cover[node];
        continue;
      }
      this.threshold[at] = tree.threshold[node];
      this.left[at] = root + end;
      this.missingLeft[at] = tree.missingLeft[node];
      this.gain[at] = tree.gain[node];
      this.value[at] = 0;
      this.cover[at] = 0;
      queue[end++] = tree.left[node];
      queue[end++] = tree.right[node];
    }
    this.nodeCount = root + end;
  }

  private makeRoom(nodes: number): void {
    const room = this.feature.length;
    if (nodes <= room) return;
    const more = Math.max(2 * room, nodes);
    const copy = <A extends Int32Array | Float32Array | Float64Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.feature = copy(this.feature, new Int32Array(more));
    this.threshold = copy(this.threshold, new Float32Array(more));
    this.left = copy(this.left, new Int32Array(more));
    this.missingLeft = copy(this.missingLeft, new Uint8Array(more));
    this.gain = copy(this.gain, new Float64Array(more));
    this.value = copy(this.value, new Float32Array(more));
    this.cover = copy(this.cover, new Float32Array(more));
    this.queue = new Int32Array(more);
  }

  /** Drops all trees behind the first `count`. */
  truncate(count: number): void {
    if (count >= this.roots.length) return;
    this.nodeCount = this.roots[count];
    this.roots.length = count;
  }

  build(settings: EnsembleSettings): TreeEnsemble {
    const { nodeCount, threshold } = this;
    const feature = this.feature.slice(0, nodeCount);
    const cuts = this.distinctCuts();
    const cut = new Uint16Array(nodeCount);
    const gain = new Float64Array(this.featureCount);
    for (let node = 0; node < nodeCount; node++) {
      const f = feature[node];
      if (f < 0) continue;
      cut[node] = indexOf(cuts[f], threshold[node]);
      gain[f] += this.gain[node];
    }
    const parts: EnsembleParts = {
      nodes: {
        roots: Int32Array.from(this.roots),
        feature,
        cut,
        left: this.left.slice(0, nodeCount),
        missingLeft: this.missingLeft.slice(0, nodeCount),
        value: this.value.slice(0, nodeCount),
      },
      cuts,
      base: settings.base,
      link: settings.link,
      gain,
      outOfBagRmse: settings.outOfBagRmse,
      training: settings.training && { ...settings.training, cover: this.cover.slice(0, nodeCount) },
    };
    return new TreeEnsemble(parts);
  }

  private distinctCuts(): Float32Array[] {
    const { nodeCount, feature, threshold } = this;
    const counts = new Uint32Array(this.featureCount);
    for (let node = 0; node < nodeCount; node++) if (feature[node] >= 0) counts[feature[node]]++;
    const all = Array.from(counts, (count) => new Float32Array(count));
    counts.fill(0);
    for (let node = 0; node < nodeCount; node++) {
      const f = feature[node];
      if (f >= 0) all[f][counts[f]++] = threshold[node];
    }
    return all.map((cuts, f) => {
      cuts.sort();
      let distinct = 0;
      for (const cut of cuts) if (distinct === 0 || cut !== cuts[distinct - 1]) cuts[distinct++] = cut;
      if (distinct > MAX_CUTS) {
        throw new EngineError(
          'invalid-input',
          `Feature ${f} is split at ${distinct} different values; Regimen reads models with up to ${MAX_CUTS}.`,
        );
      }
      return cuts.slice(0, distinct);
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
