// The hot loops of tree training and prediction: AssemblyScript, compiled to WebAssembly with SIMD (compiled.test.ts).
// reference.ts holds the same functions in plain TypeScript and describes each of them; both give the same bytes.

import { beginSplit, considerSplit, endSplit } from './split';
import { beginStrengths, center, largest, leastGain, leastStrength, roundings, weight } from './strength';

export { bestSplitOfFew } from './few';
export { growTree } from './growth';
export { addLeaves, bootstrap, leafSums, routeRows } from './leaves';
export { partition } from './partition';
export { quantileBins } from './quantiles';
export {
  absoluteSums,
  countBelow,
  kthLargest,
  logisticDerivatives,
  magnitudes,
  oneSide,
  outside,
  quantize,
  sampleRows,
  squaredDerivatives,
} from './rounds';
export { bestSplitOfAll, sortAll } from './sorted';
export { coverStream, nodeStreams } from './streams';

/** Bytes of one histogram: 256 bins of 8 bytes. Four features' histograms are interleaved, bin by bin. */
const HISTOGRAM_SHIFT: usize = 11;
const VALUE_BINS: usize = 255;

/** Adds the gradients of rows to histograms, or takes them away. */
@inline
function change(
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  gradients: usize,
  features: usize,
  featureCount: usize,
  out: usize,
  adds: bool,
): void {
  const end = rows + (count << 2);
  let k: usize = 0;
  for (; k + 4 <= featureCount; k += 4) {
    const list = features + (k << 2);
    const column0 = columns + <usize>load<u32>(list) * stride;
    const column1 = columns + <usize>load<u32>(list, 4) * stride;
    const column2 = columns + <usize>load<u32>(list, 8) * stride;
    const column3 = columns + <usize>load<u32>(list, 12) * stride;
    const histogram = out + (k << HISTOGRAM_SHIFT);
    for (let p = rows; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      const pair = load<i64>(gradients + (row << 3));
      const gradient = adds ? pair : -pair;
      let at = histogram + (<usize>load<u8>(column0 + row) << 5);
      store<i64>(at, load<i64>(at) + gradient);
      at = histogram + (<usize>load<u8>(column1 + row) << 5);
      store<i64>(at, load<i64>(at, 8) + gradient, 8);
      at = histogram + (<usize>load<u8>(column2 + row) << 5);
      store<i64>(at, load<i64>(at, 16) + gradient, 16);
      at = histogram + (<usize>load<u8>(column3 + row) << 5);
      store<i64>(at, load<i64>(at, 24) + gradient, 24);
    }
  }
  for (; k < featureCount; k++) {
    const column = columns + <usize>load<u32>(features + (k << 2)) * stride;
    const histogram = out + ((k & ~3) << HISTOGRAM_SHIFT) + ((k & 3) << 3);
    for (let p = rows; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      const pair = load<i64>(gradients + (row << 3));
      const at = histogram + (<usize>load<u8>(column + row) << 5);
      store<i64>(at, load<i64>(at) + (adds ? pair : -pair));
    }
  }
}

export function histograms(
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  gradients: usize,
  features: usize,
  featureCount: usize,
  out: usize,
): void {
  memory.fill(out, 0, ((featureCount + 3) & ~3) << HISTOGRAM_SHIFT);
  change(columns, stride, rows, count, gradients, features, featureCount, out, true);
}

export function removeRows(
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  gradients: usize,
  features: usize,
  featureCount: usize,
  histogram: usize,
): void {
  change(columns, stride, rows, count, gradients, features, featureCount, histogram, false);
}

export function subtract(parent: usize, child: usize, featureCount: usize): void {
  const end = parent + (featureCount << HISTOGRAM_SHIFT);
  for (; parent < end; parent += 32, child += 32) {
    v128.store(parent, i64x2.sub(v128.load(parent), v128.load(child)));
    v128.store(parent, i64x2.sub(v128.load(parent, 16), v128.load(child, 16)), 16);
  }
}

let total: v128 = i32x4.splat(0);
let below: v128 = i32x4.splat(0);
let regularization: v128 = i32x4.splat(0);
let centers: v128 = i32x4.splat(0);

