import type { EnsembleNodes } from '../ensemble.ts';

/** Bytes from one mask to the next (forward.as): a bit for each of 512 rows. */
export const MASK_BYTES = 64;

/** Nodes of a tree. */
export interface NodeRange {
  readonly from: number;
  readonly to: number;
}

/** Writes trees in the form that forward.as reads: see `ForwardPlan`. */
export class TreeProgram {
  readonly #nodes: EnsembleNodes;
  readonly #slotOf: Int32Array;
  #program = new Uint32Array(4096);
  #words = 0;
  readonly #conditions: Uint32Array;
  #splits = 0;
  readonly #leaves: Float64Array;
  #leafCount = 0;
  /** Of the tree that is being added, by mask: the node, and the mask of its left child or 0 for a leaf. */
  readonly #node: Int32Array;
  readonly #left: Int32Array;
  /** Leaves below a node are numbered one after the other: from `first` on, as many as `count` says. */
  readonly #first: Int32Array;
  readonly #count: Int32Array;
  /** Bits of the numbers of its leaves that are set in all of them, and not alike in all of its parent's. */
  readonly #planes: Uint16Array;
  /** From so many bits on, the leaves below a node's parent share all of their number. */
  readonly #bitsAbove: Uint8Array;
  /** Per bit where the next mask of its plane is listed. */
  readonly #next = new Uint32Array(16);

  /** `most` is the number of nodes of the largest tree. */
  constructor(nodes: EnsembleNodes, slotOf: Int32Array, most: number) {
    const { feature } = nodes;
    let splits = 0;
    for (let node = 0; node < feature.length; node++) if (feature[node] >= 0) splits++;
    this.#nodes = nodes;
    this.#slotOf = slotOf;
    this.#conditions = new Uint32Array(splits);
    this.#leaves = new Float64Array(feature.length - splits);
    this.#node = new Int32Array(most);
    this.#left = new Int32Array(most);
    this.#first = new Int32Array(most);
    this.#count = new Int32Array(most);
    this.#planes = new Uint16Array(most);
    this.#bitsAbove = new Uint8Array(most);
  }

  built(): {
    readonly program: Uint32Array;
    readonly conditions: Uint32Array;
    readonly leaves: Float64Array;
  } {
    return {
      program: this.#program.slice(0, this.#words),
      conditions: this.#conditions,
      leaves: this.#leaves,
    };
  }

  add({ from, to }: NodeRange): void {
    const size = to - from;
    const leaves = (size + 1) / 2;
    const bits = Math.ceil(Math.log2(leaves));
    // A mask may be listed once per bit.
    this.#makeRoom(3 + 2 * (leaves - 1) + bits * (1 + size));
    this.#push(leaves - 1);
    this.#push(bits);
    this.#push(8 * this.#leafCount);
    this.#addSplits(from);
    this.#numberLeaves(size);
    this.#addPlanes(size, bits);
    this.#leafCount += leaves;
  }

  /** Nodes level by level: so the masks of children follow each other. */
  #addSplits(root: number): void {
    const { feature, cut, left } = this.#nodes;
    this.#node[0] = root;
    let end = 1;
    for (let mask = 0; mask < end; mask++) {
      const node = this.#node[mask];
      if (feature[node] < 0) {
        this.#left[mask] = 0;
        continue;
      }
      this.#push(MASK_BYTES * mask);
      this.#conditions[this.#splits++] = this.#words;
      this.#push((this.#slotOf[feature[node]] << 16) | cut[node]);
      this.#left[mask] = end;
      this.#node[end++] = left[node];
      this.#node[end++] = left[node] + 1;
    }
  }

  #numberLeaves(size: number): void {
    const left = this.#left;
    const first = this.#first;
    const count = this.#count;
    for (let mask = size - 1; mask >= 0; mask--) {
      const child = left[mask];
      count[mask] = child === 0 ? 1 : count[child] + count[child + 1];
    }
    first[0] = 0;
    this.#bitsAbove[0] = 0;
    for (let mask = 0; mask < size; mask++) {
      const child = left[mask];
      const bits = 32 - Math.clz32(first[mask] ^ (first[mask] + count[mask] - 1));
      this.#planes[mask] = (((first[mask] >> bits) << bits) & ((1 << this.#bitsAbove[mask]) - 1)) >>> 0;
      if (child === 0) {
        this.#leaves[this.#leafCount + first[mask]] = this.#nodes.value[this.#node[mask]];
      } else {
        this.#bitsAbove[child] = bits;
        this.#bitsAbove[child + 1] = bits;
        first[child] = first[mask];
        first[child + 1] = first[mask] + count[child];
      }
    }
  }

  /** Of each bit the masks of those nodes below which it is set in all leaves, and not in all of their parents. */
  #addPlanes(size: number, bits: number): void {
    const planes = this.#planes;
    const next = this.#next.fill(0);
    for (let mask = 1; mask < size; mask++) {
      for (let rest = planes[mask]; rest !== 0; rest &= rest - 1) next[31 - Math.clz32(rest & -rest)]++;
    }
    const program = this.#program;
    for (let bit = bits - 1; bit >= 0; bit--) {
      const count = next[bit];
      program[this.#words++] = count;
      next[bit] = this.#words;
      this.#words += count;
    }
    for (let mask = 1; mask < size; mask++) {
      for (let rest = planes[mask]; rest !== 0; rest &= rest - 1) {
        program[next[31 - Math.clz32(rest & -rest)]++] = MASK_BYTES * mask;
      }
    }
  }

  #push(word: number): void {
    this.#program[this.#words++] = word;
  }

  #makeRoom(words: number): void {
    const needed = this.#words + words;
    if (needed <= this.#program.length) return;
    const grown = new Uint32Array(Math.max(2 * this.#program.length, needed));
    grown.set(this.#program);
    this.#program = grown;
  }
}
