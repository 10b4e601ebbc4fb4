import type { Prng } from '../random/prng.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';
import { type Domain, fromScale, type NumericDomain, scaleOf } from './space.ts';

/** Newest observations that count in full; older ones count less the older they are. */
const FULL_WEIGHTS = 25;
/** Deviations beyond which a kernel counts as 0: what it adds there is below 1e-9 of what the prior alone has. */
const FAR = 7;
const SMALLEST_DEVIATION = 1e-12;
const ROOT_2PI = Math.sqrt(2 * Math.PI);

export interface ParzenOptions {
  /** Whether the ends of the range count as neighbors of the outermost observations. */
  readonly endpoints: boolean;
  /** Deviations of at least range / min(100, 1 + kernels). */
  readonly magicClip: boolean;
}

/** As Optuna's sampler has them. */
export const PARZEN_DEFAULTS: ParzenOptions = { endpoints: false, magicClip: true };

/** Weights of `n` observations, oldest first, and of the prior behind them; they sum to 1. */
export function kernelWeights(n: number): Float64Array {
  const weights = new Float64Array(n + 1).fill(1);
  const ramp = n - FULL_WEIGHTS;
  for (let i = 0; i < ramp; i++) weights[i] = ramp === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (ramp - 1);
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += weights[i]!;
  for (let i = 0; i <= n; i++) weights[i]! /= sum;
  return weights;
}

/** Normal kernels, one an observation and the prior last, cut off at the ends of the range. */
export interface Kernels {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Positions of the observations in ascending order of their means. */
  readonly ascending: Uint32Array;
}

/**
 * Kernels over observations on the scale [low, high]: each as wide as the larger distance to its neighbors.
 * Source: Bergstra et al. 2011, with the clips of Optuna.
 */
export function kernelsOver(
  observed: Float64Array,
  { low, high }: { readonly low: number; readonly high: number },
  { endpoints, magicClip }: ParzenOptions = PARZEN_DEFAULTS,
): Kernels {
  const n = observed.length;
  const means = new Float64Array(n + 1);
  means.set(observed);
  means[n] = 0.5 * (low + high);
  const deviations = new Float64Array(n + 1);
  deviations[n] = high - low;
  const ascending = ascendingOrder(observed, low, high);
  const least = magicClip ? (high - low) / Math.min(100, n + 2) : SMALLEST_DEVIATION;
  for (let place = 0; place < n; place++) {
    const at = observed[ascending[place]!]!;
    const below = at - (place === 0 ? low : observed[ascending[place - 1]!]!);
    const above = (place === n - 1 ? high : observed[ascending[place + 1]!]!) - at;
    let width = Math.max(below, above);
    if (!endpoints && n >= 2) {
      if (place === 0) width = above;
      else if (place === n - 1) width = below;
    }
    deviations[ascending[place]!] = Math.min(high - low, Math.max(least, width));
  }
  return { means, deviations, ascending };
}

/**
 * Positions in ascending order of the values; equal ones, and those less than 1e-12 of the range apart, as they come. Bare numbers sort ten
 * times as fast as with a comparator: each is its place on a grid, with its position behind.
 */
function ascendingOrder(values: Float64Array, low: number, high: number): Uint32Array {
  const n = values.length;
  const scale = high > low ? 2 ** 40 / (high - low) : 0;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = Math.floor((values[i]! - low) * scale) * n + i;
  keys.sort();
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = keys[i]! % n;
  return order;
}

/** Density of one parameter over its kernels, in the order of `kernelWeights`. Values are numbers of the domain, or positions of a choice. */
export interface Marginal {
  /** A value from kernel k. */
  draw(kernel: number, prng: Prng): number;
  /** density[k] *= what kernel k says of a value. */
  multiply(value: number, density: Float64Array): void;
  /** What all kernels with these weights say of a value. */
  mixture(weights: Float64Array): (value: number) => number;
}

export function createMarginal(
  domain: Domain,
  /** Oldest first: numbers of the domain, or positions of a choice. */
  observed: Float64Array,
): Marginal {
  return domain.type === 'categorical'
    ? categoricalMarginal(domain.choices.length, observed)
    : numericMarginal(domain, observed);
}

