import type { Prng } from '../random/prng.ts';
import { normalCdf, normalQuantile } from '../statistics/normal.ts';
import { type Kernels, kernelsOver, type Observations, PARZEN_DEFAULTS } from './parzen.ts';
import { quickExp } from './quick-exp.ts';
import { NEW_ARRAYS, type Scratch } from './scratch.ts';
import { type Domain, fromScale, type NumericDomain, scaleOf } from './space.ts';

/** Deviations beyond which a kernel counts as 0: what it adds there is below 1e-9 of what the prior alone has. */
export const FAR = 7;
const ROOT_2PI = Math.sqrt(2 * Math.PI);
/** Kernels between two looks at whether a sum is enough. */
const STRETCH = 16;
/** Widest cell, in deviations, whose mass is taken from its middle: the series is then right to 1e-8 at worst. */
const SLIM = 1 / 8;

/** Density of one parameter over its kernels, in the order of `kernelWeights`. Values are numbers of the domain, or positions of a choice. */
export interface Marginal {
  /** A value from kernel k. */
  draw(kernel: number, prng: Prng): number;
  /** What all kernels with these weights say of a value; infinite as soon as it is at least `enough`. */
  mixture(weights: Float64Array): (value: number, enough?: number) => number;
  /** What each kernel says, for densities of several parameters. */
  readonly kernels: NormalKernels | DiscreteKernels;
}

/** Kernel k says factors[k] exp(-z^2 / 2) of a place, z its distance in deviations; nothing beyond `FAR`. */
export interface NormalKernels {
  readonly kind: 'normal';
  readonly means: Float64Array;
  /** One over deviations. */
  readonly precisions: Float64Array;
  readonly factors: Float64Array;
  placeOf(value: number): number;
}

export interface DiscreteKernels {
  readonly kind: 'discrete';
  /** Probabilities of a value, kernel by kernel. */
  said(value: number): Float64Array;
}

/** What it holds comes from `scratch`, and is good for as long as that. */
export function createMarginal(
  domain: Domain,
  observed: Observations,
  scratch: Scratch = NEW_ARRAYS,
): Marginal {
  if (domain.type === 'categorical')
    return categoricalMarginal(domain.choices.length, observed.places, scratch);
  return domain.type === 'int'
    ? wholeMarginal(domain, observed, scratch)
    : continuousMarginal(domain, observed, scratch);
}

function categoricalMarginal(choices: number, observed: Float64Array, scratch: Scratch): Marginal {
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
    mixture: (weights) => (value) => {
      let sum = weights[n]! / choices;
      for (let k = 0; k < n; k++) sum += weights[k]! * (observed[k] === value ? own : other);
      return sum;
    },
    kernels: {
      kind: 'discrete',
      said(value) {
        const said = scratch.floats(n + 1);
        for (let k = 0; k < n; k++) said[k] = observed[k] === value ? own : other;
        said[n] = 1 / choices;
        return said;
      },
    },
  };
}

function drawNumber(domain: NumericDomain, mean: number, deviation: number, prng: Prng): number {
  const { low, high } = scaleOf(domain);
  const precision = 1 / deviation;
  const bottom = massBelow((low - mean) * precision);
  const top = massBelow((high - mean) * precision);
  const p = bottom + prng.float() * (top - bottom);
  const quantile = p <= 0 ? -FAR : p >= 1 ? FAR : normalQuantile(p);
  return fromScale(domain, Math.min(high, Math.max(low, mean + quantile * deviation)));
}

function continuousMarginal(domain: NumericDomain, observed: Observations, scratch: Scratch): Marginal {
  const scale = scaleOf(domain);
  const { means, deviations } = kernelsOver(observed, scale, PARZEN_DEFAULTS, scratch);
  const count = means.length;
  const precisions = scratch.floats(count);
  const factors = scratch.floats(count);
  for (let k = 0; k < count; k++) {
    const precision = 1 / deviations[k]!;
    precisions[k] = precision;
    factors[k] = precision / (massWithin(scale, means[k]!, precision) * ROOT_2PI);
  }
  const placeOf = (value: number) => (domain.log === true ? Math.log(value) : value);
  return {
    draw: (kernel, prng) => drawNumber(domain, means[kernel]!, deviations[kernel]!, prng),
    mixture(weights) {
      const densityAt = normalMixture({ means, deviations }, observed.ascending, factors, weights, scratch);
      return (value, enough) => densityAt(placeOf(value), enough);
    },
    kernels: { kind: 'normal', means, precisions, factors, placeOf },
  };
}

/**
 * Of kernels, most of many have the least width: they lie in ascending order, so that a place asks those within reach alone.
 */
