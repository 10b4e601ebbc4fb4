import type { FeatureMatrix } from '../features/matrix.ts';
import { fitForest } from '../models/trees/random-forest.ts';
import { createPrng, type Prng } from '../random/prng.ts';
import { onScale, type Parameters, type SearchSpace } from './space.ts';

/** A trial that was tried to its end. */
export interface ValuedTrial {
  readonly parameters: Parameters;
  readonly loss: number;
}

/** Fewer trials say nothing about what matters. */
export const LEAST_TRIALS_FOR_IMPORTANCE = 16;

const PARTS = 4;
const SHUFFLES = 8;
const FOREST = { n_estimators: 64, max_depth: 32, max_features: 1, min_samples_leaf: 1 };

/**
 * Share of each parameter in what tells trials apart, in the order of the space; the shares sum to 1, or are all 0 where a forest learns
 * nothing. Permutation importance (Breiman 2001) on left-out trials: a forest is grown on three quarters of them, and what shuffling a
 * parameter adds to its squared error on the last quarter is averaged over the four quarters, and is 0 where it takes away. Losses count by
 * their rank, so that one disaster is not all there is. Undefined below 16 trials.
 */
export function parameterImportance(
  space: SearchSpace,
  trials: readonly ValuedTrial[],
  seed: number,
): Float64Array | undefined {
  const n = trials.length;
  if (n < LEAST_TRIALS_FOR_IMPORTANCE) return undefined;
  const prng = createPrng(seed);
  const order = shuffled(n, prng);
  const ranks = rankOf(trials);
  const columns = space.map(({ name, domain }) =>
    Float64Array.from(order, (i) => {
      const value = trials[i]!.parameters[name];
      // A parameter that a trial does not have is at the lower end, beyond all values.
      return value === undefined ? Number.MIN_SAFE_INTEGER : onScale(domain, value);
    }),
  );
  const labels = Float64Array.from(order, (i) => ranks[i]! / n);
  const added = new Float64Array(space.length);
  for (let part = 0; part < PARTS; part++) {
    const from = Math.floor((part * n) / PARTS);
    const to = Math.floor(((part + 1) * n) / PARTS);
    const train = [
      { from: 0, to: from },
      { from: to, to: n },
    ].filter((range) => range.to > range.from);
    const features: FeatureMatrix = {
      names: space.map(({ name }) => name),
      columns,
      rows: n,
      firstValid: 0,
      fitEnd: n,
    };
    const leftOut = { from, to };
    const forest = fitForest({ features, labels, train, leftOut, seed: prng.uint32() }, FOREST);
    const tested = columns.map((column) => column.slice(from, to));
    const predicted = new Float64Array(to - from);
    const error = (): number => {
      forest.predict(tested, 0, to - from, predicted);
      let sum = 0;
      for (let i = 0; i < predicted.length; i++) sum += (predicted[i]! - labels[from + i]!) ** 2;
      return sum / predicted.length;
    };
    const whole = error();
    for (let j = 0; j < columns.length; j++) {
      const own = tested[j]!;
      for (let s = 0; s < SHUFFLES; s++) {
        const places = shuffled(own.length, prng);
        tested[j] = Float64Array.from(places, (i) => own[i]!);
        added[j]! += (error() - whole) / (PARTS * SHUFFLES);
      }
      tested[j] = own;
    }
  }
  const positive = added.map((value) => Math.max(0, value));
  const sum = positive.reduce((total, value) => total + value, 0);
  return sum > 0 ? positive.map((value) => value / sum) : positive;
}

/** Fisher and Yates. */
function shuffled(n: number, prng: Prng): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = prng.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function rankOf(trials: readonly ValuedTrial[]): number[] {
  const sorted = trials.map((_, i) => i).sort((a, b) => trials[a]!.loss - trials[b]!.loss || a - b);
  const ranks = new Array<number>(trials.length);
  sorted.forEach((trial, rank) => {
    ranks[trial] = rank;
  });
  return ranks;
}