function categoricalMarginal(choices: number, observed: Float64Array): Marginal {
  const n = observed.length;
  // Every kernel has a whole prior of 1 / kernels a choice, and its own choice besides.
  const prior = 1 / (n + 1);
  const other = n === 0 ? 1 / choices : prior / (1 + choices * prior);
  const own = n === 0 ? 1 / choices : (1 + prior) / (1 + choices * prior);
  return {
    draw(kernel, prng) {
      let u = prng.float();
      for (let choice = 0; choice < choices - 1; choice++) {
        const p = kernel === n ? 1 / choices : choice === observed[kernel] ? own : other;
        if (u < p) return choice;
        u -= p;
      }
      return choices - 1;
    },
    multiply(value, density) {
      for (let k = 0; k < n; k++) density[k]! *= observed[k] === value ? own : other;
      density[n]! *= 1 / choices;
    },
    mixture: (weights) => (value) => {
      let sum = weights[n]! / choices;
      for (let k = 0; k < n; k++) sum += weights[k]! * (observed[k] === value ? own : other);
      return sum;
    },
  };
}

function numericMarginal(domain: NumericDomain, observed: Float64Array): Marginal {
  const scale = scaleOf(domain);
  const isLog = domain.log === true;
  const isWhole = domain.type === 'int';
  const { means, deviations, ascending } = kernelsOver(isLog ? observed.map(Math.log) : observed, scale);
  const count = means.length;
  const precisions = new Float64Array(count);
  /** One over what lies within the range, for whole numbers; with the density's own factor, for others. */
  const factors = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    precisions[k] = 1 / deviations[k]!;
    const below = massBelow((scale.low - means[k]!) * precisions[k]!);
    const within = massBelow((scale.high - means[k]!) * precisions[k]!) - below;
    factors[k] = isWhole ? 1 / within : precisions[k]! / (within * ROOT_2PI);
  }
  const onLog = (value: number) => (isLog ? Math.log(value) : value);
  const said = isWhole
    ? (k: number, left: number, right: number) =>
        massBetween((left - means[k]!) * precisions[k]!, (right - means[k]!) * precisions[k]!) * factors[k]!
    : (k: number, place: number) => {
        const z = (place - means[k]!) * precisions[k]!;
        return z < -FAR || z > FAR ? 0 : Math.exp(-0.5 * z * z) * factors[k]!;
      };
  const ends = (value: number): [left: number, right: number] =>
    isWhole ? [onLog(value - 0.5), onLog(value + 0.5)] : [onLog(value), onLog(value)];
  return {
    draw(kernel, prng) {
      const deviation = deviations[kernel]!;
      const bottom = massBelow((scale.low - means[kernel]!) * precisions[kernel]!);
      const top = massBelow((scale.high - means[kernel]!) * precisions[kernel]!);
      const p = bottom + prng.float() * (top - bottom);
      const quantile = p <= 0 ? -FAR : p >= 1 ? FAR : normalQuantile(p);
      const place = Math.min(scale.high, Math.max(scale.low, means[kernel]! + quantile * deviation));
      return fromScale(domain, place);
    },
    multiply(value, density) {
      const [left, right] = ends(value);
      for (let k = 0; k < count; k++) if (density[k] !== 0) density[k]! *= said(k, left, right);
    },
    mixture(weights) {
      const { wide, narrow, reach } = byWidth(deviations, ascending);
      return (value) => {
        const [left, right] = ends(value);
        let sum = 0;
        for (let i = 0; i < wide.length; i++) sum += weights[wide[i]!]! * said(wide[i]!, left, right);
        for (let i = firstAbove(narrow, means, left - reach); i < narrow.length; i++) {
          const k = narrow[i]!;
          if (means[k]! > right + reach) break;
          sum += weights[k]! * said(k, left, right);
        }
        return sum;
      };
    },
  };
}

/** Kernels of the least width, most of many, in ascending order of their means, and how far they reach; the others. */
function byWidth(deviations: Float64Array, ascending: Uint32Array) {
  const n = ascending.length;
  let least = deviations[n]!;
  for (let k = 0; k < n; k++) if (deviations[k]! < least) least = deviations[k]!;
  const narrow = new Uint32Array(n);
  const wide: number[] = [n];
  let count = 0;
  for (let i = 0; i < n; i++) {
    const k = ascending[i]!;
    if (deviations[k]! > least) wide.push(k);
    else narrow[count++] = k;
  }
  return { narrow: narrow.subarray(0, count), wide, reach: FAR * least };
}

/** Position of the first kernel whose mean is at least `bound`. */
function firstAbove(kernels: Uint32Array, means: Float64Array, bound: number): number {
  let low = 0;
  let high = kernels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (means[kernels[middle]!]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function massBelow(z: number): number {
  return z < -FAR ? 0 : z > FAR ? 1 : normalCdf(z);
}

/** In the lower tail, where differences keep their digits. */
function massBetween(a: number, b: number): number {
  if (b < -FAR || a > FAR) return 0;
  return a > 0 ? massBelow(-a) - massBelow(-b) : massBelow(b) - massBelow(a);
}
