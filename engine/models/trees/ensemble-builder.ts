import { EngineError } from '../../contract/errors.ts';
import { EVERY_VALUE } from './bins.ts';
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
  /** Where thresholds stand among the builder's `knownCuts`; read at inner nodes only. */
  readonly bin?: ArrayLike<number>;
}

export interface EnsembleSettings {
  readonly base: number;
  readonly link: Link;
  readonly outOfBagRmse?: number | undefined;
  /** Gain per feature of trees that were added without theirs. */
  readonly gainBefore?: Float64Array | undefined;
  /** Given: leaf covers are kept, for export. */
  readonly training?: { readonly learningRate: number; readonly lambda: number } | undefined;
}

/** Nodes that there is room for at first; it doubles when it is full. */
const FIRST_NODES = 4096;
/** Largest room that is kept for the next ensemble: some 5 MB. */
const MOST_KEPT_NODES = 2 ** 17;

/** Nodes of all trees, one behind the other. */
class NodeRoom {
  readonly nodes: number;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly bin: Int32Array;
  readonly left: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly gain: Float64Array;
  readonly value: Float32Array;
  readonly cover: Float32Array;
  /** Nodes of the tree that is being added, breadth first. */
  readonly queue: Int32Array;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.feature = new Int32Array(nodes);
    this.threshold = new Float32Array(nodes);
    this.bin = new Int32Array(nodes);
    this.left = new Int32Array(nodes);
    this.missingLeft = new Uint8Array(nodes);
    this.gain = new Float64Array(nodes);
    this.value = new Float32Array(nodes);
    this.cover = new Float32Array(nodes);
    this.queue = new Int32Array(nodes);
  }

  copyOf(from: NodeRoom, count: number): this {
    this.feature.set(from.feature.subarray(0, count));
    this.threshold.set(from.threshold.subarray(0, count));
    this.bin.set(from.bin.subarray(0, count));
    this.left.set(from.left.subarray(0, count));
    this.missingLeft.set(from.missingLeft.subarray(0, count));
    this.gain.set(from.gain.subarray(0, count));
    this.value.set(from.value.subarray(0, count));
    this.cover.set(from.cover.subarray(0, count));
    return this;
  }
}

const NO_ROOM = new NodeRoom(0);

/** The room of an ensemble that is built, for the next one. */
let spare: NodeRoom | undefined;

function takeRoom(): NodeRoom {
  const room = spare ?? new NodeRoom(FIRST_NODES);
  spare = undefined;
  return room;
}

/** Collects trees and gives them the form that `TreeEnsemble` predicts from, once. */
export class EnsembleBuilder {
  private readonly featureCount: number;
  private readonly knownCuts: readonly Float32Array[] | undefined;
  private readonly roots: number[] = [];
  private nodeCount = 0;
  private room = takeRoom();
  /** Every tree so far says its bins. */
  private knowsBins: boolean;

  /** `knownCuts`: by feature and ascending, the thresholds that most trees will have. */
  constructor(featureCount: number, knownCuts?: readonly Float32Array[]) {
    this.featureCount = featureCount;
    this.knownCuts = knownCuts;
    this.knowsBins = knownCuts !== undefined;
  }

  get treeCount(): number {
    return this.roots.length;
  }

  /** Appends a copy of a tree, its nodes breadth first: so children are neighbors and stand behind their parent. */
  add(tree: LooseTree): void {
    const root = this.nodeCount;
    this.makeRoom(root + tree.nodeCount);
    const { feature: features, threshold, bin, left, missingLeft, gain, value, cover, queue } = this.room;
    const bins = tree.bin;
    if (bins === undefined) this.knowsBins = false;
    this.roots.push(root);
    queue[0] = 0;
    let end = 1;
    for (let i = 0; i < end; i++) {
      const node = queue[i];
      const feature = tree.feature[node];
      const at = root + i;
      features[at] = feature;
      if (feature < 0) {
        threshold[at] = 0;
        left[at] = 0;
        missingLeft[at] = 0;
        gain[at] = 0;
        value[at] = tree.value[node];
        cover[at] = tree.cover[node];
        continue;
      }
      threshold[at] = tree.threshold[node];
      if (bins !== undefined) bin[at] = bins[node];
      left[at] = root + end;
      missingLeft[at] = tree.missingLeft[node];
      gain[at] = tree.gain[node];
      value[at] = 0;
      cover[at] = 0;
      queue[end++] = tree.left[node];
      queue[end++] = tree.right[node];
    }
    this.nodeCount = root + end;
  }

