// The best split of a node with few rows: per feature, its rows are sorted by bin instead of summed up by bin.
// Keys are 16 bits, bin << 8 | place among the node's rows. Eight features share a vector; a block holds the vectors of eight
// features, place by place, and blocks follow each other `block` bytes apart.

import { roomFor, sortColumns } from './network';
import { beginSplit, considerSplit, endSplit } from './split';
import {
  beginStrengths,
  center,
  largest,
  leastGain,
  leastStrength,
  roundings,
  tableAt,
  tabulate,
  
  weight,
} from './strength';

const MISSING: u32 = 255;

/** Bytes of a vector of eight keys. */
const KEY: usize = 16;

/**
 * Where the gradients of the node's rows stand, by place: 4 bytes each, or where hessians differ pairs of 8 bytes. A constant
 * address costs no addition.
 */
const OWN: usize = 0;

function gatherGradients(rows: usize, count: usize, pairs: usize, unit: i32): void {
  if (unit) {
    for (let i: usize = 0; i < count; i++) {
      store<u32>(OWN + (i << 2), load<u32>(pairs + (<usize>load<u32>(rows + (i << 2)) << 3), 4));
    }
    return;
  }
  for (let i: usize = 0; i < count; i++) {
    store<u64>(OWN + (i << 3), load<u64>(pairs + (<usize>load<u32>(rows + (i << 2)) << 3)));
  }
}

/** Keys of the first features of a row, in the order in which their bins stand there. */
function gatherFirst(byRow: usize, rowBytes: usize, rows: usize, count: usize, width: usize, keys: usize, block: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const place = i16x8.splat(<i16>i);
    const bins = byRow + <usize>load<u32>(rows + (i << 2)) * rowBytes;
    const end = bins + width;
    for (let p = bins, key = keys + i * KEY; p < end; p += 8, key += block) {
      v128.store(key, v128.or(i16x8.shl(v128.load8x8_u(p), 8), place));
    }
  }
}

function gatherEach(
  byRow: usize,
  rowBytes: usize,
  rows: usize,
  count: usize,
  positions: usize,
  width: usize,
  keys: usize,
  block: usize,
): void {
  for (let k: usize = 0; k < width; k++) {
    const column = byRow + <usize>load<u16>(positions + (k << 1));
    let key = keys + (k >> 3) * block + ((k & 7) << 1);
    for (let i: usize = 0; i < count; i++, key += KEY) {
      store<u16>(key, (<u32>load<u8>(column + <usize>load<u32>(rows + (i << 2)) * rowBytes) << 8) | <u32>i);
    }
  }
}

/** Keys of features that stand in a row at `positions`. */
function gatherPicked(
  byRow: usize,
  rowBytes: usize,
  rows: usize,
  count: usize,
  positions: usize,
  width: usize,
  keys: usize,
  block: usize,
): void {
  if (rowBytes > 256) return gatherEach(byRow, rowBytes, rows, count, positions, width, keys, block);
  // One instruction picks sixteen of sixteen bins.
  for (let k: usize = 0; k < width; k += 16, keys += block << 1) {
    const wanted = i8x16.narrow_i16x8_u(v128.load(positions + (k << 1)), v128.load(positions + (k << 1), 16));
    const both = k + 8 < width;
    for (let i: usize = 0; i < count; i++) {
      const bins = byRow + <usize>load<u32>(rows + (i << 2)) * rowBytes;
      const end = bins + rowBytes;
      // Positions outside 0 .. 15 give 0.
      let position = wanted;
      let picked = i8x16.swizzle(v128.load(bins), position);
      for (let p = bins + 16; p < end; p += 16) {
        position = i8x16.sub(position, i8x16.splat(16));
        picked = v128.or(picked, i8x16.swizzle(v128.load(p), position));
      }
      const place = i16x8.splat(<i16>i);
      const key = keys + i * KEY;
      v128.store(key, v128.or(i16x8.shl(i16x8.extend_low_i8x16_u(picked), 8), place));
      if (both) v128.store(key + block, v128.or(i16x8.shl(i16x8.extend_high_i8x16_u(picked), 8), place));
    }
  }
}

