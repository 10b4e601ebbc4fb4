import type { z } from 'zod';
import type { ModelType } from '../model.ts';
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
    fit(data, hyperparameters) {
      const problem = standardizedProblem(data);
      const features = data.features.columns.length;
      if (data.task === 'classes') {
        const penalty = kind.penalty(hyperparameters, problem.rows);
        return logisticMember(problem, solveLogistic(logisticProblem(data, problem), penalty), features);
      }
      return linearMember(problem, kind.solve(problem, hyperparameters), features);
    },
    importance: linearImportance,
    encode: encodeLinearMember,
    decode: decodeLinearMember,
  };
}
