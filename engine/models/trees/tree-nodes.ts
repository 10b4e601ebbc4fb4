import type { Memory } from './kernel/memory.ts';
import { MISSING_BIN } from './quantiles.ts';

/**
 * A tree on bins that is used again for the next one, in a kernel's memory; node 0 is the root, children have higher numbers than their
 * parent.
 */
export class TreeNodes {
  count = 0;
  readonly gain: Float64Array;
  /** What a leaf adds. */
  readonly value: Float64Array;
  /** Sum of the gradients of a leaf's rows at [2 node], of their hessians at [2 node + 1]. */
  readonly sums: Float64Array;
  /** Feature that a node splits on, or -1 for a leaf. */
  readonly feature: Int32Array;
  /** Bins <= this go left. */
  readonly bin: Int32Array;
  /** Left child; the right one follows it. */
  readonly left: Int32Array;
  /** A node's rows are rows[from .. to) of the workspace. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** After `Workspace.routeOthers`, a node's rows of those outside the tree are others[othersFrom .. othersTo). */
  readonly othersFrom: Int32Array;
  readonly othersTo: Int32Array;
  readonly missingLeft: Uint8Array;

  /** Bytes that it takes for so many nodes. */
  static bytes(capacity: number): number {
    return (4 * 8 + 7 * 4 + 1) * capacity;
  }

  /** At an address that is aligned to 8. */
  constructor({ f64, i32, u8 }: Memory, at: number, capacity: number) {
    const ofFloats = at >> 3;
    const floats = (k: number, length = capacity) =>
      f64.subarray(ofFloats + k * capacity, ofFloats + k * capacity + length);
    this.gain = floats(0);
    this.value = floats(1);
    this.sums = floats(2, 2 * capacity);
    const ofIntegers = (at >> 2) + 8 * capacity;
    const integers = (k: number) => i32.subarray(ofIntegers + k * capacity, ofIntegers + (k + 1) * capacity);
    this.feature = integers(0);
    this.bin = integers(1);
    this.left = integers(2);
    this.from = integers(3);
    this.to = integers(4);
    this.othersFrom = integers(5);
    this.othersTo = integers(6);
    const ofBytes = 4 * (ofIntegers + 7 * capacity);
    this.missingLeft = u8.subarray(ofBytes, ofBytes + capacity);
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
