// Predictions of tree ensembles, 512 rows at a time, or 128 where there are few: AssemblyScript, compiled to WebAssembly with
// SIMD (forward.test.ts). forward.ts says what the functions take, and ensemble.ts how the same sums are made a row at a time.

import { fillMask, MASK_BYTES, VECTOR, width } from './blocks';
import { numbersOf } from './numbers';
import { splitFeatures } from './split';

export { cutCells } from './cells';
export { planTrees } from './plan';

export function splitWide(features: usize, count: usize, offset: usize, scratch: usize, conditions: usize): i32 {
  return splitFeatures<u32>(features, count, offset, scratch, conditions);
}

export function splitNarrow(features: usize, count: usize, offset: usize, scratch: usize, conditions: usize): i32 {
  return splitFeatures<u8>(features, count, offset, scratch, conditions);
}

/** Parts the rows of a mask: those that are not below the cut go right. */
@inline
function part(mask: usize, condition: usize, left: usize, at: usize): void {
  const rows = v128.load(mask + at);
  const not = v128.load(condition + at);
  v128.store(left + at, v128.andnot(rows, not));
  v128.store(left + at, v128.and(rows, not), MASK_BYTES);
}

/** Rows in one of the masks that are listed, behind their number, to `out`. */
function plane<W>(p: usize, masks: usize, out: usize): usize {
  const end = p + 4 + (<usize>load<u32>(p) << 2);
  let a = i64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (p += 4; p < end; p += 4) {
    const mask = masks + <usize>load<u32>(p);
    a = v128.or(a, v128.load(mask));
    if (width<W>() == 4) {
      b = v128.or(b, v128.load(mask, VECTOR));
      c = v128.or(c, v128.load(mask, 2 * VECTOR));
      d = v128.or(d, v128.load(mask, 3 * VECTOR));
    }
  }
  v128.store(out, a);
  if (width<W>() == 4) {
    v128.store(out, b, VECTOR);
    v128.store(out, c, 2 * VECTOR);
    v128.store(out, d, 3 * VECTOR);
  }
  return p;
}

/** A tree's numbers of the leaves of a block's rows: bytes, and behind those of all rows the high bytes if there are any. */
const HIGH_BYTES: usize = 512;
const NUMBER_BYTES: usize = 2 * HIGH_BYTES;
/** Trees whose leaves are added together. */
const GROUP: u32 = 4;

/** Eight planes at most, of bits up to 2^(count - 1), as bytes. */
@inline
function eightPlanes<W>(p: usize, count: usize, masks: usize, planes: usize, out: usize): usize {
  for (let bit = count; bit < 8; bit++) fillMask<W>(planes + bit * MASK_BYTES, i64x2.splat(0));
  for (let bit = count; bit > 0; bit--) p = plane<W>(p, masks, planes + (bit - 1) * MASK_BYTES);
  for (let v: usize = 0; v < width<W>(); v++) numbersOf(planes + v * VECTOR, out + v * 128);
  return p;
}

/**
 * Finds the leaf of each row: its number. A plane is a bit of these numbers, the highest first: rows are in it if they are in
 * one of the masks that it lists.
 */
function findLeaves<W>(p: usize, conditions: usize, held: usize, masks: usize, planes: usize, numbers: usize): usize {
  const splits = <usize>load<u32>(p);
  const bits = <usize>load<u32>(p, 4);
  p += 12;
  let left = masks + MASK_BYTES;
  for (const end = p + (splits << 3); p < end; p += 8, left += 2 * MASK_BYTES) {
    const mask = masks + <usize>load<u32>(p);
    const place = load<i32>(p, 4);
    const condition = (place < 0 ? held : conditions) + <usize>(place & 0x7fffffff);
    part(mask, condition, left, 0);
    if (width<W>() == 4) {
      part(mask, condition, left, VECTOR);
      part(mask, condition, left, 2 * VECTOR);
      part(mask, condition, left, 3 * VECTOR);
    }
  }
  if (bits == 0) {
    for (let v: usize = 0; v < 8 * width<W>(); v++) v128.store(numbers + v * VECTOR, i64x2.splat(0));
    return p;
  }
  if (bits > 8) p = eightPlanes<W>(p, bits - 8, masks, planes, numbers + HIGH_BYTES);
  return eightPlanes<W>(p, min(bits, 8), masks, planes, numbers);
}

