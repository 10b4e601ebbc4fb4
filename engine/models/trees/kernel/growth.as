// Growth of a whole tree: what Grower of grow.ts does node by node, bit for bit, without a call for each of them.

import { bestSplitOfFew } from './few';
import { bestSplit, histograms, removeRows, subtract } from './kernel';
import { partition } from './partition';
import { bestSplitOfAll } from './sorted';

/** As growth.ts lays it out: addresses, numbers, then float64. */
@unmanaged
class Growth {
  columns: u32;
  rowCount: u32;
  rows: u32;
  scratch: u32;
  pairs: u32;
  list: u32;
  positions: u32;
  result: u32;
  filter: u32;
  few: u32;
  byRow: u32;
  rowBytes: u32;
  positionOf: u32;
  hasMissing: u32;
  order: u32;
  last: u32;
  slots: u32;
  slotBytes: u32;

  feature: u32;
  bin: u32;
  left: u32;
  from: u32;
  to: u32;
  missingLeft: u32;
  gain: u32;

  depth: u32;
  gradient: u32;
  hessian: u32;
  gradientLeft: u32;
  hessianLeft: u32;
  slot: u32;
  frontier: u32;
  freeSlots: u32;
  pool: u32;

  slotCount: u32;
  poolLength: u32;
  perSplit: u32;
  maxDepth: u32;
  maxLeaves: u32;
  drawsTies: u32;
  unit: i32;
  mostSorted: u32;
  rootIsSorted: u32;
  listed: u32;
  listsAll: u32;
  count: u32;
  gradientSum: i32;
  hessianSum: i32;

  a: u32;
  b: u32;
  c: u32;
  counter: u32;

  lambda: f64;
  alpha: f64;
  gainUnit: f64;
  minGain: f64;
  minHessian: f64;
  minRows: f64;
}

const ENDLESS: u32 = 0xffffffff;
const NO_SLOT: i32 = -1;
const SCRATCH_SLOT: i32 = 0;
/** As in grow.ts. */
const KEPT_ROWS: f64 = 104;
const KEPT_SHARE: f64 = 0.4;

let g = changetype<Growth>(0);
let nodeCount: u32 = 0;
let frontierSize: u32 = 0;
let freeSlotCount: u32 = 0;

@inline
function get(array: u32, i: u32): i32 {
  return load<i32>(<usize>array + (<usize>i << 2));
}

@inline
function set(array: u32, i: u32, value: i32): void {
  store<i32>(<usize>array + (<usize>i << 2), value);
}

@inline
function gainOf(node: u32): f64 {
  return load<f64>(<usize>g.gain + (<usize>node << 3));
}

function addNode(from: u32, to: u32, depth: i32, gradient: i32, hessian: i32): u32 {
  const node = nodeCount++;
  set(g.feature, node, -1);
  set(g.from, node, from);
  set(g.to, node, to);
  set(g.depth, node, depth);
  set(g.gradient, node, gradient);
  set(g.hessian, node, hessian);
  set(g.slot, node, NO_SLOT);
  return node;
}

@inline
function rowsOf(node: u32): u32 {
  return get(g.to, node) - get(g.from, node);
}

function leastHessian(node: u32): f64 {
  if (isNaN(g.minRows)) return g.minHessian;
  return max(g.minHessian, ceil(((g.minRows - 0.5) * <f64>get(g.hessian, node)) / <f64>rowsOf(node)));
}

function canSplit(node: u32): bool {
  return (
    <u32>get(g.depth, node) < g.maxDepth &&
    <f64>get(g.hessian, node) >= 2 * leastHessian(node) &&
    rowsOf(node) >= 2
  );
}

/** sfc32, as in prng.ts. */
function draw(): u32 {
  const sum = g.a + g.b + g.counter;
  g.counter++;
  g.a = g.b ^ (g.b >> 9);
  g.b = g.c + (g.c << 3);
  g.c = ((g.c << 21) | (g.c >> 11)) + sum;
  return sum;
}

/** Moves `drawn` random elements of the pool from `first` on to there. */
function drawToFront(first: u32, drawn: u32): void {
  let divisor = g.poolLength - first;
  for (const end = first + drawn; first < end; first++, divisor--) {
    let value = draw();
    while (value >= <u32>0 - divisor) {
      // Values that would make the first places likelier.
      const beyond = (<u32>0 - divisor) % divisor;
      if (beyond == 0 || value < <u32>0 - beyond) break;
      value = draw();
    }
    const other = first + (value % divisor);
    const swapped = get(g.pool, first);
    set(g.pool, first, get(g.pool, other));
    set(g.pool, other, swapped);
  }
}