function normalMixture(
  { means, deviations }: Kernels,
  ascending: Uint32Array,
  factors: Float64Array,
  weights: Float64Array,
  scratch: Scratch,
): (place: number, enough?: number) => number {
  const n = ascending.length;
  let least = deviations[n]!;
  for (let k = 0; k < n; k++) if (deviations[k]! < least) least = deviations[k]!;
  const narrow = { means: scratch.floats(n), weights: scratch.floats(n) };
  const wide = {
    means: scratch.floats(n + 1),
    deviations: scratch.floats(n + 1),
    weights: scratch.floats(n + 1),
  };
  let narrows = 0;
  let wides = 0;
  for (let rank = 0; rank <= n; rank++) {
    const k = rank === n ? n : ascending[rank]!;
    if (rank < n && deviations[k] === least) {
      narrow.means[narrows] = means[k]!;
      narrow.weights[narrows++] = weights[k]! * factors[k]!;
    } else {
      wide.means[wides] = means[k]!;
      wide.deviations[wides] = deviations[k]!;
      wide.weights[wides++] = weights[k]! * factors[k]!;
    }
  }
  const reach = FAR * least;
  const precision = 1 / least;
  return (place, enough = Number.POSITIVE_INFINITY) => {
    let sum = 0;
    for (let i = 0; i < wides; i++) {
      const z = (place - wide.means[i]!) / wide.deviations[i]!;
      if (z >= -FAR && z <= FAR) sum += wide.weights[i]! * quickExp(-0.5 * z * z);
    }
    // The nearest say the most: in stretches to both sides, until none is within reach or the sum is enough.
    let right = firstAtLeast(narrow.means, narrows, place);
    let left = right;
    const last = firstAtLeast(narrow.means, narrows, place + reach);
    const first = firstAtLeast(narrow.means, narrows, place - reach);
    while ((left > first || right < last) && sum < enough) {
      const from = Math.max(first, left - STRETCH);
      const to = Math.min(last, right + STRETCH);
      for (let i = from; i < to; i++) {
        if (i === left) i = right;
        if (i >= to) break;
        const z = (place - narrow.means[i]!) * precision;
        sum += narrow.weights[i]! * quickExp(-0.5 * z * z);
      }
      left = from;
      right = to;
    }
    if (sum >= enough) return Number.POSITIVE_INFINITY;
    return sum;
  };
}

/** Position of the first of `count` ascending values that is at least `bound`. */
function firstAtLeast(values: Float64Array, count: number, bound: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function wholeMarginal(domain: NumericDomain, observed: Observations, scratch: Scratch): Marginal {
  const scale = scaleOf(domain);
  const { means, deviations } = kernelsOver(observed, scale, PARZEN_DEFAULTS, scratch);
  const n = observed.ascending.length;
  /** Kernels of the same mean and deviation, many of whole numbers, say the same. */
  const sameAs = scratch.words(n + 1);
  const firsts = scratch.words(n + 1);
  let kinds = 0;
  for (let rank = 0; rank <= n; rank++) {
    const k = rank === n ? n : observed.ascending[rank]!;
    const last = firsts[kinds - 1];
    if (last === undefined || means[k] !== means[last] || deviations[k] !== deviations[last])
      firsts[kinds++] = k;
    sameAs[k] = kinds - 1;
  }
  const precisions = scratch.floats(kinds);
  const factors = scratch.floats(kinds);
  for (let i = 0; i < kinds; i++) {
    precisions[i] = 1 / deviations[firsts[i]!]!;
    factors[i] = 1 / massWithin(scale, means[firsts[i]!]!, precisions[i]!);
  }
  const placeOf = (value: number) => (domain.log === true ? Math.log(value) : value);
  const saidBy = (kind: number, left: number, right: number) => {
    const mean = means[firsts[kind]!]!;
    const precision = precisions[kind]!;
    return massBetween((left - mean) * precision, (right - mean) * precision) * factors[kind]!;
  };
  return {
    draw: (kernel, prng) => drawNumber(domain, means[kernel]!, deviations[kernel]!, prng),
    mixture(weights) {
      const byKind = scratch.floats(kinds).fill(0);
      for (let k = 0; k <= n; k++) byKind[sameAs[k]!]! += weights[k]!;
      return (value) => {
        const left = placeOf(value - 0.5);
        const right = placeOf(value + 0.5);
        let sum = 0;
        for (let kind = 0; kind < kinds; kind++) sum += byKind[kind]! * saidBy(kind, left, right);
        return sum;
      };
    },
    kernels: {
      kind: 'discrete',
      said(value) {
        const left = placeOf(value - 0.5);
        const right = placeOf(value + 0.5);
        const byKind = scratch.floats(kinds);
        for (let kind = 0; kind < kinds; kind++) byKind[kind] = saidBy(kind, left, right);
        const said = scratch.floats(n + 1);
        for (let k = 0; k <= n; k++) said[k] = byKind[sameAs[k]!]!;
        return said;
      },
    },
  };
}

function massBelow(z: number): number {
  return z < -FAR ? 0 : z > FAR ? 1 : normalCdf(z);
}

function massWithin(
  { low, high }: { readonly low: number; readonly high: number },
  mean: number,
  precision: number,
): number {
  return massBelow((high - mean) * precision) - massBelow((low - mean) * precision);
}

/**
 * Mass of a standard normal variable between a and b. A slim cell's is its width times the density at its middle, with the series of
 * Hermite polynomials of what that leaves out; a wider one's is a difference, in the lower tail, where it keeps its digits.
 */
function massBetween(a: number, b: number): number {
  if (b < -FAR || a > FAR) return 0;
  const width = b - a;
  if (width > SLIM) return a > 0 ? massBelow(-a) - massBelow(-b) : massBelow(b) - massBelow(a);
  const middle = 0.5 * (a + b);
  const square = middle * middle;
  const h = width * width;
  const second = (h / 24) * (square - 1);
  const fourth = ((h * h) / 1920) * (square * (square - 6) + 3);
  const sixth = ((h * h * h) / 322_560) * (square * (square * (square - 15) + 45) - 15);
  return (width / ROOT_2PI) * quickExp(-0.5 * square) * (1 + second + fourth + sixth);
}