/** Largest strength of each feature's splits, without the factor `weight`, written to `best`; returns the largest. */
function filter(histogram: usize, featureCount: usize, best: usize): f32 {
  let top = f32x4.splat(0);
  for (let k: usize = 0; k < featureCount; k += 4) {
    let p = histogram + (k << HISTOGRAM_SHIFT);
    const end = p + (VALUE_BINS << 5);
    let sum01 = i64x2.splat(0);
    let sum23 = i64x2.splat(0);
    let strengths = f32x4.splat(0);
    for (; p < end; p += 32) {
      sum01 = i64x2.add(sum01, v128.load(p));
      sum23 = i64x2.add(sum23, v128.load(p, 16));
      const hessianLeft = v128.shuffle<i32>(sum01, sum23, 0, 2, 4, 6);
      const gradientLeft = v128.shuffle<i32>(sum01, sum23, 1, 3, 5, 7);
      const hessianRight = i32x4.sub(total, hessianLeft);
      const left = f32x4.add(f32x4.convert_i32x4_s(hessianLeft), regularization);
      const right = f32x4.add(f32x4.convert_i32x4_s(hessianRight), regularization);
      const excess = f32x4.sub(f32x4.convert_i32x4_s(gradientLeft), f32x4.mul(centers, left));
      const strength = f32x4.div(f32x4.mul(excess, excess), f32x4.mul(left, right));
      const allowed = i32x4.gt_s(i32x4.min_s(hessianLeft, hessianRight), below);
      strengths = f32x4.pmax(strengths, v128.and(strength, allowed));
    }
    v128.store(best + (k << 2), strengths);
    top = f32x4.pmax(top, strengths);
  }
  return largest(top);
}

/** Every split of one feature in 64 bits. */
function scan(p: usize, k: i32, missingLeft: i32): void {
  let gradientLeft: i32 = missingLeft ? load<i32>(p, (VALUE_BINS << 5) + 4) : 0;
  let hessianLeft: i32 = missingLeft ? load<i32>(p, VALUE_BINS << 5) : 0;
  for (let bin: i32 = 0; bin < <i32>VALUE_BINS; bin++, p += 32) {
    const hessianBin = load<i32>(p);
    if (hessianBin == 0) continue;
    hessianLeft += hessianBin;
    gradientLeft += load<i32>(p, 4);
    considerSplit((k << 9) | (missingLeft << 8) | bin, gradientLeft, hessianLeft);
  }
}

/** Splits of one feature without missing values that are at least as strong as `least`, without the factor `weight`. */
function scanStrong(p: usize, hessian: i32, lambda: f32, least: f32, k: i32): void {
  let gradientLeft: i32 = 0;
  let hessianLeft: i32 = 0;
  for (let bin: i32 = 0; bin < <i32>VALUE_BINS; bin++, p += 32) {
    const hessianBin = load<i32>(p);
    if (hessianBin == 0) continue;
    hessianLeft += hessianBin;
    gradientLeft += load<i32>(p, 4);
    const left = <f32>hessianLeft + lambda;
    const right = <f32>(hessian - hessianLeft) + lambda;
    const excess = <f32>gradientLeft - center * left;
    // The right side has nothing behind the last value, and what is divided by nothing is no number or too large.
    if ((excess * excess) / (left * right) >= least) considerSplit((k << 9) | bin, gradientLeft, hessianLeft);
  }
}

