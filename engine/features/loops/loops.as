// Loops over the lanes of a rollout: AssemblyScript, compiled to WebAssembly with SIMD (loops.test.ts). plain.ts lists the same
// loops in plain TypeScript, where each stands beside its formula; both give the same bits.
//
// Arguments that name arrays are byte addresses. Of an odd number of lanes, what is written for one more is padding.

@inline
function zero(): v128 {
  return f64x2.splat(0);
}

/** 1 where the mask is set, else 0. */
@inline
function one(mask: v128): v128 {
  return v128.and(mask, f64x2.splat(1));
}

/** `a` where the mask is set, else `b`. */
@inline
function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
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

/** The move if it is above 0, times whether it is larger than the other. */
@inline
function larger(move: v128, other: v128): v128 {
  const half = f64x2.mul(f64x2.add(f64x2.abs(move), move), f64x2.splat(0.5));
  return f64x2.mul(half, one(f64x2.gt(move, other)));
}

export function movement(
  previousHigh: usize,
  previousLow: usize,
  high: usize,
  low: usize,
  up: usize,
  down: usize,
  lanes: usize,
): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const rise = f64x2.sub(v128.load(high + i), v128.load(previousHigh + i));
    const fall = f64x2.sub(v128.load(previousLow + i), v128.load(low + i));
    v128.store(up + i, larger(rise, fall));
    v128.store(down + i, larger(fall, rise));
  }
}

export function directionalIndex(
  range: usize,
  up: usize,
  down: usize,
  plus: usize,
  minus: usize,
  dx: usize,
  lanes: usize,
): void {
  const hundred = f64x2.splat(100);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const u = v128.load(up + i);
    const d = v128.load(down + i);
    const r = v128.load(range + i);
    const still = f64x2.eq(r, zero());
    v128.store(plus + i, choose(still, zero(), f64x2.mul(f64x2.div(u, r), hundred)));
    v128.store(minus + i, choose(still, zero(), f64x2.mul(f64x2.div(d, r), hundred)));
    const moves = f64x2.add(u, d);
    const index = f64x2.mul(f64x2.div(f64x2.abs(f64x2.sub(u, d)), moves), hundred);
    v128.store(dx + i, choose(f64x2.eq(moves, zero()), zero(), index));
  }
}

export function changes(before: usize, now: usize, gains: usize, losses: usize, lanes: usize): void {
  const half = f64x2.splat(0.5);
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const change = f64x2.sub(v128.load(now + i), v128.load(before + i));
    const size = f64x2.abs(change);
    v128.store(gains + i, f64x2.mul(f64x2.add(size, change), half));
    v128.store(losses + i, f64x2.mul(f64x2.sub(size, change), half));
  }
}

export function strength(gain: usize, loss: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, gain += 16, loss += 16) {
    const g = v128.load(gain);
    const moves = f64x2.add(g, v128.load(loss));
    const index = f64x2.mul(f64x2.div(g, moves), f64x2.splat(100));
    v128.store(out, choose(f64x2.eq(moves, zero()), f64x2.splat(50), index));
  }
}

@inline
function placeInRange(close: v128, low: v128, range: v128): v128 {
  const place = f64x2.mul(f64x2.div(f64x2.sub(close, low), range), f64x2.splat(100));
  return choose(f64x2.eq(range, zero()), f64x2.splat(50), place);
}

export function positionInBar(low: usize, close: usize, range: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, low += 16, close += 16, range += 16)
    v128.store(out, placeInRange(v128.load(close), v128.load(low), v128.load(range)));
}

export function positionInWindow(close: usize, highest: usize, lowest: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, close += 16, highest += 16, lowest += 16) {
    const bottom = v128.load(lowest);
    v128.store(out, placeInRange(v128.load(close), bottom, f64x2.sub(v128.load(highest), bottom)));
  }
}

