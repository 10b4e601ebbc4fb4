import type { z } from 'zod';
import type { ModelType } from '../model.ts';
import {
  decodeLinearMember,
  encodeLinearMember,
  type LinearMember,
  linearImportance,
  linearMember,
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
}

/** A linear model type: standardized features, one least-squares problem per member, one stored form for all. */
export function linearModelType<P>(kind: LinearKind<P>): ModelType<P, LinearMember> {
  return {
    name: kind.name,
    title: kind.title,
    description: kind.description,
    hyperparameters: kind.hyperparameters,
    fit(data, hyperparameters) {
      const problem = standardizedProblem(data);
      return linearMember(problem, kind.solve(problem, hyperparameters), data.features.columns.length);
    },
    importance: linearImportance,
    encode: encodeLinearMember,
    decode: decodeLinearMember,
  };
}