function listFeatures(first: u32, count: u32): void {
  g.listed = count;
  g.listsAll = 0;
  const positions = <usize>g.positions;
  let position: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const feature = get(g.pool, first + i);
    set(g.list, i, feature);
    position = load<u16>(<usize>g.positionOf + (<usize>feature << 1));
    store<u16>(positions + (<usize>i << 1), position);
  }
  for (let i = count; (i & 15) != 0; i++) store<u16>(positions + (<usize>i << 1), position);
}

@inline
function slotAt(slot: i32): usize {
  return <usize>g.slots + <usize>slot * <usize>g.slotBytes;
}

@inline
function padded(): usize {
  return (<usize>g.listed + 3) & ~3;
}

function build(node: u32, slot: i32): void {
  const rows = <usize>g.rows + (<usize>get(g.from, node) << 2);
  histograms(g.columns, g.rowCount, rows, rowsOf(node), g.pairs, g.list, g.listed, slotAt(slot));
}

/** Where a node's histograms go, or none for so few rows that it needs none. */
function slotFor(node: u32): i32 {
  if (rowsOf(node) <= g.mostSorted || (node == 0 && g.rootIsSorted != 0)) return NO_SLOT;
  return g.perSplit == 0 ? get(g.freeSlots, --freeSlotCount) : SCRATCH_SLOT;
}

function freeSlot(slot: i32): void {
  if (slot > SCRATCH_SLOT) set(g.freeSlots, freeSlotCount++, slot);
}

function findSplit(node: u32, slot: i32): i32 {
  const minHessian = <i32>leastHessian(node);
  const gradient = get(g.gradient, node);
  const hessian = get(g.hessian, node);
  let ties: u32 = 0;
  if (g.drawsTies != 0) ties = max<u32>(draw(), 1);
  if (slot != NO_SLOT) {
    return bestSplit(
      slotAt(slot),
      padded(),
      gradient,
      hessian,
      g.lambda,
      g.alpha,
      minHessian,
      ties,
      g.filter,
      g.result,
    );
  }
  if (node == 0 && g.rootIsSorted != 0) {
    return bestSplitOfAll(
      g.columns,
      g.rowCount,
      g.order,
      g.last,
      g.rowCount,
      g.pairs,
      g.list,
      g.listed,
      gradient,
      g.lambda,
      g.alpha,
      minHessian,
      ties,
      g.few,
      g.result,
    );
  }
  return bestSplitOfFew(
    g.byRow,
    g.rowBytes,
    <usize>g.rows + (<usize>get(g.from, node) << 2),
    rowsOf(node),
    g.pairs,
    g.listsAll != 0 ? 0 : g.positions,
    g.listed,
    g.unit,
    gradient,
    hessian,
    g.lambda,
    g.alpha,
    minHessian,
    ties,
    g.few,
    g.result,
  );
}

/** Finds a node's best split and puts it on the frontier if that gains enough. */
function consider(node: u32, slot: i32): bool {
  const gradient = <f64>get(g.gradient, node);
  const hessian = get(g.hessian, node);
  const code = findSplit(node, slot);
  const result = <usize>g.result;
  const excess = max<f64>(0, abs(gradient) - g.alpha);
  const gain = (load<f64>(result) - (excess * excess) / (<f64>hessian + g.lambda)) * g.gainUnit;
  if (code < 0 || !(gain > g.minGain)) {
    freeSlot(slot);
    return false;
  }
  const feature = get(g.list, code >> 9);
  const hessianLeft = load<i32>(result, 12);
  set(g.feature, node, feature);
  set(g.bin, node, code & 0xff);
  store<f64>(<usize>g.gain + (<usize>node << 3), gain);
  set(g.gradientLeft, node, load<i32>(result, 8));
  set(g.hessianLeft, node, hessianLeft);
  const towardsMost: i32 = <i64>hessianLeft * 2 >= <i64>hessian ? 1 : 0;
  const isMissing = load<u8>(<usize>g.hasMissing + <usize>feature) == 1;
  store<u8>(<usize>g.missingLeft + <usize>node, isMissing ? (code >> 8) & 1 : towardsMost);
  if (slot > SCRATCH_SLOT) set(g.slot, node, slot);
  set(g.frontier, frontierSize++, node);
  return true;
}