@inline
function gradientAt(key: usize): usize {
  return OWN + (<usize>load<u8>(key) << 2);
}

/** Gradients of four keys. */
@inline
function gradients(key: usize): v128 {
  let g = v128.load_zero<u32>(gradientAt(key));
  g = v128.load_lane<u32>(gradientAt(key + 2), g, 1);
  g = v128.load_lane<u32>(gradientAt(key + 4), g, 2);
  return v128.load_lane<u32>(gradientAt(key + 6), g, 3);
}

/** All bits set in the lanes whose next key has another bin. */
@inline
function lastOfBin(key: usize): v128 {
  const changed = v128.xor(v128.load(key), v128.load(key, KEY));
  return i16x8.gt_s(i16x8.shr_u(changed, 8), i16x8.splat(0));
}

/** Largest strength of the splits of eight features behind places [first, end), where every hessian is 1. */
function unitStrengths(keys: usize, first: usize, end: usize, table: usize, strengths: usize): void {
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let topLow = f32x4.splat(0);
  let topHigh = f32x4.splat(0);
  let key = keys;
  let i: usize = 0;
  for (; i < first; i++, key += KEY) {
    low = i32x4.add(low, gradients(key));
    high = i32x4.add(high, gradients(key + 8));
  }
  for (; i < end; i++, key += KEY) {
    const at = tableAt(table, i);
    const expected = v128.load_splat<u32>(at);
    const factor = v128.load_splat<u32>(at, 16);
    low = i32x4.add(low, gradients(key));
    high = i32x4.add(high, gradients(key + 8));
    const last = lastOfBin(key);
    const excessLow = f32x4.sub(f32x4.convert_i32x4_s(low), expected);
    const excessHigh = f32x4.sub(f32x4.convert_i32x4_s(high), expected);
    const strengthLow = f32x4.mul(f32x4.mul(excessLow, excessLow), factor);
    const strengthHigh = f32x4.mul(f32x4.mul(excessHigh, excessHigh), factor);
    topLow = f32x4.pmax(topLow, v128.and(strengthLow, i32x4.extend_low_i16x8_s(last)));
    topHigh = f32x4.pmax(topHigh, v128.and(strengthHigh, i32x4.extend_high_i16x8_s(last)));
  }
  v128.store(strengths, topLow);
  v128.store(strengths, topHigh, 16);
}

@inline
function pairAt(key: usize): usize {
  return OWN + (<usize>load<u8>(key) << 3);
}

@inline
function pairs(key: usize): v128 {
  return v128.load_lane<u64>(pairAt(key + 2), v128.load_zero<u64>(pairAt(key)), 1);
}

let total: v128 = i32x4.splat(0);
let below: v128 = i32x4.splat(0);
let regularization: v128 = i32x4.splat(0);

/** Without the factor `weight`. */
@inline
function weightedStrength(gradientLeft: v128, hessianLeft: v128): v128 {
  const hessianRight = i32x4.sub(total, hessianLeft);
  const left = f32x4.add(f32x4.convert_i32x4_s(hessianLeft), regularization);
  const right = f32x4.add(f32x4.convert_i32x4_s(hessianRight), regularization);
  const excess = f32x4.sub(f32x4.convert_i32x4_s(gradientLeft), f32x4.mul(f32x4.splat(center), left));
  return f32x4.div(f32x4.mul(excess, excess), f32x4.mul(left, right));
}

/** All bits set where both sides are heavy enough. */
@inline
function allowed(hessianLeft: v128): v128 {
  return v128.and(i32x4.gt_s(hessianLeft, below), i32x4.gt_s(i32x4.sub(total, hessianLeft), below));
}

