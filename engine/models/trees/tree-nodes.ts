import { MISSING_BIN } from './quantiles.ts';

/** A tree on bins that is used again for the next one; node 0 is the root, children have higher numbers than their parent. */
export class TreeNodes {
  count = 0;
  /** Feature that a node splits on, or -1 for a leaf. */
  readonly feature: Int32Array;
  /** Bins <= this go left. */
  readonly bin: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Left child; the right one follows it. */
  readonly left: Int32Array;
  readonly gain: Float64Array;
  /** A node's rows are rows[from .. to) of the workspace. */
  readonly from: Int32Array;
  readonly to: Int32Array;

  constructor(capacity: number) {
    this.feature = new Int32Array(capacity);
    this.bin = new Int32Array(capacity);
    this.missingLeft = new Uint8Array(capacity);
    this.left = new Int32Array(capacity);
    this.gain = new Float64Array(capacity);
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
  }

  get capacity(): number {
    return this.feature.length;
  }

  addLeaf(from: number, to: number): number {
    const node = this.count++;
    this.feature[node] = -1;
    this.from[node] = from;
    this.to[node] = to;
    return node;
  }

  /** The leaf of a row of binned columns: feature f's bin stands at bins[f * stride + row]. */
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
}