export function bestSplit(
  histogram: usize,
  featureCount: usize,
  gradient: i32,
  hessian: i32,
  lambda: f64,
  alpha: f64,
  minHessian: i32,
  ties: u32,
  scratch: usize,
  out: usize,
): i32 {
  let least: f32 = 0;
  let atLeast: f32 = 0;
  if (alpha == 0) {
    beginStrengths(gradient, hessian, lambda);
    total = i32x4.splat(hessian);
    below = i32x4.splat(minHessian - 1);
    regularization = f32x4.splat(<f32>lambda);
    centers = f32x4.splat(center);
    const top = filter(histogram, featureCount, scratch) * weight;
    least = leastStrength(top, gradient, roundings(lambda, minHessian)) / weight;
    atLeast = leastGain;
  }
  beginSplit(gradient, hessian, lambda, alpha, minHessian, atLeast, ties);
  for (let k: usize = 0; k < featureCount; k++) {
    const p = histogram + ((k & ~3) << HISTOGRAM_SHIFT) + ((k & 3) << 3);
    const missing = load<i32>(p, VALUE_BINS << 5) != 0;
    if (alpha == 0 && !missing) {
      const strength = load<f32>(scratch + (k << 2));
      if (strength >= least) scanStrong(p, hessian, <f32>lambda, least, <i32>k);
      continue;
    }
    scan(p, <i32>k, 0);
    if (missing) scan(p, <i32>k, 1);
  }
  return endSplit(out);
}

export function binColumn(values: usize, count: usize, cuts: usize, cutCount: usize, out: usize, outStride: usize): i32 {
  let anyMissing: i32 = 0;
  const end = values + (count << 3);
  for (let p = values; p < end; p += 8, out += outStride) {
    const value = <f32>load<f64>(p);
    // Branch-free: `base` ends behind the last cut that is <= value.
    let base = cuts;
    let length = cutCount;
    while (length > 0) {
      const half = (length + 1) >> 1;
      const step = half << 2;
      base += load<f32>(base + step - 4) <= value ? step : 0;
      length -= half;
    }
    const missing: i32 = value != value ? 1 : 0;
    anyMissing |= missing;
    store<u16>(out, missing ? 65535 : <u16>((base - cuts) >> 2));
  }
  return anyMissing;
}

@inline
function step(nodes: usize, row: usize, at: usize): usize {
  const node = load<u64>(nodes + (at << 3));
  const bin = <u32>load<u16>(row + (<usize>(node >> 31) & 0x1fffe));
  return <usize>(<u32>node) + <usize>(bin > <u32>(node >> 48));
}

@inline
function stepOrDefault(nodes: usize, defaults: usize, row: usize, at: usize): usize {
  const node = load<u64>(nodes + (at << 3));
  const bin = <u32>load<u16>(row + (<usize>(node >> 31) & 0x1fffe));
  const missingLeft = <u32>(bin == 65535) & <u32>load<u8>(defaults + at);
  return <usize>(<u32>node) + <usize>(<u32>(bin > <u32>(node >> 48)) & (1 - missingLeft));
}

@inline
function addLeaf(sum: usize, values: usize, at: usize): void {
  store<f64>(sum, load<f64>(sum) + <f64>load<f32>(values + (at << 2)));
}

export function walk(
  nodes: usize,
  values: usize,
  defaults: usize,
  roots: usize,
  depths: usize,
  treeCount: usize,
  bins: usize,
  binStride: usize,
  count: usize,
  anyMissing: i32,
  out: usize,
): void {
  for (let tree: usize = 0; tree < treeCount; tree++) {
    const root = <usize>load<u32>(roots + (tree << 2));
    const depth = load<u32>(depths + (tree << 2));
    let row = bins;
    let sum = out;
    const end = out + (count << 3);
    // A step waits for two loads; four rows at a time keep the processor busy meanwhile.
    for (; anyMissing == 0 && sum + 24 < end; sum += 32, row += binStride << 2) {
      const row1 = row + binStride;
      const row2 = row1 + binStride;
      const row3 = row2 + binStride;
      let at0 = root;
      let at1 = root;
      let at2 = root;
      let at3 = root;
      for (let d: u32 = 0; d < depth; d++) {
        at0 = step(nodes, row, at0);
        at1 = step(nodes, row1, at1);
        at2 = step(nodes, row2, at2);
        at3 = step(nodes, row3, at3);
      }
      addLeaf(sum, values, at0);
      addLeaf(sum + 8, values, at1);
      addLeaf(sum + 16, values, at2);
      addLeaf(sum + 24, values, at3);
    }
    for (; sum < end; sum += 8, row += binStride) {
      let at = root;
      for (let d: u32 = 0; d < depth; d++) at = stepOrDefault(nodes, defaults, row, at);
      addLeaf(sum, values, at);
    }
  }
}