/** Largest strength of the splits of eight features. Behind places [first, end) both sides are heavy enough if only every row weighs 1. */
function weightedStrengths(keys: usize, count: usize, first: usize, end: usize, strengths: usize): void {
  const safeFrom = keys + first * KEY;
  const safeTo = keys + end * KEY;
  let gradientLow = i32x4.splat(0);
  let gradientHigh = i32x4.splat(0);
  let hessianLow = i32x4.splat(0);
  let hessianHigh = i32x4.splat(0);
  let topLow = f32x4.splat(0);
  let topHigh = f32x4.splat(0);
  for (let key = keys, end = keys + (count - 1) * KEY; key < end; key += KEY) {
    const pair01 = pairs(key);
    const pair23 = pairs(key + 4);
    const pair45 = pairs(key + 8);
    const pair67 = pairs(key + 12);
    hessianLow = i32x4.add(hessianLow, v128.shuffle<i32>(pair01, pair23, 0, 2, 4, 6));
    gradientLow = i32x4.add(gradientLow, v128.shuffle<i32>(pair01, pair23, 1, 3, 5, 7));
    hessianHigh = i32x4.add(hessianHigh, v128.shuffle<i32>(pair45, pair67, 0, 2, 4, 6));
    gradientHigh = i32x4.add(gradientHigh, v128.shuffle<i32>(pair45, pair67, 1, 3, 5, 7));
    const last = lastOfBin(key);
    let maskLow = i32x4.extend_low_i16x8_s(last);
    let maskHigh = i32x4.extend_high_i16x8_s(last);
    if (key < safeFrom || key >= safeTo) {
      maskLow = v128.and(maskLow, allowed(hessianLow));
      maskHigh = v128.and(maskHigh, allowed(hessianHigh));
    }
    topLow = f32x4.pmax(topLow, v128.and(weightedStrength(gradientLow, hessianLow), maskLow));
    topHigh = f32x4.pmax(topHigh, v128.and(weightedStrength(gradientHigh, hessianHigh), maskHigh));
  }
  v128.store(strengths, f32x4.mul(topLow, f32x4.splat(weight)));
  v128.store(strengths, f32x4.mul(topHigh, f32x4.splat(weight)), 16);
}

@inline
function binOf(key: usize): u32 {
  return <u32>load<u8>(key, 1);
}

/** Every split of one feature in 64 bits; `key` is its first. */
function scan(key: usize, count: usize, unit: i32, k: i32, missingLeft: i32): void {
  let gradient: i32 = 0;
  let hessian: i32 = 0;
  const end = key + count * KEY;
  if (missingLeft) {
    for (let p = key; p < end; p += KEY) {
      if (binOf(p) != MISSING) continue;
      hessian += unit ? 1 : load<i32>(pairAt(p));
      gradient += unit ? load<i32>(gradientAt(p)) : load<i32>(pairAt(p), 4);
    }
  }
  for (let p = key; p < end; p += KEY) {
    const bin = binOf(p);
    if (bin == MISSING) break;
    hessian += unit ? 1 : load<i32>(pairAt(p));
    gradient += unit ? load<i32>(gradientAt(p)) : load<i32>(pairAt(p), 4);
    if (p + KEY == end || binOf(p + KEY) != bin) {
      considerSplit((k << 9) | (missingLeft << 8) | <i32>bin, gradient, hessian);
    }
  }
}

/** Splits of one feature behind places [first, end) that are at least as strong as `least`, where every hessian is 1 and no value is missing. */
function scanUnit(key: usize, first: usize, end: usize, table: usize, least: f32, k: i32): void {
  let gradient: i32 = 0;
  let i: usize = 0;
  for (; i < first; i++, key += KEY) gradient += load<i32>(gradientAt(key));
  for (; i < end; i++, key += KEY) {
    gradient += load<i32>(gradientAt(key));
    const at = tableAt(table, i);
    const excess = <f32>gradient - load<f32>(at);
    const bin = binOf(key);
    if (excess * excess * load<f32>(at, 16) >= least && binOf(key + KEY) != bin) {
      considerSplit((k << 9) | <i32>bin, gradient, <i32>i + 1);
    }
  }
}

