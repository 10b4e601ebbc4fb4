import { USUAL_STACKS } from '../models/stack/ensemble.ts';
import { type Domain, type Parameter, type SearchSpace, spaceProblems } from './space.ts';

const whole = (low: number, high: number, log = false): Domain => ({ type: 'int', low, high, log });
const number = (low: number, high: number): Domain => ({ type: 'float', low, high });
const logarithmic = (low: number, high: number): Domain => ({ type: 'float', low, high, log: true });

const TREES = whole(50, 300);
const LEARNING_RATE = logarithmic(0.01, 0.3);
const DEPTH = whole(3, 10);
const SHARE = number(0.6, 1);
const PENALTY = logarithmic(1e-3, 10);

/** What is searched of each model type where a search says nothing else. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Domain>>>> = {
  linear_regression: {},
  ridge: { alpha: logarithmic(1e-3, 1e4) },
  lasso: { alpha: logarithmic(1e-4, 0.3) },
  elasticnet: { alpha: logarithmic(1e-4, 0.3), l1_ratio: number(0.05, 1) },
  random_forest: {
    n_estimators: TREES,
    max_depth: DEPTH,
    max_features: number(0.1, 1),
    min_samples_leaf: whole(1, 100, true),
  },
  gradient_boosting: {
    n_estimators: TREES,
    learning_rate: LEARNING_RATE,
    max_depth: DEPTH,
    min_samples_leaf: whole(1, 100, true),
    subsample: SHARE,
  },
  xgboost: {
    n_estimators: TREES,
    learning_rate: LEARNING_RATE,
    max_depth: DEPTH,
    min_child_weight: whole(1, 10),
    subsample: SHARE,
    colsample_bytree: SHARE,
    reg_lambda: PENALTY,
    reg_alpha: PENALTY,
    gamma: PENALTY,
  },
  lightgbm: {
    n_estimators: TREES,
    learning_rate: LEARNING_RATE,
    num_leaves: whole(7, 127, true),
    max_depth: DEPTH,
    min_data_in_leaf: whole(5, 100, true),
    feature_fraction: SHARE,
    lambda_l1: PENALTY,
    lambda_l2: PENALTY,
  },
  ensemble: { base_models: { type: 'categorical', choices: USUAL_STACKS } },
  q_agent: { min_samples_leaf: whole(20, 200, true), max_features: number(0.3, 1), caution: number(0, 3) },
};

/** The model types that have a space of their own. */
export const SEARCHED_TYPES: readonly string[] = Object.keys(DEFAULTS);

/** Empty for a model type without hyper-parameters. */
export function defaultSpace(modelType: string): SearchSpace {
  return Object.entries(DEFAULTS[modelType] ?? {}).map(([name, domain]): Parameter => ({ name, domain }));
}

/** A space of which a search replaces or adds parameters; null takes one out. @throws nothing: `problems` says what is wrong */
export function mergedSpace(
  base: SearchSpace,
  changes: Readonly<Record<string, Omit<Parameter, 'name'> | null>>,
): { readonly space: SearchSpace; readonly problems: ReturnType<typeof spaceProblems> } {
  const kept = base.flatMap((parameter) => {
    const change = changes[parameter.name];
    if (change === null) return [];
    return [change === undefined ? parameter : { name: parameter.name, ...change }];
  });
  const known = new Set(base.map(({ name }) => name));
  const added = Object.entries(changes).flatMap(([name, change]) =>
    change === null || known.has(name) ? [] : [{ name, ...change }],
  );
  const space = [...kept, ...added];
  return { space, problems: spaceProblems(space) };
}
