// The best split of a node with few rows: per feature, its rows are sorted by bin instead of summed up by bin.
// Keys are 16 bits, bin << 8 | place among the node's rows; eight features share a vector, and a row of keys holds all features.

import { beginSplit, considerSplit, endSplit } from './split';
import {
  beginStrengths,
  center,
  largest,
  leastGain,
  leastStrength,
  tableAt,
  tabulate,
  unitRoundings,
  weight,
} from './strength';

const MISSING: u32 = 255;

/** Puts the keys of the node's rows, and their gradients, next to each other. */
function gather(
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  pairs: usize,
  features: usize,
  featureCount: usize,
  byRow: usize,
  keys: usize,
  width: usize,
  own: usize,
): void {
  for (let i: usize = 0; i < count; i++) {
    store<u64>(own + (i << 3), load<u64>(pairs + (<usize>load<u32>(rows + (i << 2)) << 3)));
  }
  if (byRow) {
    let key = keys;
    for (let i: usize = 0; i < count; i++) {
      const place = i16x8.splat(<i16>i);
      const end = key + width;
      let bins = byRow + <usize>load<u32>(rows + (i << 2)) * (width >> 1);
      for (; key < end; key += 16, bins += 8) {
        v128.store(key, v128.or(i16x8.shl(v128.load8x8_u(bins), 8), place));
      }
    }
    return;
  }
  for (let k: usize = 0; k < width >> 1; k++) {
    // What pads the last vector is a copy of the last feature.
    const column = columns + <usize>load<u32>(features + (min(k, featureCount - 1) << 2)) * stride;
    let key = keys + (k << 1);
    for (let i: usize = 0; i < count; i++, key += width) {
      const bin = <u32>load<u8>(column + <usize>load<u32>(rows + (i << 2)));
      store<u16>(key, (bin << 8) | <u32>i);
    }
  }
}

/** Batcher's merge exchange (Knuth, TAOCP 5.2.2, algorithm M) on all columns of keys at once. */
function sortKeys(keys: usize, width: usize, count: usize): void {
  if (count < 2) return;
  const half = <usize>1 << (31 - <usize>clz<u32>(<u32>count - 1));
  for (let p = half; p > 0; p >>= 1) {
    let q = half;
    let r: usize = 0;
    let d = p;
    while (true) {
      const distance = d * width;
      for (let run = r; run < count - d; run += p << 1) {
        const end = keys + min(run + p, count - d) * width;
        for (let at = keys + run * width; at < end; at += 16) {
          const a = v128.load(at);
          const b = v128.load(at + distance);
          v128.store(at, i16x8.min_u(a, b));
          v128.store(at + distance, i16x8.max_u(a, b));
        }
      }
      if (q == p) break;
      d = q - p;
      q >>= 1;
      r = p;
    }
  }
}

@inline
function gradients(key: usize, own: usize): v128 {
  let g = v128.load_zero<u32>(own + (<usize>load<u8>(key) << 3), 4);
  g = v128.load_lane<u32>(own + (<usize>load<u8>(key, 2) << 3), g, 1, 4);
  g = v128.load_lane<u32>(own + (<usize>load<u8>(key, 4) << 3), g, 2, 4);
  return v128.load_lane<u32>(own + (<usize>load<u8>(key, 6) << 3), g, 3, 4);
}

/** All bits set in the lanes whose next key has another bin. */
@inline
function lastOfBin(key: usize, width: usize): v128 {
  const changed = v128.xor(v128.load(key), v128.load(key + width));
  return i16x8.gt_s(i16x8.shr_u(changed, 8), i16x8.splat(0));
}

