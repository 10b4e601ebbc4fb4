import type { EnsembleNodes, EnsembleParts } from '../ensemble.ts';

/** Leaves beyond which a tree is faster walked a row at a time; a leaf's number has at most ten bits. */
const MOST_LEAVES = 1024;
const CUTS_PER_GROUP = 16;
/** Of 128 rows, a bit each. */
export const MASK_BYTES = 16;

/** An ensemble in the form that forward.as reads. */
export interface ForwardPlan {
  /** Features that the trees split on. */
  readonly used: readonly number[];
  /**
   * Per used feature, what `split` reads: its cuts, NaN up to a multiple of 16, then every sixteenth but the first, also
   * filled up.
   */
  readonly cuts: readonly Float32Array[];
  readonly cutCounts: readonly number[];
  /** Per used feature, where its conditions begin: one mask of rows, unused, and one per cut. */
  readonly conditionsAt: readonly number[];
  readonly conditionBytes: number;
  readonly trees: number;
  /**
   * Per tree: number of splits, bits of a leaf's number, address of its leaves among `values`; then per split, parents first,
   * the addresses of its mask and of its left child's as 16 bits each, and that of its condition; then per bit, the highest
   * first, a count and so many addresses of masks.
   */
  readonly program: Uint32Array;
  /** Per tree its leaves, from left to right. */
  readonly values: Float32Array;
  /** Of the tree with the most nodes. */
  readonly maskBytes: number;
}

/** @returns undefined where a tree has too many leaves */
export function forwardPlan({ nodes, cuts }: EnsembleParts): ForwardPlan | undefined {
  const used = cuts.flatMap((_, f) => (nodes.feature.includes(f) ? [f] : []));
  const cutCounts = used.map((f) => cuts[f].length);
  const conditionsAt: number[] = [];
  let conditionBytes = 0;
  for (const count of cutCounts) {
    conditionsAt.push(conditionBytes);
    conditionBytes += MASK_BYTES * (count + 1);
  }
  const conditionOf = new Int32Array(cuts.length);
  used.forEach((f, slot) => {
    // The first mask is of rows below all cuts.
    conditionOf[f] = conditionsAt[slot] + MASK_BYTES;
  });
  const { roots, feature } = nodes;
  const program: number[] = [];
  const values: number[] = [];
  let most = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    const range = { from: roots[tree], to: tree + 1 < roots.length ? roots[tree + 1] : feature.length };
    if (range.to - range.from >= 2 * MOST_LEAVES) return undefined;
    most = Math.max(most, range.to - range.from);
    addTree(nodes, range, conditionOf, program, values);
  }
  return {
    used,
    cuts: used.map((f) => groupedCuts(cuts[f])),
    cutCounts,
    conditionsAt,
    conditionBytes,
    trees: roots.length,
    program: Uint32Array.from(program),
    values: Float32Array.from(values),
    maskBytes: MASK_BYTES * most,
  };
}

function groupedCuts(cuts: Float32Array): Float32Array {
  const size = Math.ceil(cuts.length / CUTS_PER_GROUP) * CUTS_PER_GROUP;
  const pivots: number[] = [];
  for (let c = CUTS_PER_GROUP; c < cuts.length; c += CUTS_PER_GROUP) pivots.push(cuts[c]);
  const grouped = new Float32Array(size + Math.ceil(pivots.length / CUTS_PER_GROUP) * CUTS_PER_GROUP);
  grouped.fill(Number.NaN).set(cuts);
  grouped.set(pivots, size);
  return grouped;
}

function addTree(
  { feature, cut, left, value }: EnsembleNodes,
  { from, to }: { readonly from: number; readonly to: number },
  conditionOf: Int32Array,
  program: number[],
  values: number[],
): void {
  const leaves = (to - from + 1) / 2;
  const bits = Math.ceil(Math.log2(leaves));
  program.push(leaves - 1, bits, 4 * values.length);
  for (let node = from; node < to; node++) {
    if (feature[node] < 0) continue;
    const mask = MASK_BYTES * (node - from);
    program.push(
      mask | ((MASK_BYTES * (left[node] - from)) << 16),
      conditionOf[feature[node]] + MASK_BYTES * cut[node],
    );
  }

  // Leaves below a node are numbered one after the other: from firstLeaf[node] on, as many as leafCount says.
  const leafCount = new Int32Array(to - from);
  for (let node = to - 1; node >= from; node--) {
    const child = left[node] - from;
    leafCount[node - from] = feature[node] < 0 ? 1 : leafCount[child] + leafCount[child + 1];
  }
  const firstLeaf = new Int32Array(to - from);
  const firstValue = values.length;
  for (let node = from; node < to; node++) {
    const first = firstLeaf[node - from];
    if (feature[node] < 0) {
      values[firstValue + first] = value[node];
    } else {
      const child = left[node] - from;
      firstLeaf[child] = first;
      firstLeaf[child + 1] = first + leafCount[child];
    }
  }
  for (let bit = bits - 1; bit >= 0; bit--) {
    const countAt = program.push(0) - 1;
    const cover = (node: number): void => {
      const first = firstLeaf[node];
      const last = first + leafCount[node] - 1;
      const sameRun = first >> bit === last >> bit;
      if (sameRun && ((first >> bit) & 1) === 1) program.push(MASK_BYTES * node);
      if (sameRun) return;
      const child = left[from + node] - from;
      cover(child);
      cover(child + 1);
    };
    cover(0);
    program[countAt] = program.length - 1 - countAt;
  }
}
