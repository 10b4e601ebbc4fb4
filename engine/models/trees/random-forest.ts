import { z } from 'zod';
import { createPrng } from '../../random/prng.ts';
import { trainingClasses } from '../class-labels.ts';
import type { TrainingSet } from '../model.ts';
import { binMatrix } from './bins.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { EnsembleBuilder } from './ensemble-builder.ts';
import { shareOfTrees } from './further-rounds.ts';
import { Grower, NO_GAIN } from './grow.ts';
import { looseTrees } from './grown-tree.ts';
import { treesOf } from './kept-trees.ts';
import type { Kernel } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';
import { fitLeaves } from './leaves.ts';
import { count, depth, estimators, share } from './parameters.ts';
import { quantize } from './quantize.ts';
import { drawWithReplacement, shareOf } from './sampling.ts';
import { labelScale, mean, trainingLabels } from './training-set.ts';
import { treeModel } from './tree-model.ts';

/** Names and meaning as in scikit-learn's RandomForestRegressor, with defaults that suit noisy returns. */
export const randomForestParameters = z.strictObject({
  n_estimators: estimators,
  max_depth: depth(10, 32),
  max_features: share(1 / 3, 'Share of the features drawn for each split.'),
  min_samples_leaf: count(
    5,
    100_000,
    'Fewest rows in a leaf, by the draws of so many rows in a bootstrap: 1.58 each, 1 of a single row.',
  ),
});

type RandomForestParameters = z.infer<typeof randomForestParameters>;

/** Random forest (Breiman 2001): each tree on its own bootstrap, each split on its own draw of features. */
export const randomForest = treeModel({
  name: 'random_forest',
  title: 'Random forest',
  description:
    'Mean of deep trees grown on resampled rows; robust, with an honest error estimate of its own.',
  hyperparameters: randomForestParameters,
  fit: (data, p) => fitForest(data, p),
  updating: {
    update: (before, data, p, share) =>
      renewForest(data, p, { before, trees: shareOfTrees(p.n_estimators, share) }),
    trees({ n_estimators }, share) {
      const renewed = shareOfTrees(n_estimators, share);
      return { added: renewed, dropped: renewed };
    },
  },
});

/**
 * A forest of either task. On labels of 0 and 1 the variance of a node is p (1 - p), half of its Gini impurity, and a leaf's mean its
 * share of class 1: the regression grows the classifier's trees, and their mean is the probability (scikit-learn's predict_proba).
 * Weights of classes multiply the draws. Throws `training-failed` for an empty training set or a single class.
 */
export function fitForest(
  data: TrainingSet,
  p: RandomForestParameters,
  kernel: Kernel = sharedKernel(),
): TreeEnsemble {
  return growForest(data, p, kernel, undefined);
}

/** Puts so many trees of other rows in the place of a forest's oldest: trees don't know each other, so that each is of one window. */
export function renewForest(
  data: TrainingSet,
  p: RandomForestParameters,
  renewal: ForestRenewal,
  kernel: Kernel = sharedKernel(),
): TreeEnsemble {
  return growForest(data, p, kernel, renewal);
}

export interface ForestRenewal {
  readonly before: TreeEnsemble;
  readonly trees: number;
}

function growForest(
  data: TrainingSet,
  p: RandomForestParameters,
  kernel: Kernel,
  renewal: ForestRenewal | undefined,
): TreeEnsemble {
  const labels = trainingLabels(data);
  const n = labels.length;
  const binned = binMatrix(data.features, 256, kernel);
  const prng = createPrng(data.seed);
  const isClasses = data.task === 'classes';
  const weights = isClasses ? trainingClasses(labels, data.classWeight).weights : undefined;
  const isWeighted = weights !== undefined && weights[0] !== weights[1];
  const base = renewal?.before.parts.base ?? mean(labels);
  const scale = labelScale(labels, base);
  const featuresPerSplit = shareOf(binned.features, p.max_features);
  const grower = new Grower(kernel, binned, data.train, {
    maxDepth: p.max_depth,
    maxLeaves: Number.POSITIVE_INFINITY,
    minHessian: leastDraws(p.min_samples_leaf) * (isWeighted ? Math.min(...weights) : 1),
    minGain: NO_GAIN,
    lambda: 0,
    alpha: 0,
    featuresPerSplit,
    // The features of a split stand in a drawn order already.
    drawsTies: false,
  });
  const { work, tree } = grower;
  const builder = new EnsembleBuilder(binned.features, binned.cuts);

  const { values } = work;
  values.labels.set(labels);
  /** How often each row was drawn, times the weight of its class. */
  const draws = values.hessians;
  const cover = new Float64Array(tree.capacity);
  const loose = looseTrees(tree, binned, cover);
  const outOfBagSum = values.scores.fill(0);
  const outOfBagTrees = new Uint32Array(n);
  /** A tree adds its share of the mean over trees: (weighted mean of the leaf's labels - base) / number of trees. */
  const leafValue = (gradient: number, weight: number): number =>
    (-scale * gradient) / (weight * p.n_estimators);
  const trees = renewal?.trees ?? p.n_estimators;
  const pool = work.usable.slice();
  if (renewal !== undefined) for (const tree of treesOf(renewal.before.parts, trees)) builder.add(tree);
  for (let round = 0; round < trees; round++) {
    drawWithReplacement(draws, prng);
    if (isWeighted) for (let row = 0; row < n; row++) draws[row] *= weights[labels[row]];
    const inBag = values.bootstrap(draws, base, scale);
    for (let i = 0; i < n - inBag; i++) outOfBagTrees[work.others[i]]++;
    const quantized = quantize(values, inBag, 'hessians');
    pool.set(work.usable);
    grower.grow(inBag, pool, quantized, prng);
    fitLeaves(work, true, leafValue, cover);
    work.routeOthers(n - inBag);
    values.addLeavesToOthers(tree);
    builder.add(loose());
  }

  const link = { kind: isClasses ? 'share' : 'identity' } as const;
  if (renewal !== undefined) {
    // Rows that older trees left out are not known any more.
    const kept = 1 - trees / p.n_estimators;
    return builder.build({ base, link, gainBefore: renewal.before.parts.gain.map((gain) => gain * kept) });
  }
  const outOfBagRmse = outOfBagError(labels, base, outOfBagSum, outOfBagTrees, p.n_estimators);
  return builder.build({ base, link, outOfBagRmse });
}

/**
 * Fewest draws in a leaf of so many rows. scikit-learn counts rows, however often a bootstrap drew them, and those that it drew
 * it drew 1 / (1 - 1/e) times on average (sampling with replacement: a row is left out with probability 1/e). Leaves of as many
 * draws instead of rows are smaller by a third: on 400 rows of noisy returns that cost 1.6 % of error.
 */
export function leastDraws(rows: number): number {
  return rows === 1 ? 1 : Math.round(rows / (1 - Math.exp(-1)));
}

/** Root mean squared error over rows that at least one tree did not see, each predicted by those trees alone. */
function outOfBagError(
  labels: Float64Array,
  base: number,
  sums: Float64Array,
  trees: Uint32Array,
  treeCount: number,
): number | undefined {
  let squares = 0;
  let rows = 0;
  for (let i = 0; i < labels.length; i++) {
    if (trees[i] === 0) continue;
    squares += (base + (sums[i] * treeCount) / trees[i] - labels[i]) ** 2;
    rows++;
  }
  return rows > 0 ? Math.sqrt(squares / rows) : undefined;
}
