import { normalQuantile } from './normal.ts';

const EPSILON = 2 ** -53;
const ROOT_PI = 1.772_453_850_905_516;

/**
 * Probability that a variable of Student's t distribution is at most t; `degrees` of freedom above 0, not necessarily
 * whole. Relative error in the lower tail about 1e-13, 1e-11 at 100,000 degrees; for the upper tail ask for -t. With
 * x = v / (v + t^2):
 * F(-|t|) = I_x(v/2, 1/2) / 2, I the regularized incomplete beta function (Abramowitz and Stegun 26.7.1 and 26.5.27).
 */
export function studentCdf(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) return Number.NaN;
  const a = degrees / 2;
  const square = t * t;
  if (square === Infinity) return t < 0 ? 0 : 1;
  const x = degrees / (degrees + square);
  const y = square / (degrees + square);
  // x^a y^(1/2) / B(a, 1/2), with 1 / B(a, 1/2) = Gamma(a + 1/2) / (Gamma(a) sqrt(pi)).
  const front = (Math.exp(-a * Math.log1p(square / degrees)) * Math.sqrt(y) * halfStepOfGamma(a)) / ROOT_PI;
  // Each continued fraction converges fast on its own side of the mean only.
  const lower =
    x < (a + 1) / (a + 2.5)
      ? (0.5 * front * betaFraction(x, a, 0.5)) / a
      : 0.5 * (1 - (front * betaFraction(y, 0.5, a)) / 0.5);
  return t < 0 ? lower : 1 - lower;
}

/**
 * The value that a variable of Student's t distribution stays below with probability p, 0 < p < 1; `degrees` of freedom
 * above 0. Inverts `studentCdf` by Newton's method, kept inside a bracket; relative error about 1e-12.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1) || !(degrees > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, degrees);
  let low = Math.min(normalQuantile(p), -1);
  while (studentCdf(low, degrees) > p) low *= 2;
  let high = 0;
  let t = low;
  for (let step = 0; step < 200; step++) {
    const excess = studentCdf(t, degrees) - p;
    if (excess > 0) high = t;
    else low = t;
    let next = t - excess / studentDensity(t, degrees);
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - t) <= 4 * EPSILON * Math.abs(next)) return next;
    t = next;
  }
  return t;
}

/** Density of Student's t distribution: Gamma((v + 1)/2) / (sqrt(v pi) Gamma(v/2)) * (1 + t^2/v)^(-(v + 1)/2). */
function studentDensity(t: number, degrees: number): number {
  const scale = halfStepOfGamma(degrees / 2) / (Math.sqrt(degrees) * ROOT_PI);
  return scale * Math.exp((-(degrees + 1) / 2) * Math.log1p((t * t) / degrees));
}

/** Coefficients of Gamma(a + 1/2) / (Gamma(a) sqrt(a)) in powers of 1/a: Tricomi and Erdélyi 1951. */
const HALF_STEP = [
  1,
  -1 / 8,
  1 / 128,
  5 / 1024,
  -21 / 32_768,
  -399 / 262_144,
  869 / 4_194_304,
  39_325 / 33_554_432,
];

/** Gamma(a + 1/2) / Gamma(a), a > 0, without either overflowing: its expansion for large a, and a step down to it. */
function halfStepOfGamma(a: number): number {
  let factor = 1;
  let large = a;
  for (; large < 40; large++) factor *= large / (large + 0.5);
  return factor * Math.sqrt(large) * HALF_STEP.reduceRight((sum, c) => sum / large + c, 0);
}

/**
 * The continued fraction of the incomplete beta function, by Lentz's method: I_x(a, b) = x^a (1-x)^b / (a B(a, b)) times
 * it. Source: DLMF 8.17.22; Lentz 1976 as modified by Thompson and Barnett 1986.
 */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) <= 2 * EPSILON) break;
  }
  return value;

  function nonZero(z: number): number {
    return Math.abs(z) < tiny ? tiny : z;
  }
}
