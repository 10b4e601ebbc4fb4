import type { AnyModelType, TrainingSet } from '../../model.ts';
import type { TreeEnsemble } from '../ensemble.ts';

/** Fitted with 20 trees unless the parameters say otherwise. */
export function train(type: AnyModelType, set: TrainingSet, parameters: object = {}): TreeEnsemble {
  return type.fit(set, type.hyperparameters.parse({ n_estimators: 20, ...parameters })) as TreeEnsemble;
}

/** Predictions of all rows. */
export function predict(model: TreeEnsemble, of: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(of[0].length);
  model.predict(of, 0, out.length, out);
  return out;
}

/** Mean squared error of rows from `from` on. */
export function meanSquare(predicted: Float64Array, wanted: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = from; i < predicted.length; i++) sum += (predicted[i] - wanted[i]) ** 2;
  return sum / (predicted.length - from);
}
