import { createPrng } from '../../random/prng.ts';
import { trainingClasses } from '../class-labels.ts';
import type { TrainingSet } from '../model.ts';
import { type BinnedMatrix, binMatrix } from './bins.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { EnsembleBuilder, type LooseTree } from './ensemble-builder.ts';
import { Grower } from './grow.ts';
import { looseTrees } from './grown-tree.ts';
import type { GrowthLimits } from './growth.ts';
import { treesOf } from './kept-trees.ts';
import type { Kernel } from './kernel/kernel.ts';
import { sharedKernel } from './kernel/shared.ts';
import { fitLeaves } from './leaves.ts';
import { logisticClasses, logisticSign, type Objective, squaredError } from './objective.ts';
import { quantize } from './quantize.ts';
import { createRowSampler, type RowSampling, samplingOf } from './row-sampler.ts';
import { drawToFront, shareOf } from './sampling.ts';
import { trainingLabels } from './training-set.ts';
import type { TreeNodes } from './tree-nodes.ts';
import type { Workspace } from './workspace.ts';

/** One kind of gradient boosting, in units of the labels' standard deviation (squared error) or of log odds (the others). */
export interface BoostingPlan {
  readonly rounds: number;
  readonly learningRate: number;
  /** `logistic` learns the sign of a return, `classes` the classes of a set that is made of them. */
  readonly objective: 'squared_error' | 'logistic' | 'classes';
  readonly limits: GrowthLimits;
  /** `rows`: splits are sought as for squared error, and only the leaves are of second order. Absent: hessians. */
  readonly splitsOn?: 'hessians' | 'rows';
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
  return boostOn(data, plan, kernel, undefined);
}

/**
 * Goes on with a fitted model on other rows: its trees stay, at `weight` of their leaves, and so many rounds more learn what is left, on
 * bins of the rows at hand. It is not stopped early, since there is no telling from rounds that start where others ended.
 */
export function boostFurther(
  data: TrainingSet,
  plan: BoostingPlan,
  further: FurtherRounds,
  kernel: Kernel = sharedKernel(),
): TreeEnsemble {
  return boostOn(data, plan, kernel, further);
}

export interface FurtherRounds {
  readonly before: TreeEnsemble;
  readonly rounds: number;
  /** Of the leaves that there are, 0..1. */
  readonly weight: number;
}

function boostOn(
  data: TrainingSet,
  plan: BoostingPlan,
  kernel: Kernel,
  further: FurtherRounds | undefined,
): TreeEnsemble {
  const labels = trainingLabels(data);
  const binned = binMatrix(data.features, plan.maxBins, kernel);
  const { objective, rowWeights, leastWeight } = lossOf(plan, labels, data);
  const prng = createPrng(data.seed);
  // Before the grower is there: they take room in the same memory.
  const kept = further && keptTrees(further, data, labels.length);
  const grower = new Grower(kernel, binned, data.train, {
    ...plan.limits,
    minHessian: plan.limits.minHessian * leastWeight,
  });
  const builder = new EnsembleBuilder(binned.features, binned.cuts);
  const rowSampling = samplingOf(plan.rowSampling, labels.length);
  const { work, tree } = grower;
  const sampler = createRowSampler(rowSampling, work, prng);
  const watched = further === undefined && plan.earlyStoppingRounds > 0 ? labeledRows(data) : undefined;
  const watch = watched?.length ? new LeftOutWatch(data.labels, watched, binned, objective) : undefined;

  const { values } = work;
  values.labels.set(labels);
  values.scores.fill(objective.base);
  if (rowWeights !== undefined) values.weights.set(rowWeights);
  if (kept !== undefined) {
    values.scores.set(kept.scores);
    for (const tree of kept.trees) builder.add(tree);
  }
  const first = builder.treeCount;
  const base = further?.before.parts.base ?? objective.base;
  const pool = work.usable.slice();
  const drawn = shareOf(pool.length, plan.featureFraction);
  const cover = new Float64Array(tree.capacity);
  const loose = looseTrees(tree, binned, cover);

  const { alpha, lambda } = plan.limits;
  const factor = -plan.learningRate * objective.leafScale;
  const leafValue = (gradient: number, hessian: number): number => {
    const shrunk = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - alpha);
    return (factor * shrunk) / (hessian + lambda);
  };

  const rounds = further === undefined ? plan.rounds : first + further.rounds;
  for (let round = first; round < rounds; round++) {
    objective.derivatives(values);
    const constant = objective.constantHessian && rowSampling.kind === 'bagging';
    if (objective.constantHessian && !constant) values.hessians.fill(1);
    const count = sampler.draw(round);
    const ofRows = plan.splitsOn === 'rows';
    const onesOrWeights = rowWeights === undefined ? 'ones' : 'weights';
    const quantized = quantize(values, count, ofRows ? onesOrWeights : constant ? 'ones' : 'hessians');
    let features = pool;
    if (drawn < pool.length) {
      drawToFront(pool, 0, drawn, prng);
      features = pool.slice(0, drawn).sort();
    }
    grower.grow(count, features, quantized, prng);
    fitLeaves(work, !constant, leafValue, cover);
    addToScores(work, count);
    builder.add(loose());
    if (watch?.stopAfter(tree, round, plan.earlyStoppingRounds)) break;
  }
  if (watch !== undefined) builder.truncate(watch.bestRounds);
  return builder.build({
    base,
    link: objective.link,
    gainBefore: further?.before.parts.gain,
    training: plan.keepTraining ? { learningRate: plan.learningRate, lambda } : undefined,
  });
}

