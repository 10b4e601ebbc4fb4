import type { TrainingClasses } from '../class-labels.ts';
import type { Link } from './ensemble.ts';
import type { RowValues } from './row-values.ts';
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
  /** Writes the first and second derivative of the loss at each row's score; no second where it is constant. */
  derivatives(values: RowValues): void;
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
    derivatives: (values) => values.squaredDerivatives(perUnit),
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
  return logLoss(base, { kind: 'logistic', scale: absolute / labels.length }, [1, 1]);
}

/** Weighted log loss of classes: the score is the log odds of class 1, that of the empty model those of the base rate. */
export function logisticClasses({ weights, baseRate }: TrainingClasses): Objective {
  return logLoss(Math.log(baseRate / (1 - baseRate)), { kind: 'probability' }, weights);
}

/** Log loss of labels above 0 against the others, each side with a weight. */
function logLoss(base: number, link: Link, [negative, positive]: TrainingClasses['weights']): Objective {
  return {
    link,
    base,
    leafScale: 1,
    constantHessian: false,
    derivatives: (values) => values.logisticDerivatives(negative, positive, LEAST_HESSIAN),
    loss(scores, targets) {
      let sum = 0;
      let weights = 0;
      for (let i = 0; i < scores.length; i++) {
        const isPositive = targets[i] > 0;
        const margin = isPositive ? scores[i] : -scores[i];
        const weight = isPositive ? positive : negative;
        const loss = margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        sum += weight * loss;
        weights += weight;
      }
      return sum / weights;
    },
  };
}
