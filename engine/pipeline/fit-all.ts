import type { Member, ModelType, TrainingSet } from '../models/model.ts';

/** Fits one member on each of the sets, which share features and labels; wherever they are fitted, they are the same. */
export type FitAll = <P, M extends Member>(
  type: ModelType<P, M>,
  sets: readonly TrainingSet[],
  hyperparameters: P,
) => M[];

export const fitInTurn: FitAll = (type, sets, hyperparameters) =>
  sets.map((set) => type.fit(set, hyperparameters));
