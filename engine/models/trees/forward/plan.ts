import type { EnsembleNodes, EnsembleParts } from '../ensemble.ts';
import { type CutCells, cutCells } from './cells.ts';
import { type NodeRange, TreeProgram } from './tree-program.ts';

/** Leaves beyond which a tree is faster walked a row at a time; a leaf's number has at most ten bits. */
const MOST_LEAVES = 1024;
/** `split` looks at so many cuts at once, of which all behind the last are none. */
const CUTS_AT_ONCE = 4;
/** Features that a word of the program can tell apart. */
const MOST_FEATURES = 65_536;

/** An ensemble in the form that forward.as reads. */
export interface ForwardPlan {
  /** Features that the trees split on; of one, its place here is its slot. */
  readonly used: readonly number[];
  /** Per used feature its cuts, then NaN. */
  readonly cuts: readonly Float32Array[];
  readonly cutCounts: readonly number[];
  readonly cells: readonly CutCells[];
  readonly trees: number;
  /**
   * Per tree: number of splits, bits of a leaf's number, address of its leaves among `leaves`; then per split, parents first,
   * the address of its mask and its condition, here as slot (16 bits) and cut (16 bits); then per bit, the highest first, a count
   * and so many addresses of masks. The masks of a split's children are the next two.
   */
  readonly program: Uint32Array;
  /** Where in the program the conditions are. */
  readonly conditions: Uint32Array;
  /** Per tree its leaves, from left to right. */
  readonly leaves: Float64Array;
  /** Masks of the tree with the most nodes. */
  readonly masks: number;
}

/** @returns undefined where a tree has too many leaves */
export function forwardPlan({ nodes, cuts }: EnsembleParts): ForwardPlan | undefined {
  const { used, slotOf } = usedFeatures(nodes, cuts.length);
  if (used.length >= MOST_FEATURES) return undefined;
  const ranges = treeRanges(nodes);
  const masks = ranges.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  if (masks >= 2 * MOST_LEAVES) return undefined;
  const program = new TreeProgram(nodes, slotOf, masks);
  for (const range of ranges) program.add(range);
  const own = used.map((f) => cuts[f]);
  return {
    used,
    cuts: own.map(paddedCuts),
    cutCounts: own.map(({ length }) => length),
    cells: own.map(cutCells),
    trees: ranges.length,
    ...program.built(),
    masks,
  };
}

function usedFeatures(
  { feature }: EnsembleNodes,
  count: number,
): { readonly used: readonly number[]; readonly slotOf: Int32Array } {
  const slotOf = new Int32Array(count).fill(-1);
  for (let node = 0; node < feature.length; node++) if (feature[node] >= 0) slotOf[feature[node]] = 0;
  const used: number[] = [];
  for (let f = 0; f < count; f++) if (slotOf[f] === 0) slotOf[f] = used.push(f) - 1;
  return { used, slotOf };
}

function treeRanges({ roots, feature }: EnsembleNodes): NodeRange[] {
  return Array.from(roots, (from, tree) => ({
    from,
    to: tree + 1 < roots.length ? roots[tree + 1] : feature.length,
  }));
}

function paddedCuts(cuts: Float32Array): Float32Array {
  const padded = new Float32Array(cuts.length + CUTS_AT_ONCE).fill(Number.NaN);
  padded.set(cuts);
  return padded;
}
