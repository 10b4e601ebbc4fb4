import { createPrng, type Prng } from '../random/prng.ts';
import { type Column, type Columns, createColumns } from './columns.ts';
import { type KnownTrial, SIDE, type Side, splitTrials } from './history.ts';
import { jointDensity } from './joint.ts';
import { createMarginal } from './marginal.ts';
import { kernelWeights, type Observations } from './parzen.ts';
import { createScratch, type ReusedScratch, type Scratch } from './scratch.ts';
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
 * Source: Bergstra, Bardenet, Bengio, Kegl 2011; constants of Optuna. What it keeps of one call for the next saves time, and changes nothing.
 */
export function tpeSampler({ multivariate = false }: TpeOptions = {}): Sampler {
  const columnsOf = createColumns();
  const scratch = createScratch();
  return (space, trials, prng) => {
    let known = 0;
    for (const { state } of trials) if (state === 'completed' || state === 'pruned') known++;
    if (known < STARTUP_TRIALS) return randomSampler(space, trials, prng);
    const columns = columnsOf(space, trials);
    const sides = splitTrials(trials, goodTrials(known));
    const history = { space, columns, members: createMembers(columns, sides), scratch };
    const together: number[] = [];
    if (multivariate) {
      for (const [j, { when }] of space.entries()) if (when === undefined) together.push(j);
    }
    const joint = together.length > 0 ? bestCandidate(history, together, prng) : [];
    return drawEach(space, (parameter) => {
      const j = space.indexOf(parameter);
      const at = together.indexOf(j);
      const place = at >= 0 ? joint[at]! : bestCandidate(history, [j], prng)[0]!;
      const { domain } = parameter;
      return domain.type === 'categorical' ? domain.choices[place]! : place;
    });
  };
}

interface History {
  readonly space: SearchSpace;
  readonly columns: Columns;
  readonly members: (side: Side, parameters: readonly number[]) => Members;
  readonly scratch: ReusedScratch;
}

/** Trials of a side that have some parameters. */
interface Members {
  readonly count: number;
  /** Of each trial among them, oldest first; -1: it is none of them. */
  readonly ranks: Int32Array;
  readonly weights: Float64Array;
}

/** Those of parameters that every trial has are the same, and found once. */
function createMembers(columns: Columns, sides: Uint8Array): History['members'] {
  const whole: (Members | undefined)[] = [];
  return (side, parameters) => {
    const partial = parameters.filter((j) => columns[j]!.ascending.length < sides.length);
    const known = partial.length === 0 ? whole[side] : undefined;
    if (known !== undefined) return known;
    const ranks = new Int32Array(sides.length);
    let count = 0;
    for (let i = 0; i < sides.length; i++) ranks[i] = sides[i] === side ? 0 : -1;
    for (const j of partial) {
      const { places } = columns[j]!;
      for (let i = 0; i < sides.length; i++) if (Number.isNaN(places[i])) ranks[i] = -1;
    }
    for (let i = 0; i < sides.length; i++) if (ranks[i] === 0) ranks[i] = count++;
    const members = { count, ranks, weights: kernelWeights(count) };
    if (partial.length === 0) whole[side] = members;
    return members;
  };
}

/** Values of these parameters: numbers, or positions of a choice. */
function bestCandidate(history: History, parameters: readonly number[], prng: Prng): number[] {
  history.scratch.reset();
  const good = estimatorOf(history, SIDE.below, parameters);
  const other = estimatorOf(history, SIDE.above, parameters);
  /** By value, of a single parameter: choices and whole numbers come up again. */
  const tried = new Set<number>();
  let best: number[] | undefined;
  let bestRatio = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < CANDIDATES; i++) {
    const candidate = good.draw(prng);
    if (parameters.length === 1) {
      if (tried.has(candidate[0]!)) continue;
      tried.add(candidate[0]!);
    }
    const density = good.density(candidate);
    // What is at least that in the others can't be better; with room for rounding.
    const enough = bestRatio > 0 ? (density / bestRatio) * (1 + 1e-9) : undefined;
    const ratio = density / other.density(candidate, enough);
    if (best !== undefined && !(ratio > bestRatio)) continue;
    best = candidate;
    bestRatio = ratio;
  }
  return best!;
}

interface Estimator {
  draw(prng: Prng): number[];
  /** Infinite as soon as it is at least `enough`. */
  density(values: readonly number[], enough?: number): number;
}

/** Over the trials of a side that have all of the parameters. */
function estimatorOf(history: History, side: Side, parameters: readonly number[]): Estimator {
  const { space, columns, scratch } = history;
  const members = history.members(side, parameters);
  const { weights } = members;
  const marginals = parameters.map((j) =>
    createMarginal(space[j]!.domain, observationsOf(columns[j]!, members, scratch), scratch),
  );
  const draw = (prng: Prng) => {
    const kernel = kernelAt(weights, prng.float());
    return marginals.map((marginal) => marginal.draw(kernel, prng));
  };
  const [alone, ...others] = marginals;
  if (alone !== undefined && others.length === 0) {
    const mixture = alone.mixture(weights);
    return { draw, density: ([value], enough) => mixture(value!, enough) };
  }
  return { draw, density: jointDensity(marginals, weights, scratch) };
}

function observationsOf(column: Column, { ranks, count }: Members, scratch: Scratch): Observations {
  const places = scratch.floats(count);
  const ascending = scratch.words(count);
  let at = 0;
  for (let i = 0; i < column.ascending.length; i++) {
    const trial = column.ascending[i]!;
    const rank = ranks[trial]!;
    if (rank < 0) continue;
    places[rank] = column.places[trial]!;
    ascending[at++] = rank;
  }
  return { places, ascending };
}

function kernelAt(weights: Float64Array, u: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length - 1; k++) {
    sum += weights[k]!;
    if (u < sum) return k;
  }
  return weights.length - 1;
}