/** As `scanUnit`, of all places, whatever the hessians. */
function scanWeighted(key: usize, count: usize, hessian: i32, lambda: f32, least: f32, k: i32): void {
  let gradientLeft: i32 = 0;
  let hessianLeft: i32 = 0;
  for (const end = key + (count - 1) * KEY; key < end; key += KEY) {
    hessianLeft += load<i32>(pairAt(key));
    gradientLeft += load<i32>(pairAt(key), 4);
    const left = <f32>hessianLeft + lambda;
    const right = <f32>(hessian - hessianLeft) + lambda;
    const excess = <f32>gradientLeft - center * left;
    const bin = binOf(key);
    if (((excess * excess) / (left * right)) * weight >= least && binOf(key + KEY) != bin) {
      considerSplit((k << 9) | <i32>bin, gradientLeft, hessianLeft);
    }
  }
}

export function bestSplitOfFew(
  byRow: usize,
  rowBytes: usize,
  rows: usize,
  count: usize,
  ofPairs: usize,
  positions: usize,
  featureCount: usize,
  unit: i32,
  gradient: i32,
  hessian: i32,
  lambda: f64,
  alpha: f64,
  minHessian: i32,
  ties: u32,
  scratch: usize,
  out: usize,
): i32 {
  const width = (featureCount + 7) & ~7;
  const strengths = scratch;
  const table = strengths + (width << 2);
  const keys = table + (((count + 3) & ~3) << 3);
  // Blocks at a multiple of 4096 bytes from each other would share the same few lines of the cache.
  const block = roomFor(count) * KEY + 64;
  gatherGradients(rows, count, ofPairs, unit);
  if (positions) gatherPicked(byRow, rowBytes, rows, count, positions, width, keys, block);
  else gatherFirst(byRow, rowBytes, rows, count, width, keys, block);

  const lastPlace = (count - 1) * KEY;
  // Rows before and behind these are too few for a leaf.
  const end = <usize>max(0, <i32>count - minHessian);
  const first = min(<usize>minHessian - 1, end);
  let least: f32 = 0;
  let atLeast: f32 = 0;
  if (alpha == 0) {
    beginStrengths(gradient, hessian, lambda);
    if (unit) {
      tabulate(table, count, <f32>lambda, minHessian);
    } else {
      total = i32x4.splat(hessian);
      below = i32x4.splat(minHessian - 1);
      regularization = f32x4.splat(<f32>lambda);
    }
  }
  let tops = f32x4.splat(0);
  let to = strengths;
  for (let b = keys, behind = keys + (width >> 3) * block; b < behind; b += block, to += 32) {
    sortColumns(b, count);
    if (alpha != 0) continue;
    if (unit) unitStrengths(b, first, end, table, to);
    else weightedStrengths(b, count, first, end, to);
    // Features that are missing in some row are looked at in 64 bits anyway.
    const present = i16x8.lt_u(v128.load(b + lastPlace), i16x8.splat(<i16>(MISSING << 8)));
    tops = f32x4.pmax(tops, v128.and(v128.load(to), i32x4.extend_low_i16x8_s(present)));
    tops = f32x4.pmax(tops, v128.and(v128.load(to, 16), i32x4.extend_high_i16x8_s(present)));
  }
  if (alpha == 0) {
    least = leastStrength(largest(tops), gradient, roundings(lambda, minHessian));
    atLeast = leastGain;
  }
  beginSplit(gradient, hessian, lambda, alpha, minHessian, atLeast, ties);
  for (let k: usize = 0; k < featureCount; k++) {
    const key = keys + (k >> 3) * block + ((k & 7) << 1);
    const missing = binOf(key + lastPlace) == MISSING;
    if (alpha == 0 && !missing) {
      if (load<f32>(strengths + (k << 2)) < least) continue;
      if (unit) scanUnit(key, first, end, table, least, <i32>k);
      else scanWeighted(key, count, hessian, <f32>lambda, least, <i32>k);
      continue;
    }
    scan(key, count, unit, <i32>k, 0);
    if (missing) scan(key, count, unit, <i32>k, 1);
  }
  return endSplit(out);
}
