import { createPrng, type Prng } from '../random/prng.ts';
import { type KnownTrial, splitTrials } from './history.ts';
import { createMarginal, kernelWeights } from './parzen.ts';
import {
  type Choice,
  fromScale,
  isActive,
  type Parameter,
  type Parameters,
  type SearchSpace,
  scaleOf,
} from './space.ts';

/** Draws the next trial of a study; the same trials, space and random numbers give the same values. */
export type Sampler = (space: SearchSpace, trials: readonly KnownTrial[], prng: Prng) => Parameters;

/** Random numbers of one trial: those of no other study or trial, whatever was drawn before. */
export function trialPrng(seed: number, trial: number): Prng {
  return createPrng((seed >>> 0) + 0x1_0000_0000 * (trial + 1));
}

export const randomSampler: Sampler = (space, _trials, prng) =>
  drawEach(space, (parameter) => randomValue(parameter, prng));

function drawEach(space: SearchSpace, draw: (parameter: Parameter) => Choice): Parameters {
  const values: Record<string, Choice> = {};
  for (const parameter of space) {
    if (isActive(parameter, values)) values[parameter.name] = draw(parameter);
  }
  return values;
}

function randomValue({ domain }: Parameter, prng: Prng): Choice {
  if (domain.type === 'categorical') return domain.choices[prng.int(domain.choices.length)]!;
  const { low, high } = scaleOf(domain);
  return fromScale(domain, low + prng.float() * (high - low));
}

export interface TpeOptions {
  /** Parameters that every trial has are drawn together. */
  readonly multivariate?: boolean;
}

const STARTUP_TRIALS = 10;
const CANDIDATES = 24;

/** How many of n trials count as good. */
export const goodTrials = (n: number): number => Math.min(Math.ceil(0.1 * n), 25);

/**
 * Tree-structured Parzen estimator: of 24 candidates drawn from the density of good trials the one that is least like the others.
 * Source: Bergstra, Bardenet, Bengio, Kegl 2011; constants of Optuna.
 */
export function tpeSampler({ multivariate = false }: TpeOptions = {}): Sampler {
  return (space, trials, prng) => {
    const known = trials.reduce(
      (n, { state }) => n + (state === 'completed' || state === 'pruned' ? 1 : 0),
      0,
    );
    if (known < STARTUP_TRIALS) return randomSampler(space, trials, prng);
    const split = splitTrials(trials, goodTrials(known));
    const below = split.below.map(({ parameters }) => rowOf(space, parameters));
    const above = split.above.map(({ parameters }) => rowOf(space, parameters));
    const all = space.map((_, j) => j);
    const together = multivariate ? all.filter((j) => space[j]!.when === undefined) : [];
    const joint = together.length > 0 ? bestCandidate(space, together, below, above, prng) : [];
    return drawEach(space, (parameter) => {
      const j = space.indexOf(parameter);
      const at = together.indexOf(j);
      const place = at >= 0 ? joint[at]! : bestCandidate(space, [j], below, above, prng)[0]!;
      const { domain } = parameter;
      return domain.type === 'categorical' ? domain.choices[place]! : place;
    });
  };
}

/** Values of a trial in the order of the space: numbers, or positions of a choice; NaN where it has none. */
type Row = Float64Array;

/** Rows of trials, which are asked for again and again. */
const rows = new WeakMap<Parameters, { readonly space: SearchSpace; readonly row: Row }>();

function rowOf(space: SearchSpace, values: Parameters): Row {
  const known = rows.get(values);
  if (known?.space === space) return known.row;
  const row = Float64Array.from(space, ({ name, domain }) => {
    const value = values[name];
    if (value === undefined) return Number.NaN;
    return domain.type === 'categorical' ? domain.choices.indexOf(value) : (value as number);
  });
  rows.set(values, { space, row });
  return row;
}

/** Values of these parameters, as `Row` has them. */
function bestCandidate(
  space: SearchSpace,
  columns: readonly number[],
  below: readonly Row[],
  above: readonly Row[],
  prng: Prng,
): number[] {
  const good = estimatorOf(space, columns, below);
  const other = estimatorOf(space, columns, above);
  /** By value, of a single parameter: choices and whole numbers come up again. */
  const tried = new Set<number>();
  let best: number[] | undefined;
  let bestRatio = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < CANDIDATES; i++) {
    const candidate = good.draw(prng);
    if (columns.length === 1) {
      if (tried.has(candidate[0]!)) continue;
      tried.add(candidate[0]!);
    }
    const ratio = good.density(candidate) / other.density(candidate);
    if (best !== undefined && !(ratio > bestRatio)) continue;
    best = candidate;
    bestRatio = ratio;
  }
  return best!;
}

interface Estimator {
  draw(prng: Prng): number[];
  density(values: readonly number[]): number;
}

/** Over the trials that have all of the parameters. */
function estimatorOf(space: SearchSpace, columns: readonly number[], trials: readonly Row[]): Estimator {
  const having = trials.filter((row) => columns.every((j) => !Number.isNaN(row[j])));
  const n = having.length;
  const weights = kernelWeights(n);
  const marginals = columns.map((j) => {
    const observed = new Float64Array(n);
    for (let i = 0; i < n; i++) observed[i] = having[i]![j]!;
    return createMarginal(space[j]!.domain, observed);
  });
  const draw = (prng: Prng) => {
    const kernel = kernelAt(weights, prng.float());
    return marginals.map((marginal) => marginal.draw(kernel, prng));
  };
  const [alone, ...others] = marginals;
  if (alone !== undefined && others.length === 0) {
    const mixture = alone.mixture(weights);
    return { draw, density: ([value]) => mixture(value!) };
  }
  const density = new Float64Array(n + 1);
  return {
    draw,
    density(values) {
      density.set(weights);
      for (let i = 0; i < values.length; i++) marginals[i]!.multiply(values[i]!, density);
      let sum = 0;
      for (let k = 0; k <= n; k++) sum += density[k]!;
      return sum;
    },
  };
}

function kernelAt(weights: Float64Array, u: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length - 1; k++) {
    sum += weights[k]!;
    if (u < sum) return k;
  }
  return weights.length - 1;
}
