import { createPrng, type Prng } from '../../random/prng.ts';
import type { RowTrading } from '../model.ts';
import { type ExtraTree, findLeaves, TreeGrower } from './extra-trees.ts';

/** What an agent learns from: rows in order of time, and what positions came to on them. */
export interface Experience extends RowTrading {
  readonly count: number;
  /** One array per feature. */
  readonly columns: readonly Float64Array[];
  /** 1 where the row after it in these arrays is the bar after it: of others it is not known how they went on. */
  readonly goesOn: Uint8Array;
}

export interface AgentOptions {
  readonly trees: number;
  readonly minLeaf: number;
  /** Share of the features that a split is chosen among, above 0 and at most 1. */
  readonly featureShare: number;
  /** What a bar later is worth now, 0 to less than 1. */
  readonly discount: number;
  /** Standard errors that the forecast of a bar is taken to be worse than it looked; null: it is taken as it is. */
  readonly caution: number | null;
  readonly seed: number;
}

/** Positions, as far as an agent is concerned, and the place of each among three values. */
export const SHORT = 0;
export const FLAT = 1;
export const LONG = 2;
const POSITIONS = 3;

/** A tree with what its leaves say. */
export interface ValuedTree extends ExtraTree {
  /** W of short, flat and long, leaf by leaf, log return. */
  readonly values: Float64Array;
  /** Expected log return of the coming bar, by leaf. */
  readonly forecast: Float64Array;
}

export interface FittedAgent {
  readonly trees: readonly ValuedTree[];
  /** By feature, its share in what the trees tell apart and in their splits; all 0 where there is nothing to tell. */
  readonly gain: Float64Array;
  readonly splits: Float64Array;
  /** By how much forecasts were scaled: 0 where they were not better than nothing on rows that trees had not seen. */
  readonly trust: number;
}

/** Forests are grown so often; then their leaves alone go on. */
const ROUNDS = 3;
/** Rows are left out of trees by blocks of time: about so many. */
const BLOCKS = 20;
/** Share of the blocks that a tree learns from. */
const BAG = 2 / 3;
/** Values that move less in a step are there, log return: a thousandth of a pip. */
const SETTLED = 1e-8;
const MOST_STEPS = 5000;

/**
 * Fitted Q iteration with extremely randomized trees (Ernst, Geurts, Wehenkel, Tree-Based Batch Mode Reinforcement Learning, JMLR 6, 2005).
 * Prices do not react to us, so an action changes the position alone, and one forest with three outputs serves:
 * W(x, a) = E[a r + g max_b (W(x', b) - c |b - a|)], and Q(x, p, a) = W(x, a) - c |a - p|.
 *
 * Each tree learns from two thirds of some twenty blocks of time. What the others say of a row that they have not seen (Breiman, Out-of-bag
 * estimation, 1996) values the state that an action leads to, and tells how far forecasts can be trusted: r is regressed on them, without
 * an intercept, and they are scaled by the slope less `caution` of its standard errors (White 1980), 0 at least: the lower end of what the
 * rows allow, since an agent that maximizes over estimates seeks out their errors (pessimism: Jin, Yang, Wang, ICML 2021).
 *
 * Deterministic. Takes O(trees x rows x steps); forests are grown three times.
 */
export function fitAgent(experience: Experience, options: AgentOptions): FittedAgent {
  const { count, columns, long, short } = experience;
  const prng = createPrng(options.seed);
  const direction = new Float64Array(count);
  const holding = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // What depends on the way, and what holding costs either way.
    direction[i] = (long[i] - short[i]) / 2;
    holding[i] = (long[i] + short[i]) / 2;
  }
  const rewards: Rewards = { direction, holding };
  const outputs: Outputs = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  writeTargets(outputs, rewards, undefined, experience, options.discount);
  const features = Math.max(1, Math.round(options.featureShare * columns.length));
  const grower = () => new TreeGrower({ count, columns, outputs }, { minLeaf: options.minLeaf, features });
  let growing = grower();
  let forest = growForest(growing, experience, options.trees, prng);
  for (let round = 1; round < ROUNDS && options.discount > 0; round++) {
    const values = unseen(forest, leafMeans(forest, outputs), POSITIONS);
    writeTargets(outputs, rewards, values, experience, options.discount);
    growing = grower();
    forest = growForest(growing, experience, options.trees, prng);
  }
  const forecasts = leafMeans(forest, [direction]);
  const trust = trustIn(unseen(forest, forecasts, 1), direction, options.caution);
  const forecast = forecasts.map((value) => trust * value);
  const values = settle(
    forest,
    experience,
    { forecast, holding: leafMeans(forest, [holding]) },
    options.discount,
  );
  return {
    trees: forest.trees.map((tree, t) => ({
      ...tree,
      values: values.slice(POSITIONS * forest.first[t], POSITIONS * forest.first[t + 1]),
      forecast: forecast.slice(forest.first[t], forest.first[t + 1]),
    })),
    gain: shares(growing.gain),
    splits: shares(growing.splits),
    trust,
  };
}

