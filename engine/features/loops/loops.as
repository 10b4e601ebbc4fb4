// Loops over the lanes of a rollout: AssemblyScript, compiled to WebAssembly with SIMD (loops.test.ts). plain.ts lists the same
// loops in plain TypeScript, where each stands beside its formula; both give the same bits.
//
// Arguments that name arrays are byte addresses. Of an odd number of lanes, what is written for one more is padding.

import { choose } from './masks';

export {
  centered,
  changeOverClose,
  changeOverFifty,
  closeAbove,
  shareOfClose,
  volumeChange,
  zScore,
} from './encoders';
export {
  addSignedVolume,
  changes,
  directionalIndex,
  meanOfThree,
  movement,
  positionInBar,
  positionInWindow,
  rateOfChange,
  strength,
  typicalPrice,
  weightedMean,
} from './indicators';
export { run } from './run';

export function copy(from: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, from += 16) v128.store(out, v128.load(from));
}

export function add(a: usize, b: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, a += 16, b += 16)
    v128.store(out, f64x2.add(v128.load(a), v128.load(b)));
}

export function subtract(a: usize, b: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, a += 16, b += 16)
    v128.store(out, f64x2.sub(v128.load(a), v128.load(b)));
}

/** |x| up to which fdlibm reduces no argument: 0.5 ln 2, as it compares high words. */
const REDUCED: f64 = reinterpret<f64>(0x3fd62e4300000000);
/** |x| below which e^x is 1 + x. */
const TINY: f64 = reinterpret<f64>(0x3e30000000000000);

/** e^x as fdlibm has it (e_exp.c, Sun Microsystems 1993), which V8 follows. Returns 1 if some |x| is too large for this. */
export function exp(x: usize, out: usize, lanes: usize): i32 {
  let beyond = i64x2.splat(0);
  for (const end = out + (lanes << 3); out < end; out += 16, x += 16) {
    const v = v128.load(x);
    const size = f64x2.abs(v);
    beyond = v128.or(beyond, v128.not(f64x2.lt(size, f64x2.splat(REDUCED))));
    const t = f64x2.mul(v, v);
    let p = f64x2.add(f64x2.splat(-1.65339022054652515390e-6), f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8)));
    p = f64x2.add(f64x2.splat(6.61375632143793436117e-5), f64x2.mul(t, p));
    p = f64x2.add(f64x2.splat(-2.77777777770155933842e-3), f64x2.mul(t, p));
    p = f64x2.add(f64x2.splat(1.66666666666666019037e-1), f64x2.mul(t, p));
    const c = f64x2.sub(v, f64x2.mul(t, p));
    const q = f64x2.div(f64x2.mul(v, c), f64x2.sub(c, f64x2.splat(2)));
    const power = f64x2.sub(f64x2.splat(1), f64x2.sub(q, v));
    const near = f64x2.add(f64x2.splat(1), v);
    v128.store(out, choose(f64x2.lt(size, f64x2.splat(TINY)), near, power));
  }
  return v128.any_true(beyond) ? 1 : 0;
}

export function appendBars(
  growth: usize,
  rangeSum: usize,
  quarterOfMean: f64,
  previousClose: usize,
  high: usize,
  low: usize,
  close: usize,
  range: usize,
  lanes: usize,
): void {
  const share = f64x2.splat(quarterOfMean);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const from = v128.load(close + i);
    const to = f64x2.mul(from, v128.load(growth + i));
    const margin = f64x2.mul(v128.load(rangeSum + i), share);
    const top = f64x2.add(f64x2.max(from, to), margin);
    const bottom = f64x2.sub(f64x2.min(from, to), margin);
    v128.store(previousClose + i, from);
    v128.store(close + i, to);
    v128.store(high + i, top);
    v128.store(low + i, bottom);
    v128.store(range + i, f64x2.sub(top, bottom));
  }
}

export function extendSum(x: usize, real: usize, synthetic: usize, values: usize, lanes: usize): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const sum = f64x2.add(v128.load(synthetic + i), v128.load(x + i));
    v128.store(synthetic + i, sum);
    v128.store(values + i, f64x2.add(v128.load(real + i), sum));
  }
}

