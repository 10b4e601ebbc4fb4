import { createPrng } from '../../random/prng.ts';
import type { TrainingSet } from '../model.ts';
import { type BinnedMatrix, binMatrix } from './bins.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { EnsembleBuilder } from './ensemble-builder.ts';
import { Grower, type GrowthLimits } from './grow.ts';
import { looseTrees } from './grown-tree.ts';
import type { Kernel } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';
import { fitLeaves } from './leaves.ts';
import { logisticSign, type Objective, squaredError } from './objective.ts';
import { quantize } from './quantize.ts';
import { createRowSampler, type RowSampling, samplingOf } from './row-sampler.ts';
import { drawToFront, shareOf } from './sampling.ts';
import { trainingLabels } from './training-set.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** One kind of gradient boosting, in units of the labels' standard deviation (squared error) or of log odds (logistic). */
export interface BoostingPlan {
  readonly rounds: number;
  readonly learningRate: number;
  readonly objective: 'squared_error' | 'logistic';
  readonly limits: GrowthLimits;
  readonly rowSampling: RowSampling;
  /** Share of the features each tree sees. */
  readonly featureFraction: number;
  readonly maxBins: number;
  /** Rounds without improvement on the left-out block after which training stops; 0: never. */
  readonly earlyStoppingRounds: number;
  /** Keep what an export needs. */
  readonly keepTraining: boolean;
}

/**
 * Gradient boosting on histograms (Friedman 2001; second order as in Chen & Guestrin 2016). Leaves are rounded to float32
 * before the next round sees them, so a stored model is the trained one. Throws `training-failed` for an empty training set.
 */
export function boost(data: TrainingSet, plan: BoostingPlan, kernel: Kernel = sharedKernel()): TreeEnsemble {
  const labels = trainingLabels(data);
  const binned = binMatrix(data.features, plan.maxBins);
  const objective = plan.objective === 'logistic' ? logisticSign(labels) : squaredError(labels);
  const prng = createPrng(data.seed);
  const grower = new Grower(kernel, binned, data.train, plan.limits);
  const builder = new EnsembleBuilder(binned.features);
  const rowSampling = samplingOf(plan.rowSampling, labels.length);
  const sampler = createRowSampler(rowSampling, labels.length, prng);
  const watches = plan.earlyStoppingRounds > 0 && data.leftOut.to > data.leftOut.from;
  const watch = watches ? new LeftOutWatch(data, binned, objective) : undefined;

  const { work, tree } = grower;
  const n = work.rowCount;
  const scores = new Float64Array(n).fill(objective.base);
  const gradients = new Float64Array(n);
  const hessians = new Float64Array(n).fill(1);
  const pool = work.usable.slice();
  const drawn = shareOf(pool.length, plan.featureFraction);
  const inBag = new Uint8Array(n);
  const value = new Float64Array(tree.capacity);
  const cover = new Float64Array(tree.capacity);
  const loose = looseTrees(tree, binned, value, cover);

  const { alpha, lambda } = plan.limits;
  const factor = -plan.learningRate * objective.leafScale;
  const leafValue = (gradient: number, hessian: number): number => {
    const shrunk = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - alpha);
    return (factor * shrunk) / (hessian + lambda);
  };

  for (let round = 0; round < plan.rounds; round++) {
    objective.derivatives(scores, labels, gradients, hessians);
    const constant = objective.constantHessian && rowSampling.kind === 'bagging';
    if (objective.constantHessian && !constant) hessians.fill(1);
    const count = sampler.draw(round, work.rows, gradients, hessians);
    const bag = work.rows.subarray(0, count);
    const quantized = quantize(bag, gradients, constant ? undefined : hessians, work.pairs);
    let features = pool;
    if (drawn < pool.length) {
      drawToFront(pool, 0, drawn, prng);
      features = pool.slice(0, drawn).sort();
    }
    grower.grow(count, features, quantized, prng);
    fitLeaves(grower, gradients, constant ? undefined : hessians, leafValue, value, cover);
    addToScores(grower, count, value, scores, inBag);
    builder.add(loose());
    if (watch?.stopAfter(tree, value, round, plan.earlyStoppingRounds)) break;
  }
  if (watch !== undefined) builder.truncate(watch.bestRounds);
  return builder.build({
    base: objective.base,
    link: objective.link,
    training: plan.keepTraining ? { learningRate: plan.learningRate, lambda } : undefined,
  });
}

function addToScores(
  grower: Grower,
  count: number,
  value: Float64Array,
  scores: Float64Array,
  inBag: Uint8Array,
): void {
  const { othersFrom, othersTo } = grower;
  const { rows, others, rowCount } = grower.work;
  const { feature, from, to } = grower.tree;
  if (count < rowCount) {
    inBag.fill(0);
    for (let i = 0; i < count; i++) inBag[rows[i]] = 1;
    let outside = 0;
    for (let row = 0; row < rowCount; row++) if (inBag[row] === 0) others[outside++] = row;
    grower.routeOthers(outside);
  }
  for (let node = 0; node < grower.tree.count; node++) {
    if (feature[node] >= 0) continue;
    for (let i = from[node]; i < to[node]; i++) scores[rows[i]] += value[node];
    if (count === rowCount) continue;
    for (let i = othersFrom[node]; i < othersTo[node]; i++) scores[others[i]] += value[node];
  }
}

/** Loss on the left-out block, round by round. */
class LeftOutWatch {
  /** Trees of the best model so far; 0: the base alone was best. */
  bestRounds = 0;
  private bestLoss: number;
  private readonly scores: Float64Array;
  private readonly labels: Float64Array;
  private readonly binned: BinnedMatrix;
  private readonly firstRow: number;
  private readonly objective: Objective;

  constructor({ leftOut, labels }: TrainingSet, binned: BinnedMatrix, objective: Objective) {
    this.labels = labels.subarray(leftOut.from, leftOut.to);
    this.scores = new Float64Array(this.labels.length).fill(objective.base);
    this.binned = binned;
    this.firstRow = leftOut.from;
    this.objective = objective;
    this.bestLoss = objective.loss(this.scores, this.labels);
  }

  /** Adds a round's tree; true once `patience` rounds brought nothing. */
  stopAfter(tree: TreeNodes, value: Float64Array, round: number, patience: number): boolean {
    const { scores, binned, firstRow } = this;
    for (let i = 0; i < scores.length; i++) {
      scores[i] += value[tree.leafOf(binned.bins, binned.rows, firstRow + i)];
    }
    const loss = this.objective.loss(scores, this.labels);
    if (loss < this.bestLoss) {
      this.bestLoss = loss;
      this.bestRounds = round + 1;
    }
    return round + 1 - this.bestRounds >= patience;
  }
}