type Outputs = readonly [Float64Array, Float64Array, Float64Array];

interface Rewards {
  readonly direction: Float64Array;
  readonly holding: Float64Array;
}

/** Trees of one round, and which leaf each row falls into. */
interface Forest {
  readonly trees: readonly ExtraTree[];
  readonly rows: number;
  /** Number of each tree's first leaf among all leaves, and after the last their number. */
  readonly first: Int32Array;
  /** By tree and row, the leaf's number among all; of rows that the tree learned from, less than 0: -1 - it. */
  readonly leaf: Int32Array;
  /** By row, one over the trees that have not seen it; 0 where all have. */
  readonly perUnseen: Float64Array;
}

function growForest(
  grower: TreeGrower,
  { count, columns, goesOn }: Experience,
  trees: number,
  prng: Prng,
): Forest {
  const blocks = Math.min(BLOCKS, count);
  const bag = Math.max(1, Math.round(BAG * blocks));
  const start = (block: number) => Math.floor((block * count) / blocks);
  const names = Int32Array.from({ length: blocks }, (_, b) => b);
  const leaf = new Int32Array(trees * count);
  const seenBy = new Int32Array(count);
  const first = new Int32Array(trees + 1);
  const grown = Array.from({ length: trees }, (_, t) => {
    for (let k = 0; k < bag; k++) {
      const drawn = k + prng.int(blocks - k);
      const name = names[drawn];
      names[drawn] = names[k];
      names[k] = name;
    }
    const chosen = names.slice(0, bag).sort();
    const drawnRows = new Int32Array(count);
    let size = 0;
    for (const block of chosen) {
      for (let i = start(block); i < start(block + 1); i++) if (goesOn[i] === 1) drawnRows[size++] = i;
    }
    const own = drawnRows.subarray(0, size);
    const tree = grower.grow(own, prng);
    findLeaves(tree, columns, 0, count, leaf, t * count);
    for (let i = t * count; i < (t + 1) * count; i++) leaf[i] += first[t];
    for (const i of own) {
      leaf[t * count + i] = -1 - leaf[t * count + i];
      seenBy[i]++;
    }
    first[t + 1] = first[t] + tree.leaves;
    return tree;
  });
  return {
    trees: grown,
    rows: count,
    first,
    leaf,
    perUnseen: Float64Array.from(seenBy, (seen) => (seen < trees ? 1 / (trees - seen) : 0)),
  };
}

/** Of each leaf the means of arrays over the rows that its tree learned from, one after the other. */
function leafMeans({ trees, rows, first, leaf }: Forest, of: readonly Float64Array[]): Float64Array {
  const width = of.length;
  const leaves = first[trees.length];
  const sums = new Float64Array(width * leaves);
  const counts = new Float64Array(leaves);
  for (let t = 0; t < trees.length; t++) {
    for (let i = 0; i < rows; i++) {
      const own = -1 - leaf[t * rows + i];
      if (own < 0) continue;
      counts[own]++;
      for (let k = 0; k < width; k++) sums[width * own + k] += of[k][i];
    }
  }
  for (let own = 0; own < leaves; own++) {
    for (let k = 0; k < width; k++) sums[width * own + k] /= counts[own];
  }
  return sums;
}

/** What the trees that have not seen a row say of it together, `width` values a row; 0 where all have. */
function unseen({ trees, rows, leaf, perUnseen }: Forest, values: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width * rows);
  writeUnseen({ trees, rows, leaf, perUnseen }, values, width, out);
  return out;
}

function writeUnseen(
  { trees, rows, leaf, perUnseen }: Pick<Forest, 'trees' | 'rows' | 'leaf' | 'perUnseen'>,
  values: Float64Array,
  width: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let t = 0; t < trees.length; t++) {
    for (let i = 0; i < rows; i++) {
      const own = leaf[t * rows + i];
      if (own < 0) continue;
      for (let k = 0; k < width; k++) out[width * i + k] += values[width * own + k];
    }
  }
  for (let i = 0; i < rows; i++) for (let k = 0; k < width; k++) out[width * i + k] *= perUnseen[i];
}

