import type { Link } from './ensemble.ts';
import { labelScale, mean } from './training-set.ts';

/** What boosting minimizes. Scores are sums of base and leaves. */
export interface Objective {
  readonly link: Link;
  /** Score of the empty model. */
  readonly base: number;
  /** Score per unit in which trees are grown: leaves are multiplied by it. */
  readonly leafScale: number;
  /** True: every row's hessian is 1, and none are written. */
  readonly constantHessian: boolean;
  /** First and second derivative of the loss at each row's score. */
  derivatives(
    scores: Float64Array,
    labels: Float64Array,
    gradients: Float64Array,
    hessians: Float64Array,
  ): void;
  /** Mean loss. */
  loss(scores: Float64Array, labels: Float64Array): number;
}

/** (score - label)^2 / 2, in units of the labels' standard deviation. */
export function squaredError(labels: Float64Array): Objective {
  const base = mean(labels);
  const leafScale = labelScale(labels, base);
  const perUnit = 1 / leafScale;
  return {
    link: { kind: 'identity' },
    base,
    leafScale,
    constantHessian: true,
    derivatives(scores, targets, gradients) {
      for (let i = 0; i < scores.length; i++) gradients[i] = (scores[i] - targets[i]) * perUnit;
    },
    loss(scores, targets) {
      let sum = 0;
      for (let i = 0; i < scores.length; i++) sum += (scores[i] - targets[i]) ** 2;
      return sum / scores.length;
    },
  };
}

/** XGBoost's floor under a hessian: a sure prediction would leave a leaf without any. */
const LEAST_HESSIAN = 1e-16;

/** Log loss of the label's sign: the score is the log odds of a positive return. */
export function logisticSign(labels: Float64Array): Objective {
  let positive = 0;
  let absolute = 0;
  for (const label of labels) {
    if (label > 0) positive++;
    absolute += Math.abs(label);
  }
  // Half a row of each sign keeps the odds finite when all labels agree.
  const base = Math.log((positive + 0.5) / (labels.length - positive + 0.5));
  return {
    link: { kind: 'logistic', scale: absolute / labels.length },
    base,
    leafScale: 1,
    constantHessian: false,
    derivatives(scores, targets, gradients, hessians) {
      for (let i = 0; i < scores.length; i++) {
        const p = 1 / (1 + Math.exp(-scores[i]));
        gradients[i] = p - (targets[i] > 0 ? 1 : 0);
        hessians[i] = Math.max(p * (1 - p), LEAST_HESSIAN);
      }
    },
    loss(scores, targets) {
      let sum = 0;
      for (let i = 0; i < scores.length; i++) {
        const margin = targets[i] > 0 ? scores[i] : -scores[i];
        sum += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
      }
      return sum / scores.length;
    },
  };
}