/** Leaves of two rows. */
@inline
function pair(leaves: usize, numbers: usize): v128 {
  const first = v128.load64_zero(leaves + (<usize>load<u8>(numbers) << 3));
  return v128.load64_lane(leaves + (<usize>load<u8>(numbers, 1) << 3), first, 1);
}

/** Adds the leaves of four trees, one after the other, none of them with more than 256. */
function addFour(numbers: usize, a: usize, b: usize, c: usize, d: usize, rows: usize, out: usize): void {
  for (const end = numbers + rows; numbers < end; numbers += 2, out += 16) {
    let sum = f64x2.add(v128.load(out), pair(a, numbers));
    sum = f64x2.add(sum, pair(b, numbers + NUMBER_BYTES));
    sum = f64x2.add(sum, pair(c, numbers + 2 * NUMBER_BYTES));
    v128.store(out, f64x2.add(sum, pair(d, numbers + 3 * NUMBER_BYTES)));
  }
}

function addOne(numbers: usize, leaves: usize, bits: u32, rows: usize, out: usize): void {
  for (const end = numbers + rows; numbers < end; numbers++, out += 8) {
    let leaf = <usize>load<u8>(numbers);
    if (bits > 8) leaf |= <usize>load<u8>(numbers, HIGH_BYTES) << 8;
    store<f64>(out, load<f64>(out) + load<f64>(leaves + (leaf << 3)));
  }
}

@inline
function sumTrees<W>(
  p: usize,
  trees: u32,
  leaves: usize,
  conditions: usize,
  held: usize,
  work: usize,
  rows: usize,
  out: usize,
): void {
  const planes = work;
  const numbers = planes + 8 * MASK_BYTES;
  const masks = numbers + GROUP * NUMBER_BYTES;
  fillMask<W>(masks, i64x2.splat(-1));
  for (; trees >= GROUP; trees -= GROUP) {
    const first = p;
    p = findLeaves<W>(first, conditions, held, masks, planes, numbers);
    const second = p;
    p = findLeaves<W>(second, conditions, held, masks, planes, numbers + NUMBER_BYTES);
    const third = p;
    p = findLeaves<W>(third, conditions, held, masks, planes, numbers + 2 * NUMBER_BYTES);
    const fourth = p;
    p = findLeaves<W>(fourth, conditions, held, masks, planes, numbers + 3 * NUMBER_BYTES);
    const a = leaves + <usize>load<u32>(first, 8);
    const b = leaves + <usize>load<u32>(second, 8);
    const c = leaves + <usize>load<u32>(third, 8);
    const d = leaves + <usize>load<u32>(fourth, 8);
    const e = load<u32>(first, 4);
    const f = load<u32>(second, 4);
    const g = load<u32>(third, 4);
    const h = load<u32>(fourth, 4);
    if (max(max(e, f), max(g, h)) <= 8) {
      addFour(numbers, a, b, c, d, rows, out);
    } else {
      addOne(numbers, a, e, rows, out);
      addOne(numbers + NUMBER_BYTES, b, f, rows, out);
      addOne(numbers + 2 * NUMBER_BYTES, c, g, rows, out);
      addOne(numbers + 3 * NUMBER_BYTES, d, h, rows, out);
    }
  }
  for (; trees > 0; trees--) {
    const own = p;
    p = findLeaves<W>(p, conditions, held, masks, planes, numbers);
    addOne(numbers, leaves + <usize>load<u32>(own, 8), load<u32>(own, 4), rows, out);
  }
}

export function sumWide(
  program: usize,
  trees: u32,
  leaves: usize,
  conditions: usize,
  held: usize,
  work: usize,
  rows: usize,
  out: usize,
): void {
  sumTrees<u32>(program, trees, leaves, conditions, held, work, rows, out);
}

export function sumNarrow(
  program: usize,
  trees: u32,
  leaves: usize,
  conditions: usize,
  held: usize,
  work: usize,
  rows: usize,
  out: usize,
): void {
  sumTrees<u8>(program, trees, leaves, conditions, held, work, rows, out);
}