/** Largest strength of the splits of eight features behind places [first, end), where every hessian is 1. */
function unitStrengths(
  keys: usize,
  width: usize,
  first: usize,
  end: usize,
  own: usize,
  table: usize,
  strengths: usize,
): void {
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let topLow = f32x4.splat(0);
  let topHigh = f32x4.splat(0);
  let key = keys;
  let i: usize = 0;
  for (; i < first; i++, key += width) {
    low = i32x4.add(low, gradients(key, own));
    high = i32x4.add(high, gradients(key + 8, own));
  }
  for (; i < end; i++, key += width) {
    const at = tableAt(table, i);
    const expected = v128.load_splat<u32>(at);
    const factor = v128.load_splat<u32>(at, 16);
    low = i32x4.add(low, gradients(key, own));
    high = i32x4.add(high, gradients(key + 8, own));
    const last = lastOfBin(key, width);
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
function pairs(key: usize, own: usize): v128 {
  return v128.load_lane<u64>(
    own + (<usize>load<u8>(key, 2) << 3),
    v128.load_zero<u64>(own + (<usize>load<u8>(key) << 3)),
    1,
  );
}

let total: v128 = i32x4.splat(0);
let totalGradient: v128 = i32x4.splat(0);
let below: v128 = i32x4.splat(0);
let regularization: v128 = i32x4.splat(0);

@inline
function weightedStrength(gradientLeft: v128, hessianLeft: v128): v128 {
  const hessianRight = i32x4.sub(total, hessianLeft);
  // On the lighter side the difference from the mean loses the fewest digits.
  const lighter = i32x4.lt_s(hessianLeft, hessianRight);
  const side = v128.bitselect(gradientLeft, i32x4.sub(totalGradient, gradientLeft), lighter);
  const left = f32x4.add(f32x4.convert_i32x4_s(hessianLeft), regularization);
  const right = f32x4.add(f32x4.convert_i32x4_s(hessianRight), regularization);
  const expected = f32x4.mul(f32x4.splat(center), v128.bitselect(left, right, lighter));
  const excess = f32x4.sub(f32x4.convert_i32x4_s(side), expected);
  const allowed = v128.and(i32x4.gt_s(hessianLeft, below), i32x4.gt_s(hessianRight, below));
  return v128.and(f32x4.div(f32x4.mul(excess, excess), f32x4.mul(left, right)), allowed);
}

/** Largest strength of the splits of eight features. */
function weightedStrengths(keys: usize, width: usize, count: usize, own: usize, strengths: usize): void {
  let gradientLow = i32x4.splat(0);
  let gradientHigh = i32x4.splat(0);
  let hessianLow = i32x4.splat(0);
  let hessianHigh = i32x4.splat(0);
  let topLow = f32x4.splat(0);
  let topHigh = f32x4.splat(0);
  let key = keys;
  for (let i: usize = 0; i < count - 1; i++, key += width) {
    const first = pairs(key, own);
    const second = pairs(key + 4, own);
    const third = pairs(key + 8, own);
    const fourth = pairs(key + 12, own);
    hessianLow = i32x4.add(hessianLow, v128.shuffle<i32>(first, second, 0, 2, 4, 6));
    gradientLow = i32x4.add(gradientLow, v128.shuffle<i32>(first, second, 1, 3, 5, 7));
    hessianHigh = i32x4.add(hessianHigh, v128.shuffle<i32>(third, fourth, 0, 2, 4, 6));
    gradientHigh = i32x4.add(gradientHigh, v128.shuffle<i32>(third, fourth, 1, 3, 5, 7));
    const last = lastOfBin(key, width);
    const strengthLow = weightedStrength(gradientLow, hessianLow);
    const strengthHigh = weightedStrength(gradientHigh, hessianHigh);
    topLow = f32x4.pmax(topLow, v128.and(strengthLow, i32x4.extend_low_i16x8_s(last)));
    topHigh = f32x4.pmax(topHigh, v128.and(strengthHigh, i32x4.extend_high_i16x8_s(last)));
  }
  v128.store(strengths, f32x4.mul(topLow, f32x4.splat(weight)));
  v128.store(strengths, f32x4.mul(topHigh, f32x4.splat(weight)), 16);
}

/** Every split of one feature in 64 bits; `key` is its first. */
function scan(key: usize, width: usize, count: usize, own: usize, k: i32, missingLeft: i32): void {
  let gradient: i32 = 0;
  let hessian: i32 = 0;
  const end = key + count * width;
  if (missingLeft) {
    for (let p = key; p < end; p += width) {
      if (<u32>load<u8>(p, 1) != MISSING) continue;
      const pair = own + (<usize>load<u8>(p) << 3);
      hessian += load<i32>(pair);
      gradient += load<i32>(pair, 4);
    }
  }
  for (let p = key; p < end; p += width) {
    const bin = <u32>load<u8>(p, 1);
    if (bin == MISSING) break;
    const pair = own + (<usize>load<u8>(p) << 3);
    hessian += load<i32>(pair);
    gradient += load<i32>(pair, 4);
    if (p + width == end || <u32>load<u8>(p + width, 1) != bin) {
      considerSplit((k << 9) | (missingLeft << 8) | <i32>bin, gradient, hessian);
    }
  }
}

export function bestSplitOfFew(
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  ofPairs: usize,
  features: usize,
  featureCount: usize,
  byRow: usize,
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
  const width = ((featureCount + 7) & ~7) << 1;
  const strengths = scratch;
  const table = strengths + (width << 1);
  const own = table + (((count + 3) & ~3) << 3);
  const keys = own + (((count + 1) & ~1) << 3);
  gather(columns, stride, rows, count, ofPairs, features, featureCount, byRow, keys, width, own);
  sortKeys(keys, width, count);

  const lastKeys = keys + (count - 1) * width;
  let least: f32 = 0;
  let atLeast: f32 = 0;
  if (alpha == 0) {
    beginStrengths(gradient, hessian, lambda);
    if (unit) {
      tabulate(table, count, <f32>lambda, minHessian);
    } else {
      total = i32x4.splat(hessian);
      totalGradient = i32x4.splat(gradient);
      below = i32x4.splat(minHessian - 1);
      regularization = f32x4.splat(<f32>lambda);
    }
    // Rows before and behind these are too few for a leaf.
    const end = <usize>max(0, <i32>count - minHessian);
    const first = min(<usize>minHessian - 1, end);
    let tops = f32x4.splat(0);
    for (let at: usize = 0; at < width; at += 16) {
      const to = strengths + (at << 1);
      if (unit) unitStrengths(keys + at, width, first, end, own, table, to);
      else weightedStrengths(keys + at, width, count, own, to);
      // Features that are missing in some row are looked at in 64 bits anyway.
      const present = i16x8.lt_u(v128.load(lastKeys + at), i16x8.splat(<i16>(MISSING << 8)));
      tops = f32x4.pmax(tops, v128.and(v128.load(to), i32x4.extend_low_i16x8_s(present)));
      tops = f32x4.pmax(tops, v128.and(v128.load(to, 16), i32x4.extend_high_i16x8_s(present)));
    }
    least = leastStrength(largest(tops), gradient, unit ? unitRoundings(lambda, minHessian) : 16);
    atLeast = leastGain;
  }
  beginSplit(gradient, hessian, lambda, alpha, minHessian, atLeast, ties);
  for (let k: usize = 0; k < featureCount; k++) {
    const missing = <u32>load<u8>(lastKeys + (k << 1), 1) == MISSING;
    if (alpha == 0 && !missing && load<f32>(strengths + (k << 2)) < least) continue;
    scan(keys + (k << 1), width, count, own, <i32>k, 0);
    if (missing) scan(keys + (k << 1), width, count, own, <i32>k, 1);
  }
  return endSplit(out);
}
