import type { EnsembleNodes, EnsembleParts } from '../ensemble.ts';
import { viewMemory } from '../kernel/memory.ts';
import { type ProgramWriter, type TreeProgram, treeProgram } from './tree-program.ts';

/** Leaves beyond which a tree is faster walked a row at a time; a leaf's number has at most ten bits. */
const MOST_LEAVES = 1024;
/** `split` looks at so many cuts at once, of which all behind the last are none. */
export const CUTS_AT_ONCE = 4;
/** Features that a word of the program can tell apart. */
const MOST_FEATURES = 65_536;
/** Cells that the span of a feature's cuts is divided into. */
export const CELLS = 512;

/** An ensemble in the form that forward.as reads. */
export interface ForwardPlan extends TreeProgram {
  /** Features that the trees split on; of one, its place here is its slot. */
  readonly used: readonly number[];
  readonly cutCounts: readonly number[];
  /** Of each used feature its cuts, then four times NaN. */
  readonly cuts: Float32Array;
  /**
   * Where among its cuts to begin to look for a value, by equal cells of their span, those at its ends open: per used feature lowest, scale
   * and last. The cell of a value is (value - lowest) * scale, rounded, within 0 to `last`.
   */
  readonly cells: Float32Array;
  /** Per cell the cuts in cells before it: all of them are below all values of the cell, as larger values are in no earlier cell. */
  readonly places: Uint16Array;
  readonly trees: number;
  /** Masks of the tree with the most nodes. */
  readonly masks: number;
}

/** Where plans are made. Nothing is kept in the memory. */
export interface PlanWriter extends ProgramWriter {
  /** Writes `places` and `cells` of so many features, the numbers of whose cuts (uint32) are given. Arguments are byte addresses. */
  readonly cutCells: (cuts: number, counts: number, features: number, places: number, cells: number) => void;
}

/** @returns undefined where a tree has too many leaves */
export function forwardPlan({ nodes, cuts }: EnsembleParts, writer: PlanWriter): ForwardPlan | undefined {
  const { used, slotOf } = usedFeatures(nodes, cuts.length);
  if (used.length >= MOST_FEATURES) return undefined;
  const masks = mostNodes(nodes);
  if (masks >= 2 * MOST_LEAVES) return undefined;
  return {
    used,
    ...plannedCuts(
      used.map((f) => cuts[f]),
      writer,
    ),
    trees: nodes.roots.length,
    ...treeProgram(nodes, slotOf, masks, writer),
    masks,
  };
}

/** Slots stand behind the feature's number: what has number -1 is a leaf, and has none. */
function usedFeatures(
  { feature }: EnsembleNodes,
  count: number,
): { readonly used: readonly number[]; readonly slotOf: Uint32Array } {
  const slotOf = new Uint32Array(count + 1);
  for (let node = 0; node < feature.length; node++) slotOf[feature[node] + 1] = 1;
  const used: number[] = [];
  for (let f = 0; f < count; f++) if (slotOf[f + 1] === 1) slotOf[f + 1] = used.push(f) - 1;
  return { used, slotOf };
}

/** Of the largest tree. */
function mostNodes({ roots, feature }: EnsembleNodes): number {
  let most = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    const behind = tree + 1 < roots.length ? roots[tree + 1] : feature.length;
    most = Math.max(most, behind - roots[tree]);
  }
  return most;
}

function plannedCuts(
  own: readonly Float32Array[],
  { reserve, cutCells }: PlanWriter,
): Pick<ForwardPlan, 'cutCounts' | 'cuts' | 'cells' | 'places'> {
  const cutCounts = own.map(({ length }) => length);
  const length = cutCounts.reduce((sum, count) => sum + count + CUTS_AT_ONCE, 0);
  const cuts = new Float32Array(length).fill(Number.NaN);
  let end = 0;
  for (const ofFeature of own) {
    cuts.set(ofFeature, end);
    end += ofFeature.length + CUTS_AT_ONCE;
  }
  const counts = 4 * length;
  const cells = counts + 4 * own.length;
  const places = cells + 12 * own.length;
  const { u16, u32, f32 } = viewMemory(reserve(places + 2 * CELLS * own.length));
  f32.set(cuts);
  u32.set(cutCounts, counts >> 2);
  cutCells(0, counts, own.length, places, cells);
  return {
    cutCounts,
    cuts,
    cells: f32.slice(cells >> 2, (cells >> 2) + 3 * own.length),
    places: u16.slice(places >> 1, (places >> 1) + CELLS * own.length),
  };
}
