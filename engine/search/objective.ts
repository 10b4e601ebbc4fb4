import { type FoldObjective, LOWER_IS_BETTER, type Objective } from '../contract/search.ts';
import type { FoldLoss } from '../pipeline/job.ts';
import { logLoss } from '../statistics/probability-scores.ts';
import { rankCorrelation } from '../statistics/ranks.ts';
import { rocAuc } from '../statistics/roc-auc.ts';

/** Parts of a fold's test span that a trial is also judged on, so that a few folds say how sure a difference is. */
const PARTS = 4;

/** An objective's value of a loss, and the reverse: of what is better the higher it is, the loss is the negative. */
export function valueOfLoss(objective: Objective, loss: number): number {
  return LOWER_IS_BETTER.has(objective) ? loss : -loss;
}

/**
 * Loss of forecasts beside what came, of equal length: of a target's own unit both, or probabilities beside classes, 0 or 1. Class 1 is
 * where what came is above 0, named by a forecast above `cut`. A part where the objective has no value counts as one without skill.
 */
export function foldLoss(
  objective: FoldObjective,
  forecasts: Float64Array,
  came: Float64Array,
  cut = 0,
): FoldLoss {
  const loss = (from: number, to: number) =>
    valueOfLoss(objective, figure(objective, forecasts.subarray(from, to), came.subarray(from, to), cut));
  const n = forecasts.length;
  const edge = (part: number) => Math.floor((part * n) / PARTS);
  return {
    loss: loss(0, n),
    parts: Array.from({ length: PARTS }, (_, part) => loss(edge(part), edge(part + 1))),
  };
}

/** ROC AUC of probabilities beside classes, 0 or 1, of equal length; null where all are of one class. */
export function foldAuc(forecasts: Float64Array, came: Float64Array): number | null {
  return rocAuc(forecasts, classesOf(came));
}

function classesOf(came: Float64Array): Uint8Array {
  return Uint8Array.from(came, (y) => (y > 0 ? 1 : 0));
}

function figure(objective: FoldObjective, forecasts: Float64Array, came: Float64Array, cut: number): number {
  if (objective === 'spearman') return rankCorrelation(forecasts, came);
  if (objective === 'rmse') return rootMeanSquare(forecasts, came);
  const actual = classesOf(came);
  if (objective === 'roc_auc') return rocAuc(forecasts, actual) ?? 0.5;
  if (objective === 'log_loss') return logLoss(forecasts, actual) ?? Math.LN2;
  let hits = 0;
  let truePositives = 0;
  let positives = 0;
  for (let i = 0; i < actual.length; i++) {
    const named = forecasts[i]! > cut ? 1 : 0;
    if (named === actual[i]) hits++;
    if (named === 1 && actual[i] === 1) truePositives++;
    positives += named + actual[i]!;
  }
  if (objective === 'accuracy') return actual.length === 0 ? 0.5 : hits / actual.length;
  return positives === 0 ? 0 : (2 * truePositives) / positives;
}

function rootMeanSquare(forecasts: Float64Array, came: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < came.length; i++) sum += (forecasts[i]! - came[i]!) ** 2;
  return Math.sqrt(sum / came.length);
}
