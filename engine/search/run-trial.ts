import { createHash } from 'node:crypto';
import { EngineError } from '../contract/errors.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import { type ClassDistribution, classDistribution, requireBothClasses } from '../models/class-metrics.ts';
import { MIN_TRAINING_ROWS } from '../models/members.ts';
import type { RowRange, TrainingSet } from '../models/model.ts';
import type { BatchContext } from '../pipeline/context.ts';
import { classSettingsOf } from '../pipeline/fit-sides.ts';
import type { FoldLoss, TrialFold, TrialJob, TriedTrial } from '../pipeline/job.ts';
import { rowsWithin, settledRows, type TimeRange, trainingRows } from '../pipeline/windows.ts';
import { foldAuc, foldLoss } from './objective.ts';
import { isHopeless } from './pruner.ts';

/** Share of a fold's training rows that boosting with early stopping watches. */
const WATCHED = 0.2;

/**
 * Trains one model a fold and judges its forecasts, until all folds are done or the trial is given up. All folds use the features, bins
 * and sums of products of one matrix, whose estimates without labels end where the first test begins. Pure.
 * @throws EngineError `training-failed` where the configuration can't be trained, or a fold has too few bars
 */
export function runTrial(context: BatchContext, job: TrialJob): Omit<TriedTrial, 'seconds'> {
  const folds: FoldLoss[] = [];
  for (const fold of job.folds) {
    folds.push(runTrialFold(context, job, fold));
    if (folds.length < job.folds.length && isHopeless(job.reference, folds)) {
      return { status: 'tried', index: job.index, isPruned: true, folds };
    }
  }
  return { status: 'tried', index: job.index, isPruned: false, folds };
}

/** Of a target with two models that of the one that is tried, or the mean of what both lose. */
function runTrialFold(context: BatchContext, job: TrialJob, { number, training, test }: TrialFold): FoldLoss {
  const { configuration, objective } = job;
  const { horizon, target } = configuration;
  const { matrix } = context.features;
  const type = modelType(configuration.modelType);
  const hyperparameters = parseHyperparameters(type, configuration.hyperparameters);
  const learned = warmRows(matrix.firstValid, trainingRows(context.candles, training, horizon));
  const tested = testRows(context, test, horizon);
  assertEnough(learned, tested, number, horizon);
  const rounds = (hyperparameters as { readonly early_stopping_rounds?: number }).early_stopping_rounds ?? 0;
  const split = rounds > 0 ? watchedSplit(learned, horizon) : { train: [learned], leftOut: noRows(learned) };
  const count = tested.to - tested.from;
  const forecasts = new Float64Array(count);
  const { sides, task, cut } = context.target(target, horizon);
  const { classWeight } = classSettingsOf(context);
  const tried = job.side === undefined ? sides : sides.filter(({ side }) => side === job.side);
  const losses = tried.map(({ side, labels }) => {
    const seed = foldSeed(context.spec.settings.seed, job, number, side === 'short' ? 1 : 0);
    const trading = type.acts && context.rowTargets.trading();
    const set: TrainingSet = {
      ...{ features: matrix, labels, ...split, purge: horizon, seed, task, classWeight },
      ...(trading && { trading }),
    };
    const classes = task === 'classes' ? classDistribution(labels, split.train) : undefined;
    if (classes !== undefined) requireBothClasses(classes);
    const member = type.fit(set, hyperparameters);
    member.predict(matrix.columns, tested.from, count, forecasts);
    const came = labels.subarray(tested.from, tested.to);
    const loss = foldLoss(
      objective,
      forecasts,
      came,
      cut === null ? 0 : cut === 'half' || classWeight === 'balanced' ? 0.5 : shareOfOnes(classes!),
    );
    return task === 'classes' ? { ...loss, auc: foldAuc(forecasts, came) } : loss;
  });
  return meanOf(losses);
}

function shareOfOnes({ positives, negatives }: ClassDistribution): number {
  return positives / (positives + negatives);
}

function assertEnough(learned: RowRange, tested: RowRange, number: number, horizon: number): void {
  for (const [rows, what] of [
    [learned, 'learn from'],
    [tested, 'be tested on'],
  ] as const) {
    const count = rows.to - rows.from;
    if (count >= MIN_TRAINING_ROWS) continue;
    throw new EngineError(
      'training-failed',
      `Fold ${number + 1} has ${Math.max(0, count)} bars to ${what} at horizon ${horizon}, and needs at least ${MIN_TRAINING_ROWS}. Use more days of history or fewer folds.`,
    );
  }
}

function meanOf(losses: readonly FoldLoss[]): FoldLoss {
  const [first, ...others] = losses as [FoldLoss, ...FoldLoss[]];
  if (others.length === 0) return first;
  const mean = (pick: (loss: FoldLoss) => number) =>
    losses.reduce((sum, loss) => sum + pick(loss), 0) / losses.length;
  const aucs = losses.flatMap(({ auc }) => auc ?? []);
  return {
    loss: mean(({ loss }) => loss),
    parts: first.parts.map((_, i) => mean(({ parts }) => parts[i]!)),
    ...(first.auc !== undefined && {
      auc: aucs.length < losses.length ? null : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length,
    }),
  };
}

/** Rows whose label is settled inside the test span. */
function testRows(context: BatchContext, test: TimeRange, horizon: number): RowRange {
  return settledRows(rowsWithin(context.candles, test), horizon);
}

function warmRows(firstValid: number, { from, to }: RowRange): RowRange {
  return { from: Math.max(from, firstValid), to };
}

const noRows = ({ to }: RowRange): RowRange => ({ from: to, to });

/** The last rows are watched, those whose labels reach into them left out. */
function watchedSplit({ from, to }: RowRange, horizon: number) {
  const cut = to - Math.floor(WATCHED * (to - from));
  return { train: [{ from, to: Math.max(from, cut - 1 - horizon) }], leftOut: { from: cut, to } };
}

function foldSeed(seed: number, { configHash }: TrialJob, fold: number, side: number): number {
  return createHash('sha256').update(`${seed}:${configHash}:fold ${fold}.${side}`).digest().readUInt32LE(0);
}
