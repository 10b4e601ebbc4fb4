// Which rows are not below which cuts: see forward.as.

import { fillMask, MASK_BYTES, VECTOR, width } from './blocks';

/** To compare every row with so many cuts takes as long as to look for its place among them. */
const FEW_CUTS: usize = 24;
/** Addends that leave a number from 0 to 2^22 in the low bits of a float. */
export const TO_BITS: f32 = 8388608;

/** What `split` is told of a feature, 4 bytes each. */
const COLUMN: usize = 0;
const CUTS: usize = 4;
const CUT_COUNT: usize = 8;
const PLACES: usize = 12;
const CONDITIONS: usize = 16;
const LOWEST: usize = 20;
const SCALE: usize = 24;
const LAST: usize = 28;
const FEATURE_BYTES: usize = 32;

/** Of sixteen rows, a byte each, those whose value is not below a cut: all of its bits, or none. */
@inline
function notBelow(values: usize, cut: v128): v128 {
  const first = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(values), cut), f32x4.ge(v128.load(values, 16), cut));
  const last = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(values, 32), cut), f32x4.ge(v128.load(values, 48), cut));
  return i8x16.narrow_i16x8_s(first, last);
}

@inline
function compareAll<W>(values: usize, cuts: usize, end: usize, out: usize): void {
  for (; cuts < end; cuts += 4, out += MASK_BYTES) {
    const cut = v128.load32_splat(cuts);
    for (let v: usize = 0; v < width<W>(); v++) {
      // From the last sixteen rows on, each doubles what there is of those behind it, and takes 1 away for all bits, which is to add one.
      const first = values + (v << 9);
      let bits = i64x2.splat(0);
      for (let at = first + 448; at >= first; at -= 64) bits = i8x16.sub(i8x16.add(bits, bits), notBelow(at, cut));
      v128.store(out + v * VECTOR, bits);
    }
  }
}

/** Writes per row where to begin to look for its place among the cuts: the cell that it is in. */
@inline
function findCells<W>(values: usize, feature: usize, cells: usize): void {
  const lowest = v128.load32_splat(feature, LOWEST);
  const scale = v128.load32_splat(feature, SCALE);
  const last = v128.load32_splat(feature, LAST);
  const toBits = f32x4.splat(TO_BITS);
  for (const end = cells + ((width<W>() * 128) << 2); cells < end; cells += 16, values += 16) {
    const place = f32x4.mul(f32x4.sub(v128.load(values), lowest), scale);
    const inside = f32x4.pmin(last, f32x4.pmax(f32x4.splat(0), place));
    v128.store(cells, f32x4.add(inside, toBits));
  }
}

/** Sets a row's bit where its value is among the cuts, in a byte that no row beside it has its bit in. */
@inline
function mark(value: usize, cell: usize, places: usize, cuts: usize, byte: usize, bit: u32): void {
  const wanted = v128.load32_splat(value);
  let place = <usize>load<u16>(places + (<usize>load<u16>(cell) << 1));
  let passed = i32x4.bitmask(f32x4.le(v128.load(cuts + (place << 2)), wanted));
  while (passed == 15) {
    place += 4;
    passed = i32x4.bitmask(f32x4.le(v128.load(cuts + (place << 2)), wanted));
  }
  const at = byte + (place + <usize>popcnt(passed)) * MASK_BYTES;
  store<u8>(at, load<u8>(at) | bit);
}

/** Puts each row where its value is among the cuts, then adds up the rows from the highest cut down. */
@inline
function sortRows<W>(values: usize, feature: usize, cells: usize, out: usize): void {
  const cuts = <usize>load<u32>(feature, CUTS);
  const cutCount = <usize>load<u32>(feature, CUT_COUNT);
  const places = <usize>load<u32>(feature, PLACES);
  const top = out + cutCount * MASK_BYTES;
  for (let p = out; p <= top; p += MASK_BYTES) fillMask<W>(p, i64x2.splat(0));
  findCells<W>(values, feature, cells);
  for (let vector = out, end = out + width<W>() * VECTOR; vector < end; vector += VECTOR) {
    for (let bit: u32 = 1; bit < 256; bit <<= 1) {
      for (let byte = vector, behind = vector + VECTOR; byte < behind; byte += 4, values += 16, cells += 16) {
        mark(values, cells, places, cuts, byte, bit);
        mark(values + 4, cells + 4, places, cuts, byte + 1, bit);
        mark(values + 8, cells + 8, places, cuts, byte + 2, bit);
        mark(values + 12, cells + 12, places, cuts, byte + 3, bit);
      }
    }
  }
  let a = i64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let p = top; p > out; p -= MASK_BYTES) {
    a = v128.or(a, v128.load(p));
    v128.store(p, a);
    if (width<W>() == 4) {
      b = v128.or(b, v128.load(p, VECTOR));
      v128.store(p, b, VECTOR);
      c = v128.or(c, v128.load(p, 2 * VECTOR));
      v128.store(p, c, 2 * VECTOR);
      d = v128.or(d, v128.load(p, 3 * VECTOR));
      v128.store(p, d, 3 * VECTOR);
    }
  }
}

/** Of one feature; returns whether there is a NaN, in any of the bits. */
@inline
function splitFeature<W>(feature: usize, offset: usize, scratch: usize, conditions: usize): v128 {
  let missing = i64x2.splat(0);
  let column = <usize>load<u32>(feature, COLUMN) + offset;
  const cells = scratch + ((width<W>() * 128) << 2);
  for (let p = scratch; p < cells; p += 16, column += 32) {
    const low = f32x4.demote_f64x2_zero(v128.load(column));
    const high = f32x4.demote_f64x2_zero(v128.load(column, 16));
    const all = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
    v128.store(p, all);
    missing = v128.or(missing, f32x4.ne(all, all));
  }
  const cuts = <usize>load<u32>(feature, CUTS);
  const cutCount = <usize>load<u32>(feature, CUT_COUNT);
  const out = conditions + <usize>load<u32>(feature, CONDITIONS);
  if (cutCount <= FEW_CUTS) compareAll<W>(scratch, cuts, cuts + (cutCount << 2), out + MASK_BYTES);
  else sortRows<W>(scratch, feature, cells, out);
  return missing;
}

@inline
export function splitFeatures<W>(features: usize, count: usize, offset: usize, scratch: usize, conditions: usize): i32 {
  let missing = i64x2.splat(0);
  for (const end = features + count * FEATURE_BYTES; features < end; features += FEATURE_BYTES) {
    missing = v128.or(missing, splitFeature<W>(features, offset, scratch, conditions));
  }
  return v128.any_true(missing) ? 1 : 0;
}
