import type { z } from 'zod';
import type { ModelType, TrainingSet } from '../model.ts';
import { type Moments, trainingMoments } from './gram.ts';
import { logisticProblem } from './logistic-problem.ts';
import { type Penalty, solveLogistic } from './logistic-solver.ts';
import {
  decodeLinearMember,
  encodeLinearMember,
  type LinearMember,
  linearImportance,
  linearMember,
  logisticMember,
} from './member.ts';
import { type StandardizedProblem, standardizedProblem } from './standardize.ts';
import { decodeSums, encodeSums, movedSums } from './sums.ts';

/** What distinguishes one linear model type from another. */
export interface LinearKind<P> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly hyperparameters: z.ZodType<P>;
  /** Coefficients of the kept features on the standardized scale. */
  solve(problem: StandardizedProblem, hyperparameters: P): Float64Array;
  /** The same penalty on log odds: what it adds to the mean log loss, of so many rows. */
  penalty(hyperparameters: P, rows: number): Penalty;
}

/**
 * A linear model type: standardized features, one problem per member, one stored form for all. Returns are fitted by least squares,
 * classes by logistic regression.
 */
export function linearModelType<P>(kind: LinearKind<P>): ModelType<P, LinearMember> {
  return {
    name: kind.name,
    title: kind.title,
    description: kind.description,
    hyperparameters: kind.hyperparameters,
    fit: (data, hyperparameters) => solve(kind, data, hyperparameters, momentsOf(data)),
    importance: linearImportance,
    encode: encodeLinearMember,
    decode: decodeLinearMember,
    updating: {
      kind: 'sums',
      fit(data, hyperparameters, before) {
        const moved =
          before === undefined || data.task === 'classes' ? undefined : movedSums(data, decodeSums(before));
        const moments = moved?.moments ?? momentsOf(data);
        return {
          member: solve(kind, data, hyperparameters, moments),
          // The log loss of classes is no function of sums.
          sums: data.task === 'classes' ? undefined : encodeSums({ ranges: data.train, moments }),
          moved: moved && { added: moved.added, dropped: moved.dropped },
        };
      },
    },
  };
}

function momentsOf({ features, labels, train }: TrainingSet): Moments {
  return trainingMoments(features, labels, train);
}

function solve<P>(
  kind: LinearKind<P>,
  data: TrainingSet,
  hyperparameters: P,
  moments: Moments,
): LinearMember {
  const problem = standardizedProblem(moments, data.features.names);
  const features = data.features.columns.length;
  if (data.task === 'classes') {
    const penalty = kind.penalty(hyperparameters, problem.rows);
    return logisticMember(problem, solveLogistic(logisticProblem(data, problem), penalty), features);
  }
  return linearMember(problem, kind.solve(problem, hyperparameters), features);
}
