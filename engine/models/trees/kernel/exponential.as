// e^x to the last bit as V8's Math.exp has it: the algorithm of Sun's fdlibm (e_exp.c), here of two numbers at once. With
// x = k ln 2 + r and |r| <= ln 2 / 2, e^r comes from a Remez polynomial of r^2, and 2^k from its bits.

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const PER_LN2: f64 = 1.442695040888963387;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.65339022054652515390e-6;
const P5: f64 = 4.13813679705723846039e-8;

/** Compared with the high word of |x|: k is 0 below (ln 2) / 2, and 1 or -1 below 3 (ln 2) / 2. */
const ZERO_BELOW: f64 = reinterpret<f64>(0x3fd62e43_00000000);
const ONE_BELOW: f64 = reinterpret<f64>(0x3ff0a2b2_00000000);
/** Below, e^x is 1 + x. */
const TINY: f64 = reinterpret<f64>(0x3e300000_00000000);
/** Up to here 2^k is an ordinary number. */
const ORDINARY: f64 = 700;
/** Added to a small integer, it leaves that in the lowest bits. */
const TO_BITS: f64 = 6755399441055744;

const OVERFLOW: f64 = 7.09782712893383973096e2;
const UNDERFLOW: f64 = -7.45133219101941108420e2;

/**
 * What is the same in each lane, as variables: of a constant, V8 would make the lanes anew for each pair of numbers, in three
 * instructions each.
 */
let one: v128 = i64x2.splat(0);
let two: v128 = i64x2.splat(0);
let half: v128 = i64x2.splat(0);
let signBit: v128 = i64x2.splat(0);
let perLn2: v128 = i64x2.splat(0);
let ln2High: v128 = i64x2.splat(0);
let ln2Low: v128 = i64x2.splat(0);
let p1: v128 = i64x2.splat(0);
let p2: v128 = i64x2.splat(0);
let p3: v128 = i64x2.splat(0);
let p4: v128 = i64x2.splat(0);
let p5: v128 = i64x2.splat(0);
let zeroBelow: v128 = i64x2.splat(0);
let oneBelow: v128 = i64x2.splat(0);
let tiny: v128 = i64x2.splat(0);
let most: v128 = i64x2.splat(0);
let toBits: v128 = i64x2.splat(0);
let bias: v128 = i64x2.splat(0);
let euler: v128 = i64x2.splat(0);

/** To be called before the first of many numbers. */
export function prepareExponential(): void {
  one = f64x2.splat(1);
  two = f64x2.splat(2);
  half = f64x2.splat(0.5);
  signBit = f64x2.splat(-0.0);
  perLn2 = f64x2.splat(PER_LN2);
  ln2High = f64x2.splat(LN2_HIGH);
  ln2Low = f64x2.splat(LN2_LOW);
  p1 = f64x2.splat(P1);
  p2 = f64x2.splat(P2);
  p3 = f64x2.splat(P3);
  p4 = f64x2.splat(P4);
  p5 = f64x2.splat(P5);
  zeroBelow = f64x2.splat(ZERO_BELOW);
  oneBelow = f64x2.splat(ONE_BELOW);
  tiny = f64x2.splat(TINY);
  most = f64x2.splat(ORDINARY);
  toBits = f64x2.splat(TO_BITS);
  bias = i64x2.splat(reinterpret<i64>(TO_BITS) - 1023);
  euler = f64x2.splat(Math.E);
}

function expOf(x: f64): f64 {
  if (x != x) return x;
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  if (abs(x) <= ORDINARY) return f64x2.extract_lane(ordinary(f64x2.splat(x)), 0);
  const k = <i32>(PER_LN2 * x + (x < 0 ? -0.5 : 0.5));
  const high = x - <f64>k * LN2_HIGH;
  const low = <f64>k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k == 1024) return y * 2 * power(1023);
  return k >= -1021 ? y * power(k) : y * power(k + 1000) * power(-1000);
}

@inline
function power(k: i32): f64 {
  return reinterpret<f64>((<i64>k + 1023) << 52);
}

@inline
function ordinary(x: v128): v128 {
  const size = f64x2.abs(x);
  const sign = v128.and(x, signBit);
  const rounded = f64x2.trunc(f64x2.add(f64x2.mul(perLn2, x), v128.or(half, sign)));
  const unit = v128.bitselect(v128.or(one, sign), rounded, f64x2.lt(size, oneBelow));
  const k = v128.and(unit, f64x2.ge(size, zeroBelow));
  const high = f64x2.sub(x, f64x2.mul(k, ln2High));
  const low = f64x2.mul(k, ln2Low);
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let c = f64x2.add(p4, f64x2.mul(t, p5));
  c = f64x2.add(p3, f64x2.mul(t, c));
  c = f64x2.add(p2, f64x2.mul(t, c));
  c = f64x2.add(p1, f64x2.mul(t, c));
  c = f64x2.sub(r, f64x2.mul(t, c));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(two, c));
  const y = f64x2.sub(one, f64x2.sub(f64x2.sub(low, quotient), high));
  const scaled = f64x2.mul(y, i64x2.shl(i64x2.sub(f64x2.add(k, toBits), bias), 52));
  const plain = v128.bitselect(f64x2.add(one, x), scaled, f64x2.lt(size, tiny));
  return v128.bitselect(euler, plain, f64x2.eq(x, one));
}

function each(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(expOf(f64x2.extract_lane(x, 0))), 1, expOf(f64x2.extract_lane(x, 1)));
}

/** e to the power of either number. */
@inline
export function expOfTwo(x: v128): v128 {
  return i64x2.all_true(f64x2.le(f64x2.abs(x), most)) ? ordinary(x) : each(x);
}
