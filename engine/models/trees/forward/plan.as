// Trees in the form that `sumTrees` reads: see tree-program.ts. Which nodes are leaves is as good as random: what is written for either
// kind is written for both, to where it is not read, instead of by a branch that would be guessed wrong half of the time.

import { MASK_BYTES } from './blocks';

/** Of the tree that is being written, per mask 4 bytes each, and those of two masks that no node has. */
let nodes: usize = 0;
/** The mask of its left child; of a leaf that of the first of those two. */
let children: usize = 0;
/** Leaves below it are numbered one after the other: from the first on, so many. */
let firsts: usize = 0;
let counts: usize = 0;
/** From so many bits on, the leaves below its parent share all of their number. */
let bitsAbove: usize = 0;
/** Bits of the numbers of its leaves that are set in all of them, and not alike in all of its parent's. */
let planes: usize = 0;

/** Splits, level by level: so the masks of children follow each other. Returns where the program goes on. */
function addSplits(
  root: u32,
  size: u32,
  none: u32,
  feature: usize,
  cut: usize,
  left: usize,
  slots: usize,
  program: usize,
  end: usize,
  conditions: usize,
): usize {
  store<u32>(nodes, root);
  let behind: u32 = 1;
  for (let mask: u32 = 0; mask < size; mask++) {
    const node = <usize>load<u32>(nodes + (<usize>mask << 2));
    const f = load<i32>(feature + (node << 2));
    const isLeaf = <u32>f >> 31;
    store<u32>(children + (<usize>mask << 2), isLeaf ? none : behind);
    store<u32>(end, mask * <u32>MASK_BYTES);
    store<u32>(conditions, <u32>(end + 4 - program) >> 2);
    store<u32>(end, (load<u32>(slots + 4 + (<usize>f << 2)) << 16) | <u32>load<u16>(cut + (node << 1)), 4);
    const child = load<u32>(left + (node << 2));
    const to = nodes + (<usize>behind << 2);
    store<u32>(to, child);
    store<u32>(to, child + 1, 4);
    const split = 1 - isLeaf;
    conditions += <usize>split << 2;
    end += <usize>split << 3;
    behind += split << 1;
  }
  return end;
}

function numberLeaves(size: u32, none: u32, value: usize, leaves: usize): void {
  const bytes = <usize>size << 2;
  const dummy = <usize>none << 2;
  store<u32>(counts + dummy, 1);
  store<u32>(counts + dummy, 0, 4);
  for (let at = bytes; at > 0; ) {
    at -= 4;
    const child = <usize>load<u32>(children + at) << 2;
    store<u32>(counts + at, load<u32>(counts + child) + load<u32>(counts + child, 4));
  }
  store<u32>(firsts, 0);
  store<u32>(bitsAbove, 0);
  for (let at: usize = 0; at < bytes; at += 4) {
    const first = load<u32>(firsts + at);
    const bits: u32 = 32 - <u32>clz(first ^ (first + load<u32>(counts + at) - 1));
    store<u32>(planes + at, ((first >> bits) << bits) & (((<u32>1) << load<u32>(bitsAbove + at)) - 1));
    // What is no leaf has leaves behind it, of which the first overwrites this.
    const node = <usize>load<u32>(nodes + at);
    store<f64>(leaves + (<usize>first << 3), <f64>load<f32>(value + (node << 2)));
    const child = <usize>load<u32>(children + at) << 2;
    store<u32>(bitsAbove + child, bits);
    store<u32>(bitsAbove + child, bits, 4);
    store<u32>(firsts + child, first);
    store<u32>(firsts + child, first + load<u32>(counts + child), 4);
  }
}

/** Of each bit the masks of those nodes below which it is set in all leaves, and not in all of their parents. */
function addPlanes(size: u32, bits: u32, end: usize): usize {
  const bytes = <usize>size << 2;
  for (let bit = bits; bit > 0; ) {
    bit--;
    const head = end;
    end += 4;
    for (let at: usize = 4, mask = <u32>MASK_BYTES; at < bytes; at += 4, mask += <u32>MASK_BYTES) {
      store<u32>(end, mask);
      end += <usize>((load<u32>(planes + at) >> bit) & 1) << 2;
    }
    store<u32>(head, (<u32>(end - head) >> 2) - 1);
  }
  return end;
}

export function planTrees(
  feature: usize,
  cut: usize,
  left: usize,
  value: usize,
  roots: usize,
  slots: usize,
  tree: u32,
  trees: u32,
  nodeCount: u32,
  conditions: usize,
  leaves: usize,
  scratch: usize,
  most: usize,
  program: usize,
  room: usize,
  state: usize,
): u32 {
  const perMask = (most + 2) << 2;
  nodes = scratch;
  children = nodes + perMask;
  firsts = children + perMask;
  counts = firsts + perMask;
  bitsAbove = counts + perMask;
  planes = bitsAbove + perMask;
  let words = load<u32>(state);
  let splits = load<u32>(state, 4);
  for (; tree < trees; tree++) {
    const root = load<u32>(roots + (<usize>tree << 2));
    const behind = tree + 1 < trees ? load<u32>(roots + (<usize>tree << 2), 4) : nodeCount;
    const size = behind - root;
    const own = size >> 1;
    const bits: u32 = 32 - <u32>clz(own);
    // A mask may be listed once per bit; three words more are written, but not kept.
    if (<usize>(words + 6 + 2 * own + bits * (1 + size)) > room) break;
    // One leaf more than splits in each tree.
    const firstLeaf = splits + tree;
    const start = program + (<usize>words << 2);
    store<u32>(start, own);
    store<u32>(start, bits, 4);
    store<u32>(start, firstLeaf << 3, 8);
    const condition = conditions + (<usize>splits << 2);
    const end = addSplits(root, size, <u32>most, feature, cut, left, slots, program, start + 12, condition);
    numberLeaves(size, <u32>most, value, leaves + (<usize>firstLeaf << 3));
    words = <u32>(addPlanes(size, bits, end) - program) >> 2;
    splits += own;
  }
  store<u32>(state, words);
  store<u32>(state, splits, 4);
  return tree;
}
