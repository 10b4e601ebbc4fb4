// What a round of boosting does with every row, and a bootstrap with those it drew: rounds.ts describes each function, and
// reference-rounds.ts holds the same in plain TypeScript. Two rows at a time; sums whose order counts are taken row by row.

import { expOfTwo, prepareExponential } from './exponential';

export function squaredDerivatives(scores: usize, labels: usize, count: usize, perUnit: f64, gradients: usize): void {
  const factor = f64x2.splat(perUnit);
  const end = (count & ~1) << 3;
  let p: usize = 0;
  for (; p < end; p += 16) {
    v128.store(gradients + p, f64x2.mul(f64x2.sub(v128.load(scores + p), v128.load(labels + p)), factor));
  }
  if (count & 1) store<f64>(gradients + p, (load<f64>(scores + p) - load<f64>(labels + p)) * perUnit);
}

export function logisticDerivatives(
  scores: usize,
  labels: usize,
  count: usize,
  negative: f64,
  positive: f64,
  leastHessian: f64,
  gradients: usize,
  hessians: usize,
): void {
  const one = f64x2.splat(1);
  const weightBelow = f64x2.splat(negative);
  const weightAbove = f64x2.splat(positive);
  const least = f64x2.splat(leastHessian);
  const end = count << 3;
  prepareExponential();
  for (let p: usize = 0; p < end; p += 16) {
    const isLast = p + 8 == end;
    const score = isLast ? v128.load64_zero(scores + p) : v128.load(scores + p);
    const label = isLast ? v128.load64_zero(labels + p) : v128.load(labels + p);
    const probability = f64x2.div(one, f64x2.add(one, expOfTwo(f64x2.neg(score))));
    const above = f64x2.gt(label, f64x2.splat(0));
    const weight = v128.bitselect(weightAbove, weightBelow, above);
    const gradient = f64x2.mul(weight, f64x2.sub(probability, v128.and(above, one)));
    const spread = f64x2.max(f64x2.mul(probability, f64x2.sub(one, probability)), least);
    const hessian = f64x2.mul(weight, spread);
    if (isLast) {
      v128.store64_lane(gradients + p, gradient, 0);
      v128.store64_lane(hessians + p, hessian, 0);
    } else {
      v128.store(gradients + p, gradient);
      v128.store(hessians + p, hessian);
    }
  }
}

export function absoluteSums(rows: usize, count: usize, gradients: usize, hessians: usize, out: usize): i32 {
  let absolute: f64 = 0;
  let total: f64 = 0;
  let whole: bool = true;
  for (let i: usize = 0; i < count; i++) {
    const at = (rows == 0 ? i : <usize>load<u32>(rows + (i << 2))) << 3;
    absolute += abs(load<f64>(gradients + at));
    if (hessians == 0) continue;
    const hessian = load<f64>(hessians + at);
    total += hessian;
    whole = whole && floor(hessian) == hessian;
  }
  store<f64>(out, absolute);
  store<f64>(out, total, 8);
  return <i32>whole;
}

/** Added to a whole number below 2^31, it leaves that in the lowest 32 bits. */
const TO_BITS: f64 = 6755399441055744;

let half: v128 = i64x2.splat(0);
let toBits: v128 = i64x2.splat(0);
let ones: v128 = i64x2.splat(0);
let low: v128 = i64x2.splat(0);

/** The gradients of two rows, in steps, in the upper half of each lane. */
@inline
function upper(gradient: v128, factor: v128): v128 {
  return i64x2.shl(f64x2.add(f64x2.floor(f64x2.add(f64x2.mul(gradient, factor), half)), toBits), 32);
}

/** The hessians of two rows, in steps, in the lower half of each lane. */
@inline
function lower(hessian: v128, step: v128): v128 {
  const steps = f64x2.add(f64x2.floor(f64x2.add(f64x2.div(hessian, step), half)), toBits);
  return v128.and(i32x4.max_s(steps, ones), low);
}

@inline
function listed(values: usize, at0: usize, at1: usize): v128 {
  return v128.load64_lane(values + at1, v128.load64_zero(values + at0), 1);
}

@inline
function storeListed(pairs: usize, at0: usize, at1: usize, pair: v128): void {
  v128.store64_lane(pairs + at0, pair, 0);
  v128.store64_lane(pairs + at1, pair, 1);
}