/** max_b (W(x, b) - c |b - a|) of the row's values. */
function bestFrom(values: Float64Array, at: number, a: number, cost: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let b = 0; b < POSITIONS; b++) {
    const value = values[at + b] - cost * Math.abs(b - a);
    if (value > best) best = value;
  }
  return best;
}

/** out[a] = a r + g max_b (W(x', b) - c' |b - a|), of every row; without W the reward alone. */
function writeTargets(
  out: Outputs,
  { direction, holding }: Rewards,
  values: Float64Array | undefined,
  { count, costPerSide, goesOn }: Experience,
  discount: number,
): void {
  for (let a = 0; a < POSITIONS; a++) {
    const way = a - FLAT;
    for (let i = 0; i < count; i++) {
      const goes = values !== undefined && goesOn[i] === 1;
      out[a][i] =
        way * direction[i] +
        Math.abs(way) * holding[i] +
        (goes ? discount * bestFrom(values, POSITIONS * (i + 1), a, costPerSide[i + 1]) : 0);
    }
  }
}

/** Slope of rewards on forecasts of rows that trees had not seen, less so many of its standard errors (White 1980), 0 at least. */
export function trustIn(forecast: Float64Array, came: Float64Array, caution: number | null): number {
  if (caution === null) return 1;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < came.length; i++) {
    squares += forecast[i] * forecast[i];
    products += forecast[i] * came[i];
  }
  if (squares === 0) return 0;
  const slope = products / squares;
  let errors = 0;
  for (let i = 0; i < came.length; i++) errors += (forecast[i] * (came[i] - slope * forecast[i])) ** 2;
  return Math.max(0, slope - (caution * Math.sqrt(errors)) / squares);
}

/**
 * The trees stay, and what their leaves say is iterated until it stays, too: averages of rewards and of what follows them, so that each step
 * moves by less than g times the one before.
 */
function settle(
  forest: Forest,
  { count, costPerSide }: Experience,
  { forecast, holding }: { readonly forecast: Float64Array; readonly holding: Float64Array },
  discount: number,
): Float64Array {
  const { trees, rows, leaf } = forest;
  const leaves = forecast.length;
  const counts = new Float64Array(leaves);
  for (let k = 0; k < trees.length * rows; k++) if (leaf[k] < 0) counts[-1 - leaf[k]]++;
  const values = new Float64Array(POSITIONS * leaves);
  const reward = new Float64Array(POSITIONS * leaves);
  for (let own = 0; own < leaves; own++) {
    reward[POSITIONS * own + SHORT] = holding[own] - forecast[own];
    reward[POSITIONS * own + LONG] = holding[own] + forecast[own];
  }
  values.set(reward);
  if (discount === 0) return values;
  const states = new Float64Array(POSITIONS * count);
  const after = new Float64Array(POSITIONS * count);
  const sums = new Float64Array(POSITIONS * leaves);
  for (let step = 0; step < MOST_STEPS; step++) {
    writeUnseen(forest, values, POSITIONS, states);
    for (let i = 0; i + 1 < count; i++) {
      for (let a = 0; a < POSITIONS; a++) {
        after[POSITIONS * i + a] = bestFrom(states, POSITIONS * (i + 1), a, costPerSide[i + 1]);
      }
    }
    sums.fill(0);
    for (let t = 0; t < trees.length; t++) {
      for (let i = 0; i < rows; i++) {
        const own = -1 - leaf[t * rows + i];
        if (own < 0) continue;
        sums[POSITIONS * own] += after[POSITIONS * i];
        sums[POSITIONS * own + 1] += after[POSITIONS * i + 1];
        sums[POSITIONS * own + 2] += after[POSITIONS * i + 2];
      }
    }
    let moved = 0;
    for (let own = 0; own < leaves; own++) {
      for (let k = POSITIONS * own; k < POSITIONS * (own + 1); k++) {
        const value = reward[k] + (discount * sums[k]) / counts[own];
        moved = Math.max(moved, Math.abs(value - values[k]));
        values[k] = value;
      }
    }
    if (moved < SETTLED) break;
  }
  return values;
}

function shares(of: Float64Array): Float64Array {
  const total = of.reduce((sum, value) => sum + value, 0);
  return total > 0 ? of.map((value) => value / total) : of;
}