/** Trees that stay, and what they say of each training row. */
function keptTrees(
  { before: { parts }, weight }: FurtherRounds,
  { features, train }: TrainingSet,
  rows: number,
): { readonly trees: readonly LooseTree[]; readonly scores: Float64Array } {
  const trees = [...treesOf(parts, 0, weight)];
  const builder = new EnsembleBuilder(features.columns.length);
  for (const tree of trees) builder.add(tree);
  const ensemble = builder.build({ base: parts.base, link: parts.link });
  const scores = new Float64Array(rows).fill(parts.base);
  let at = 0;
  for (const { from, to } of train) {
    const end = at + to - from;
    ensemble.sumTrees(features.columns, from, to - from, scores.subarray(at, end));
    at = end;
  }
  return { trees, scores };
}

interface Loss {
  readonly objective: Objective;
  /** What each row counts where splits are sought on rows; undefined: 1 each. */
  readonly rowWeights: Float64Array | undefined;
  /** By which the least sum of a leaf shrinks, so that no row alone is too light for one; 1 unless `rowWeights` are counted. */
  readonly leastWeight: number;
}

function lossOf(plan: BoostingPlan, labels: Float64Array, { classWeight }: TrainingSet): Loss {
  const plain = { rowWeights: undefined, leastWeight: 1 };
  if (plan.objective === 'squared_error') return { objective: squaredError(labels), ...plain };
  if (plan.objective === 'logistic') return { objective: logisticSign(labels), ...plain };
  const classes = trainingClasses(labels, classWeight);
  const objective = logisticClasses(classes);
  const [negative, positive] = classes.weights;
  if (plan.splitsOn !== 'rows' || negative === positive) return { objective, ...plain };
  const rowWeights = labels.map((label) => (label === 1 ? positive : negative));
  return { objective, rowWeights, leastWeight: Math.min(negative, positive) };
}

/** Rows of the left-out block that have a label. */
function labeledRows({ leftOut, labels }: TrainingSet): Uint32Array {
  const rows: number[] = [];
  for (let row = leftOut.from; row < leftOut.to; row++) if (!Number.isNaN(labels[row])) rows.push(row);
  return Uint32Array.from(rows);
}

/** Adds a tree's leaves to the scores of all rows, those outside its bag included. */
function addToScores(work: Workspace, count: number): void {
  const { rowCount, values, tree } = work;
  values.addLeaves(tree);
  if (count === rowCount) return;
  work.routeOthers(values.listOthers(count));
  values.addLeavesToOthers(tree);
}

/** Loss on the left-out block, round by round. */
class LeftOutWatch {
  /** Trees of the best model so far; 0: the base alone was best. */
  bestRounds = 0;
  private bestLoss: number;
  private readonly scores: Float64Array;
  private readonly labels: Float64Array;
  private readonly binned: BinnedMatrix;
  private readonly rows: Uint32Array;
  private readonly objective: Objective;

  constructor(labels: Float64Array, rows: Uint32Array, binned: BinnedMatrix, objective: Objective) {
    this.labels = Float64Array.from(rows, (row) => labels[row]);
    this.rows = rows;
    this.scores = new Float64Array(this.labels.length).fill(objective.base);
    this.binned = binned;
    this.objective = objective;
    this.bestLoss = objective.loss(this.scores, this.labels);
  }

  /** Adds a round's tree; true once `patience` rounds brought nothing. */
  stopAfter(tree: TreeNodes, round: number, patience: number): boolean {
    const { scores, binned, rows } = this;
    for (let i = 0; i < scores.length; i++) {
      scores[i] += tree.value[tree.leafOf(binned.bins, binned.rows, rows[i])];
    }
    const loss = this.objective.loss(scores, this.labels);
    if (loss < this.bestLoss) {
      this.bestLoss = loss;
      this.bestRounds = round + 1;
    }
    return round + 1 - this.bestRounds >= patience;
  }
}