/** No sum of hessians or gradients reaches 2^31: both add up in one lane. */
export function quantize(
  rows: usize,
  count: usize,
  gradients: usize,
  perGradient: f64,
  hessians: usize,
  hessianStep: f64,
  pairs: usize,
  out: usize,
): void {
  half = f64x2.splat(0.5);
  toBits = f64x2.splat(TO_BITS);
  ones = i64x2.splat(1);
  low = i64x2.splat(0xffffffff);
  const factor = f64x2.splat(perGradient);
  const step = f64x2.splat(hessianStep);
  const even = (count & ~1) << 2;
  let sums = i64x2.splat(0);
  if (rows == 0) {
    for (let p: usize = 0; p < even << 1; p += 16) {
      let pair = upper(v128.load(gradients + p), factor);
      // Not as one expression: what is divided without need may be slow to divide.
      if (hessians == 0) pair = v128.or(pair, ones);
      else pair = v128.or(pair, lower(v128.load(hessians + p), step));
      v128.store(pairs + p, pair);
      sums = i64x2.add(sums, pair);
    }
  } else {
    for (let p = rows; p < rows + even; p += 8) {
      const at0 = <usize>load<u32>(p) << 3;
      const at1 = <usize>load<u32>(p, 4) << 3;
      let pair = upper(listed(gradients, at0, at1), factor);
      if (hessians == 0) pair = v128.or(pair, ones);
      else pair = v128.or(pair, lower(listed(hessians, at0, at1), step));
      storeListed(pairs, at0, at1, pair);
      sums = i64x2.add(sums, pair);
    }
  }
  if (count & 1) {
    const at = rows == 0 ? even << 1 : <usize>load<u32>(rows + even) << 3;
    let pair = upper(v128.load64_splat(gradients + at), factor);
    if (hessians == 0) pair = v128.or(pair, ones);
    else pair = v128.or(pair, lower(v128.load64_splat(hessians + at), step));
    v128.store64_lane(pairs + at, pair, 0);
    sums = i64x2.add(sums, i64x2.replace_lane(pair, 1, 0));
  }
  store<i64>(out, i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1));
}

export function sampleRows(draws: usize, drawCount: usize, from: u32, total: u32, needed: u32, out: usize): u32 {
  const end = draws + (drawCount << 3);
  let left = <f64>total - <f64>from;
  let missing = <f64>needed;
  let at = out;
  for (; draws < end; draws += 8, from++, left -= 1) {
    // A branch would be foreseen half the time.
    store<u32>(at, from);
    const taken = left * load<f64>(draws) < missing;
    at += <usize>taken << 2;
    missing -= taken ? 1.0 : 0.0;
  }
  return <u32>((at - out) >> 2);
}

export function oneSide(
  row: u32,
  rowCount: u32,
  draws: usize,
  drawCount: u32,
  threshold: f64,
  weight: f64,
  gradients: usize,
  hessians: usize,
  rows: usize,
  state: usize,
): u32 {
  let count = load<u32>(state);
  let small = <f64>load<u32>(state, 4);
  let needed = <f64>load<u32>(state, 8);
  const end = draws + (<usize>drawCount << 3);
  for (; row < rowCount && draws < end; row++) {
    const at = <usize>row << 3;
    const gradient = load<f64>(gradients + at);
    const hessian = load<f64>(hessians + at);
    const below = abs(gradient * hessian) < threshold;
    const drawn = below & (small * load<f64>(draws) < needed);
    const factor = drawn ? weight : 1.0;
    store<u32>(rows + (<usize>count << 2), row);
    store<f64>(gradients + at, gradient * factor);
    store<f64>(hessians + at, hessian * factor);
    count += <u32>(!below | drawn);
    needed -= drawn ? 1.0 : 0.0;
    small -= below ? 1.0 : 0.0;
    draws += <usize>below << 3;
  }
  store<u32>(state, count);
  store<u32>(state, <u32>small, 4);
  store<u32>(state, <u32>needed, 8);
  return row;
}

export function magnitudes(gradients: usize, hessians: usize, count: usize, out: usize): void {
  const end = (count & ~1) << 3;
  let p: usize = 0;
  for (; p < end; p += 16) {
    v128.store(out + p, f64x2.abs(f64x2.mul(v128.load(gradients + p), v128.load(hessians + p))));
  }
  if (count & 1) store<f64>(out + p, abs(load<f64>(gradients + p) * load<f64>(hessians + p)));
}

export function kthLargest(values: usize, count: usize, k: usize): f64 {
  const wanted = values + ((k - 1) << 3);
  let low = values;
  let high = values + ((count - 1) << 3);
  while (low < high) {
    const pivot = load<f64>(values + ((((low - values) + (high - values)) >> 4) << 3));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<f64>(i) > pivot) i += 8;
      while (load<f64>(j) < pivot) j -= 8;
      if (i <= j) {
        const swapped = load<f64>(i);
        store<f64>(i, load<f64>(j));
        store<f64>(j, swapped);
        i += 8;
        j -= 8;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return load<f64>(wanted);
  }
  return load<f64>(wanted);
}

export function countBelow(values: usize, count: usize, limit: f64): u32 {
  const end = values + (count << 3);
  let below: u32 = 0;
  for (let p = values; p < end; p += 8) below += <u32>(load<f64>(p) < limit);
  return below;
}

export function outside(rows: usize, count: usize, rowCount: u32, scratch: usize, others: usize): void {
  memory.fill(scratch, 1, rowCount);
  const end = rows + (count << 2);
  for (let p = rows; p < end; p += 4) store<u8>(scratch + <usize>load<u32>(p), 0);
  for (let row: u32 = 0; row < rowCount; row++) {
    // A branch would be foreseen half the time.
    store<u32>(others, row);
    others += <usize>load<u8>(scratch + <usize>row) << 2;
  }
}
