// The best split of all rows, whose order by each feature is the same for every tree and is found once.
// `order` holds rows by 16 bits, place by place; a place takes `width` bytes for all features, eight of which share a vector.
// `last` holds as many, all bits set where the next place has another bin.

import { beginSplit, considerSplit, endSplit } from './split';
import { beginStrengths, largest, leastGain, leastStrength, tableAt, tabulate, roundings } from './strength';

const MISSING: u32 = 255;

export function sortAll(
  columns: usize,
  stride: usize,
  count: usize,
  features: usize,
  featureCount: usize,
  order: usize,
  last: usize,
  scratch: usize,
): void {
  const width = ((featureCount + 7) & ~7) << 1;
  for (let k: usize = 0; k < width >> 1; k++) {
    // What pads the last vector is a copy of the last feature.
    const column = columns + <usize>load<u32>(features + (min(k, featureCount - 1) << 2)) * stride;
    memory.fill(scratch, 0, 1024);
    for (let row: usize = 0; row < count; row++) {
      const at = scratch + (<usize>load<u8>(column + row) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
    let next: u32 = 0;
    for (let at = scratch, end = scratch + 1024; at < end; at += 4) {
      const size = load<u32>(at);
      store<u32>(at, next);
      next += size;
    }
    for (let row: usize = 0; row < count; row++) {
      const at = scratch + (<usize>load<u8>(column + row) << 2);
      const place = load<u32>(at);
      store<u16>(order + <usize>place * width + (k << 1), <u16>row);
      store<u32>(at, place + 1);
    }
    for (let place: usize = 0; place < count; place++) {
      const at = order + place * width + (k << 1);
      const changes =
        place + 1 < count && load<u8>(column + <usize>load<u16>(at)) != load<u8>(column + <usize>load<u16>(at + width));
      store<u16>(last + place * width + (k << 1), changes ? 0xffff : 0);
    }
  }
}

@inline
function gradients(at: usize, pairs: usize): v128 {
  let g = v128.load_zero<u32>(pairs + (<usize>load<u16>(at) << 3), 4);
  g = v128.load_lane<u32>(pairs + (<usize>load<u16>(at, 2) << 3), g, 1, 4);
  g = v128.load_lane<u32>(pairs + (<usize>load<u16>(at, 4) << 3), g, 2, 4);
  return v128.load_lane<u32>(pairs + (<usize>load<u16>(at, 6) << 3), g, 3, 4);
}

/** Largest strength of the splits of eight features behind places [first, end). */
function strengthsOf(
  order: usize,
  last: usize,
  width: usize,
  first: usize,
  end: usize,
  pairs: usize,
  table: usize,
  out: usize,
): void {
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let topLow = f32x4.splat(0);
  let topHigh = f32x4.splat(0);
  let i: usize = 0;
  for (; i < first; i++, order += width) {
    low = i32x4.add(low, gradients(order, pairs));
    high = i32x4.add(high, gradients(order + 8, pairs));
  }
  last += first * width;
  for (; i < end; i++, order += width, last += width) {
    const at = tableAt(table, i);
    const expected = v128.load_splat<u32>(at);
    const factor = v128.load_splat<u32>(at, 16);
    low = i32x4.add(low, gradients(order, pairs));
    high = i32x4.add(high, gradients(order + 8, pairs));
    const changes = v128.load(last);
    const excessLow = f32x4.sub(f32x4.convert_i32x4_s(low), expected);
    const excessHigh = f32x4.sub(f32x4.convert_i32x4_s(high), expected);
    const strengthLow = f32x4.mul(f32x4.mul(excessLow, excessLow), factor);
    const strengthHigh = f32x4.mul(f32x4.mul(excessHigh, excessHigh), factor);
    topLow = f32x4.pmax(topLow, v128.and(strengthLow, i32x4.extend_low_i16x8_s(changes)));
    topHigh = f32x4.pmax(topHigh, v128.and(strengthHigh, i32x4.extend_high_i16x8_s(changes)));
  }
  v128.store(out, topLow);
  v128.store(out, topHigh, 16);
}

/** Every split of one feature in 64 bits; `at` is its first row. */
function scan(at: usize, width: usize, count: usize, column: usize, pairs: usize, k: i32, missingLeft: i32): void {
  let gradient: i32 = 0;
  let hessian: i32 = 0;
  const end = at + count * width;
  if (missingLeft) {
    for (let p = end - width; <u32>load<u8>(column + <usize>load<u16>(p)) == MISSING; p -= width) {
      hessian++;
      gradient += load<i32>(pairs + (<usize>load<u16>(p) << 3), 4);
      if (p == at) return;
    }
  }
  for (let p = at; p < end; p += width) {
    const row = <usize>load<u16>(p);
    const bin = <u32>load<u8>(column + row);
    if (bin == MISSING) break;
    hessian++;
    gradient += load<i32>(pairs + (row << 3), 4);
    if (p + width == end || <u32>load<u8>(column + <usize>load<u16>(p + width)) != bin) {
      considerSplit((k << 9) | (missingLeft << 8) | <i32>bin, gradient, hessian);
    }
  }
}

/** Splits of one feature behind places [first, end) that are at least as strong as `least`, where no value is missing. */
function scanStrong(
  at: usize,
  width: usize,
  first: usize,
  end: usize,
  column: usize,
  pairs: usize,
  table: usize,
  least: f32,
  k: i32,
): void {
  let gradient: i32 = 0;
  let i: usize = 0;
  for (; i < first; i++, at += width) gradient += load<i32>(pairs + (<usize>load<u16>(at) << 3), 4);
  for (; i < end; i++, at += width) {
    const row = <usize>load<u16>(at);
    gradient += load<i32>(pairs + (row << 3), 4);
    const place = tableAt(table, i);
    const excess = <f32>gradient - load<f32>(place);
    if (excess * excess * load<f32>(place, 16) < least) continue;
    const bin = <u32>load<u8>(column + row);
    if (<u32>load<u8>(column + <usize>load<u16>(at + width)) == bin) continue;
    considerSplit((k << 9) | <i32>bin, gradient, <i32>i + 1);
  }
}

export function bestSplitOfAll(
  columns: usize,
  stride: usize,
  order: usize,
  last: usize,
  count: usize,
  pairs: usize,
  features: usize,
  featureCount: usize,
  gradient: i32,
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
  const lastPlace = order + (count - 1) * width;
  // Rows before and behind these are too few for a leaf.
  const end = <usize>max(0, <i32>count - minHessian);
  const first = min(<usize>minHessian - 1, end);
  let least: f32 = 0;
  let atLeast: f32 = 0;
  if (alpha == 0) {
    beginStrengths(gradient, <i32>count, lambda);
    tabulate(table, count, <f32>lambda, minHessian);
    for (let at: usize = 0; at < width; at += 16) {
      strengthsOf(order + at, last + at, width, first, end, pairs, table, strengths + (at << 1));
    }
    let tops = f32x4.splat(0);
    // A feature's splits that send missing values right are among those it counts with, so that none is counted too high.
    for (let at = strengths, end = strengths + (width << 1); at < end; at += 16) tops = f32x4.pmax(tops, v128.load(at));
    least = leastStrength(largest(tops), gradient, roundings(lambda, minHessian));
    atLeast = leastGain;
  }
  beginSplit(gradient, <i32>count, lambda, alpha, minHessian, atLeast, ties);
  for (let k: usize = 0; k < featureCount; k++) {
    const column = columns + <usize>load<u32>(features + (k << 2)) * stride;
    const missing = <u32>load<u8>(column + <usize>load<u16>(lastPlace + (k << 1))) == MISSING;
    if (alpha == 0 && !missing) {
      if (load<f32>(strengths + (k << 2)) >= least) {
        scanStrong(order + (k << 1), width, first, end, column, pairs, table, least, <i32>k);
      }
      continue;
    }
    scan(order + (k << 1), width, count, column, pairs, <i32>k, 0);
    if (missing) scan(order + (k << 1), width, count, column, pairs, <i32>k, 1);
  }
  return endSplit(out);
}