export function meanOfThree(a: usize, b: usize, c: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, a += 16, b += 16, c += 16) {
    const sum = f64x2.add(f64x2.add(v128.load(a), v128.load(b)), v128.load(c));
    v128.store(out, f64x2.div(sum, f64x2.splat(3)));
  }
}

export function rateOfChange(before: usize, now: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, before += 16, now += 16) {
    const start = v128.load(before);
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), start), start));
  }
}

export function addSignedVolume(volume: usize, before: usize, now: usize, values: usize, lanes: usize): void {
  for (const end = values + (lanes << 3); values < end; values += 16, volume += 16, before += 16, now += 16) {
    const b = v128.load(before);
    const n = v128.load(now);
    const sign = f64x2.sub(one(f64x2.gt(n, b)), one(f64x2.lt(n, b)));
    v128.store(values, f64x2.add(v128.load(values), f64x2.mul(sign, v128.load(volume))));
  }
}

export function typicalPrice(
  high: usize,
  low: usize,
  close: usize,
  volume: usize,
  price: usize,
  turnover: usize,
  lanes: usize,
): void {
  const bytes = lanes << 3;
  for (let i: usize = 0; i < bytes; i += 16) {
    const sum = f64x2.add(f64x2.add(v128.load(high + i), v128.load(low + i)), v128.load(close + i));
    const typical = f64x2.div(sum, f64x2.splat(3));
    v128.store(price + i, typical);
    v128.store(turnover + i, f64x2.mul(typical, v128.load(volume + i)));
  }
}

export function weightedMean(
  turnover: usize,
  volume: usize,
  price: usize,
  bars: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, turnover += 16, volume += 16, price += 16) {
    const traded = v128.load(volume);
    const idle = f64x2.eq(traded, zero());
    // Whichever of the two is the answer, they are one division.
    const sum = choose(idle, v128.load(price), v128.load(turnover));
    v128.store(out, f64x2.div(sum, choose(idle, f64x2.splat(bars), traded)));
  }
}

export function closeAbove(level: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, level += 16, close += 16) {
    const price = v128.load(close);
    v128.store(out, f64x2.div(f64x2.sub(price, v128.load(level)), price));
  }
}

export function shareOfClose(difference: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, difference += 16, close += 16)
    v128.store(out, f64x2.div(v128.load(difference), v128.load(close)));
}

export function centered(oscillator: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, oscillator += 16)
    v128.store(out, f64x2.sub(f64x2.div(v128.load(oscillator), f64x2.splat(50)), f64x2.splat(1)));
}

export function changeOverClose(now: usize, before: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16, close += 16)
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), v128.load(before)), v128.load(close)));
}

export function changeOverFifty(now: usize, before: usize, close: usize, out: usize, lanes: usize): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16)
    v128.store(out, f64x2.div(f64x2.sub(v128.load(now), v128.load(before)), f64x2.splat(50)));
}

/** The difference in deviations; 0 where these are rounding noise. */
@inline
function inDeviations(difference: v128, mean: v128, std: v128, noise: f64): v128 {
  const noisy = f64x2.le(std, f64x2.mul(f64x2.splat(noise), f64x2.abs(mean)));
  return choose(noisy, zero(), f64x2.div(difference, std));
}

export function zScore(
  now: usize,
  before: usize,
  mean: usize,
  std: usize,
  noise: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, mean += 16, std += 16) {
    const center = v128.load(mean);
    v128.store(out, inDeviations(f64x2.sub(v128.load(now), center), center, v128.load(std), noise));
  }
}

export function volumeChange(
  now: usize,
  before: usize,
  mean: usize,
  std: usize,
  noise: f64,
  out: usize,
  lanes: usize,
): void {
  for (const end = out + (lanes << 3); out < end; out += 16, now += 16, before += 16, mean += 16, std += 16) {
    const change = f64x2.sub(v128.load(now), v128.load(before));
    v128.store(out, inDeviations(change, v128.load(mean), v128.load(std), noise));
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