export function extendMoments(
  x: usize,
  perBar: f64,
  origin: usize,
  real: usize,
  realSquares: usize,
  synthetic: usize,
  syntheticSquares: usize,
  mean: usize,
  std: usize,
  lanes: usize,
): void {
  const share = f64x2.splat(perBar);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const start = v128.load(origin + i);
    const d = f64x2.sub(v128.load(x + i), start);
    const newSum = f64x2.add(v128.load(synthetic + i), d);
    const newSquares = f64x2.add(v128.load(syntheticSquares + i), f64x2.mul(d, d));
    v128.store(synthetic + i, newSum);
    v128.store(syntheticSquares + i, newSquares);
    const sum = f64x2.add(v128.load(real + i), newSum);
    const squares = f64x2.add(v128.load(realSquares + i), newSquares);
    v128.store(mean + i, f64x2.add(start, f64x2.mul(sum, share)));
    const spread = f64x2.sub(squares, f64x2.mul(f64x2.mul(sum, sum), share));
    v128.store(std + i, f64x2.sqrt(f64x2.mul(spread, share)));
  }
}

export function extendExtremes(
  high: usize,
  low: usize,
  realHighest: usize,
  realLowest: usize,
  syntheticHighest: usize,
  syntheticLowest: usize,
  highest: usize,
  lowest: usize,
  lanes: usize,
): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const top = f64x2.max(v128.load(high + i), v128.load(syntheticHighest + i));
    const bottom = f64x2.min(v128.load(low + i), v128.load(syntheticLowest + i));
    v128.store(syntheticHighest + i, top);
    v128.store(syntheticLowest + i, bottom);
    v128.store(highest + i, f64x2.max(v128.load(realHighest + i), top));
    v128.store(lowest + i, f64x2.min(v128.load(realLowest + i), bottom));
  }
}

export function smooth(x: usize, weight: f64, values: usize, lanes: usize): void {
  const share = f64x2.splat(weight);
  for (const end = values + (lanes << 3); values < end; values += 16, x += 16) {
    const y = v128.load(values);
    v128.store(values, f64x2.add(y, f64x2.mul(f64x2.sub(v128.load(x), y), share)));
  }
}

export function bands(mean: usize, std: usize, width: f64, upper: usize, lower: usize, lanes: usize): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const center = v128.load(mean + i);
    const margin = f64x2.mul(f64x2.splat(width), v128.load(std + i));
    v128.store(upper + i, f64x2.add(center, margin));
    v128.store(lower + i, f64x2.sub(center, margin));
  }
}

/** Per term the address of its column, its coefficient and its mean, 8 bytes each. */
const TERM_BYTES: usize = 24;

@inline
function addTerm(sum: v128, x: usize, coefficient: v128, mean: v128): v128 {
  return f64x2.add(sum, f64x2.mul(coefficient, f64x2.sub(v128.load(x), mean)));
}

export function sumTerms(terms: usize, count: usize, intercept: f64, out: usize, lanes: usize): void {
  const end = terms + count * TERM_BYTES;
  const bytes = lanes << 3;
  let i: usize = 0;
  // A sum waits for the one before: those of eight lanes do so together.
  for (; i + 64 <= bytes; i += 64) {
    let a = f64x2.splat(intercept);
    let b = a;
    let c = a;
    let d = a;
    for (let p = terms; p < end; p += TERM_BYTES) {
      const x = <usize>load<f64>(p) + i;
      const coefficient = v128.load64_splat(p, 8);
      const mean = v128.load64_splat(p, 16);
      a = addTerm(a, x, coefficient, mean);
      b = addTerm(b, x + 16, coefficient, mean);
      c = addTerm(c, x + 32, coefficient, mean);
      d = addTerm(d, x + 48, coefficient, mean);
    }
    v128.store(out + i, a);
    v128.store(out + i, b, 16);
    v128.store(out + i, c, 32);
    v128.store(out + i, d, 48);
  }
  for (; i < bytes; i += 16) {
    let sum = f64x2.splat(intercept);
    for (let p = terms; p < end; p += TERM_BYTES) {
      sum = addTerm(sum, <usize>load<f64>(p) + i, v128.load64_splat(p, 8), v128.load64_splat(p, 16));
    }
    v128.store(out + i, sum);
  }
}
