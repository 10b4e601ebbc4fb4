import type { EnsembleNodes } from '../ensemble.ts';
import { viewMemory } from '../kernel/memory.ts';

/** Bytes from one mask to the next (forward.as): a bit for each of 512 rows. */
export const MASK_BYTES = 64;

/** Trees in the form that forward.as reads. */
export interface TreeProgram {
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
}

/** Where trees are written in that form. Nothing is kept in the memory. */
export interface ProgramWriter {
  readonly reserve: (bytes: number) => ArrayBuffer;
  /**
   * Writes trees from the `tree`-th on as long as their words fit into `room`, and returns the first that it did not write. Arguments that
   * name data are byte addresses: arrays of nodes as an ensemble has them, of `slots` uint32, behind the feature's number. `scratch` takes
   * `scratchBytes` of the `most` nodes that a tree has. `state` holds two uint32, which are brought up to date: words and splits so far.
   */
  readonly planTrees: (
    feature: number,
    cut: number,
    left: number,
    value: number,
    roots: number,
    slots: number,
    tree: number,
    trees: number,
    nodeCount: number,
    conditions: number,
    leaves: number,
    scratch: number,
    most: number,
    program: number,
    room: number,
    state: number,
  ) => number;
}

/** Bytes of the writer's scratch: six arrays by node, and by two more. */
const scratchBytes = (most: number): number => 4 * 6 * (most + 2);

/** Words that there is room for at first, per node: that is enough but for trees that are one long branch. */
const FIRST_ROOM = 2;

/** @param most nodes of the largest tree */
export function treeProgram(
  nodes: EnsembleNodes,
  slotOf: Uint32Array,
  most: number,
  { reserve, planTrees }: ProgramWriter,
): TreeProgram {
  const { feature, cut, left, value, roots } = nodes;
  const nodeCount = feature.length;
  const trees = roots.length;
  // A tree has one leaf more than splits.
  const splits = (nodeCount - trees) / 2;
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  };
  const state = place(8);
  const [features, cuts, lefts, values] = [4, 2, 4, 4].map((bytes) => place(bytes * nodeCount));
  const rootsAt = place(4 * trees);
  const slots = place(4 * slotOf.length);
  // One more is written, but not kept.
  const conditions = place(4 * (splits + 1));
  const leaves = place(8 * (splits + trees));
  const scratch = place(scratchBytes(most));
  const program = end;

  // A tree takes at most 12 words for each of its nodes: one in each of ten planes, and two where it is split.
  const roomOfOne = 6 + 12 * (most + 1);
  let room = FIRST_ROOM * nodeCount + roomOfOne;
  const before = viewMemory(reserve(program + 4 * room));
  before.u32.fill(0, state >> 2, (state >> 2) + 2);
  before.i32.set(feature, features >> 2);
  before.u16.set(cut, cuts >> 1);
  before.i32.set(left, lefts >> 2);
  before.f32.set(value, values >> 2);
  before.i32.set(roots, rootsAt >> 2);
  before.u32.set(slotOf, slots >> 2);
  for (let tree = 0; tree < trees; ) {
    tree = planTrees(
      features,
      cuts,
      lefts,
      values,
      rootsAt,
      slots,
      tree,
      trees,
      nodeCount,
      conditions,
      leaves,
      scratch,
      most,
      program,
      room,
      state,
    );
    if (tree === trees) break;
    room = 2 * room;
    reserve(program + 4 * room);
  }
  const { u32, f64 } = viewMemory(reserve(0));
  return {
    program: u32.slice(program >> 2, (program >> 2) + u32[state >> 2]),
    conditions: u32.slice(conditions >> 2, (conditions >> 2) + splits),
    leaves: f64.slice(leaves >> 3, (leaves >> 3) + splits + trees),
  };
}