/** Looks for a node's split without help of its parent's histograms. */
function considerAlone(node: u32): void {
  if (g.perSplit == 0) {
    const slot = slotFor(node);
    if (slot != NO_SLOT) build(node, slot);
    consider(node, slot);
    return;
  }
  for (let first: u32 = 0; first < g.poolLength; first += g.perSplit) {
    const drawn = min(g.perSplit, g.poolLength - first);
    drawToFront(first, drawn);
    listFeatures(first, drawn);
    const slot = slotFor(node);
    if (slot != NO_SLOT) build(node, slot);
    if (consider(node, slot)) return;
  }
}

/** The newest node, or of a limited number of leaves the one with the largest gain (the older of equals). */
function takeNext(): u32 {
  let chosen = frontierSize - 1;
  if (g.maxLeaves != ENDLESS) {
    for (let i = <i32>chosen - 1; i >= 0; i--) {
      const own = get(g.frontier, i);
      const best = get(g.frontier, chosen);
      const difference = gainOf(own) - gainOf(best);
      if (difference > 0 || (difference == 0 && own < best)) chosen = i;
    }
  }
  const node = get(g.frontier, chosen);
  set(g.frontier, chosen, get(g.frontier, --frontierSize));
  return node;
}

function split(node: u32, childrenMaySplit: bool): void {
  const from = get(g.from, node);
  const to = get(g.to, node);
  const column = <usize>g.columns + <usize>get(g.feature, node) * <usize>g.rowCount;
  const missingLeft = load<u8>(<usize>g.missingLeft + <usize>node);
  const rows = <usize>g.rows + (<usize>from << 2);
  const middle = from + <i32>partition(column, rows, to - from, get(g.bin, node), missingLeft, g.scratch);
  const below = get(g.depth, node) + 1;
  const gradientLeft = get(g.gradientLeft, node);
  const hessianLeft = get(g.hessianLeft, node);
  const left = addNode(from, middle, below, gradientLeft, hessianLeft);
  const right = addNode(middle, to, below, get(g.gradient, node) - gradientLeft, get(g.hessian, node) - hessianLeft);
  set(g.left, node, left);
  const smaller = middle - from <= to - middle ? left : right;
  const larger = smaller == left ? right : left;
  const smallerSplits = childrenMaySplit && canSplit(smaller);
  const largerSplits = childrenMaySplit && canSplit(larger);

  const slot = get(g.slot, node);
  const leastKept = KEPT_ROWS + KEPT_SHARE * <f64>rowsOf(smaller);
  if (slot == NO_SLOT || !largerSplits || <f64>rowsOf(larger) < leastKept) {
    freeSlot(slot);
    if (smallerSplits) considerAlone(smaller);
    if (largerSplits) considerAlone(larger);
    return;
  }
  const own = smallerSplits ? slotFor(smaller) : NO_SLOT;
  if (own == NO_SLOT) {
    const first = <usize>g.rows + (<usize>get(g.from, smaller) << 2);
    removeRows(g.columns, g.rowCount, first, rowsOf(smaller), g.pairs, g.list, g.listed, slotAt(slot));
  } else {
    build(smaller, own);
    subtract(slotAt(slot), slotAt(own), padded());
  }
  if (smallerSplits) consider(smaller, own);
  consider(larger, slot);
}

export function growTree(growth: usize): u32 {
  g = changetype<Growth>(growth);
  nodeCount = 0;
  frontierSize = 0;
  freeSlotCount = 0;
  for (let slot = <i32>g.slotCount - 1; slot > SCRATCH_SLOT; slot--) set(g.freeSlots, freeSlotCount++, slot);
  addNode(0, g.count, 0, g.gradientSum, g.hessianSum);
  if (g.poolLength > 0 && canSplit(0)) considerAlone(0);
  for (let leaves: u32 = 1; frontierSize > 0 && leaves < g.maxLeaves; leaves++) {
    split(takeNext(), leaves + 1 < g.maxLeaves);
  }
  while (frontierSize > 0) set(g.feature, get(g.frontier, --frontierSize), -1);
  return nodeCount;
}
