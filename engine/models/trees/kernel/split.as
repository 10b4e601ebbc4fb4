// The best split so far, in 64 bits: what all ways of looking for one share.

export function scoreOf(gradient: i32, alpha: f64): f64 {
  const excess = Math.abs(<f64>gradient) - alpha;
  return excess > 0 ? excess * excess : 0;
}

/** Rounding of a gain is far below this. */
const ALMOST: f64 = 1 - 1e-12;

let bestGain: f64 = 0;
/** Splits that gain less are passed over without a division. */
let leastGain: f64 = 0;
let bestCode: i32 = -1;
let bestGradient: i32 = 0;
let bestHessian: i32 = 0;

let totalGradient: i32 = 0;
let totalHessian: i32 = 0;
let lambda: f64 = 0;
let alpha: f64 = 0;
let minHessian: i32 = 0;
let ties: u32 = 0;

/** `least`: a split that gains as much is known to be among those to come. */
export function beginSplit(gradient: i32, hessian: i32, ofLambda: f64, ofAlpha: f64, ofMinHessian: i32, least: f64, ofTies: u32): void {
  totalGradient = gradient;
  totalHessian = hessian;
  lambda = ofLambda;
  alpha = ofAlpha;
  minHessian = ofMinHessian;
  ties = ofTies;
  bestGain = 0;
  leastGain = least;
  bestCode = -1;
  bestGradient = 0;
  bestHessian = 0;
}

/** Order of features that a seed draws: the finalizer of MurmurHash3 (Appleby), a bijection of 32-bit integers. */
function rank(feature: i32): u32 {
  let h = ties ^ <u32>feature;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

function winsTie(code: i32): bool {
  const feature = code >> 9;
  const best = bestCode >> 9;
  return ties != 0 && bestCode >= 0 && feature != best && rank(feature) > rank(best);
}

/** Compares a split with the best so far; of equals the first stays, or with a seed that of the feature with the highest rank. */
export function considerSplit(code: i32, gradientLeft: i32, hessianLeft: i32): void {
  if (hessianLeft < minHessian || totalHessian - hessianLeft < minHessian) return;
  const weightLeft = <f64>hessianLeft + lambda;
  const weightRight = <f64>(totalHessian - hessianLeft) + lambda;
  const numerator =
    scoreOf(gradientLeft, alpha) * weightRight + scoreOf(totalGradient - gradientLeft, alpha) * weightLeft;
  const denominator = weightLeft * weightRight;
  if (numerator < leastGain * denominator) return;
  const gain = numerator / denominator;
  if (gain > bestGain || (gain == bestGain && winsTie(code))) {
    bestGain = gain;
    leastGain = max(leastGain, gain * ALMOST);
    bestCode = code;
    bestGradient = gradientLeft;
    bestHessian = hessianLeft;
  }
}

/** Writes what the kernel's caller reads of a split, and returns its code. */
export function endSplit(out: usize): i32 {
  store<f64>(out, bestGain);
  store<i32>(out, bestGradient, 8);
  store<i32>(out, bestHessian, 12);
  return bestCode;
}