  private makeRoom(nodes: number): void {
    const { room } = this;
    if (nodes > room.nodes) {
      this.room = new NodeRoom(Math.max(2 * room.nodes, nodes)).copyOf(room, this.nodeCount);
    }
  }

  /** Drops all trees behind the first `count`. */
  truncate(count: number): void {
    if (count >= this.roots.length) return;
    this.nodeCount = this.roots[count];
    this.roots.length = count;
  }

  build(settings: EnsembleSettings): TreeEnsemble {
    const { nodeCount, room } = this;
    const feature = room.feature.slice(0, nodeCount);
    const cut = new Uint16Array(nodeCount);
    const cuts =
      this.knowsBins && this.knownCuts !== undefined
        ? this.rankBins(this.knownCuts, cut)
        : this.rankThresholds(cut);
    const gain = settings.gainBefore?.slice() ?? new Float64Array(this.featureCount);
    for (let node = 0; node < nodeCount; node++)
      if (feature[node] >= 0) gain[feature[node]] += room.gain[node];
    const parts: EnsembleParts = {
      nodes: {
        roots: Int32Array.from(this.roots),
        feature,
        cut,
        left: room.left.slice(0, nodeCount),
        missingLeft: room.missingLeft.slice(0, nodeCount),
        value: room.value.slice(0, nodeCount),
      },
      cuts,
      base: settings.base,
      link: settings.link,
      gain,
      outOfBagRmse: settings.outOfBagRmse,
      training: settings.training && { ...settings.training, cover: room.cover.slice(0, nodeCount) },
    };
    this.room = NO_ROOM;
    if (room.nodes <= MOST_KEPT_NODES) spare = room;
    return new TreeEnsemble(parts);
  }

  /** Cuts of each feature among those known, and every node's place among them. */
  private rankBins(known: readonly Float32Array[], cut: Uint16Array): Float32Array[] {
    const { nodeCount } = this;
    const { feature, bin } = this.room;
    const width = 1 + Math.max(0, ...known.map((cuts) => cuts.length));
    const places = new Uint16Array(width * this.featureCount);
    for (let node = 0; node < nodeCount; node++) {
      const f = feature[node];
      if (f >= 0) places[f * width + bin[node]] = 1;
    }
    const cuts = known.map((own, f) => {
      const used = new Float32Array(own.length + 1);
      let count = 0;
      for (let b = 0, at = f * width; b <= own.length; b++, at++) {
        if (places[at] === 0) continue;
        const threshold = b < own.length ? own[b] : EVERY_VALUE;
        // Only where the last cut is the largest number there is.
        if (count > 0 && used[count - 1] === threshold) count--;
        used[count] = threshold;
        places[at] = count++;
      }
      return used.slice(0, count);
    });
    for (let node = 0; node < nodeCount; node++) {
      const f = feature[node];
      if (f >= 0) cut[node] = places[f * width + bin[node]];
    }
    return cuts;
  }

  /** As `rankBins`, of any thresholds. */
  private rankThresholds(cut: Uint16Array): Float32Array[] {
    const { nodeCount } = this;
    const { feature, threshold } = this.room;
    const cuts = this.distinctCuts();
    for (let node = 0; node < nodeCount; node++) {
      const f = feature[node];
      if (f >= 0) cut[node] = indexOf(cuts[f], threshold[node]);
    }
    return cuts;
  }

  private distinctCuts(): Float32Array[] {
    const { nodeCount } = this;
    const { feature, threshold } = this.room;
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
