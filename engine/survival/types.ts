import type { SurvivalModelType } from '../contract/survival.ts';
import { modelType, parseHyperparameters } from '../models/catalog.ts';
import type { AnyModelType } from '../models/model.ts';
import { ensembleOf } from '../models/stack/ensemble.ts';

/** One of the numbers that trials vary, as a search's space has it. */
export interface VariedParameter {
  readonly name: string;
  readonly domain: {
    readonly type: 'int' | 'float';
    readonly low: number;
    readonly high: number;
    readonly log?: boolean;
  };
}

const int = (name: string, low: number, high: number, log = false): VariedParameter => ({
  name,
  domain: { type: 'int', low, high, log },
});
const float = (name: string, low: number, high: number, log = false): VariedParameter => ({
  name,
  domain: { type: 'float', low, high, log },
});

const BOOSTED: readonly VariedParameter[] = [
  int('n_estimators', 20, 300, true),
  float('learning_rate', 0.01, 0.3, true),
  int('max_depth', 1, 6),
  int('min_child_weight', 1, 50, true),
  float('subsample', 0.5, 1),
  float('colsample_bytree', 0.3, 1),
  float('reg_lambda', 0.01, 100, true),
  float('reg_alpha', 0.001, 10, true),
];

/** Where trials begin: shallow and slow, as suits few rows. */
const BOOSTED_START = {
  n_estimators: 100,
  learning_rate: 0.05,
  max_depth: 3,
  min_child_weight: 10,
  subsample: 0.8,
  colsample_bytree: 0.8,
  reg_lambda: 10,
  reg_alpha: 0.01,
};

export type Tuned = Readonly<Record<string, number>>;

interface SurvivalType {
  readonly space: readonly VariedParameter[];
  readonly start: Tuned;
  /** What is fitted with these hyper-parameters. */
  fitting(tuned: Tuned): { readonly type: AnyModelType; readonly hyperparameters: unknown };
}

const part = (of: string, parameters: readonly VariedParameter[]) =>
  parameters.map(({ name, domain }) => ({ name: `${of}.${name}`, domain }));

/** Of a stack, what its parts have by name. */
function partOf(name: string, tuned: Tuned): AnyModelType {
  const type = modelType(name);
  const own = Object.entries(tuned).flatMap(([key, value]) =>
    key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value] as const] : [],
  );
  const hyperparameters = parseHyperparameters(type, Object.fromEntries(own));
  // A stack fits its parts with their defaults: these are they.
  return { ...type, hyperparameters: type.hyperparameters.transform(() => hyperparameters) };
}

/** A type of its own, with what was tuned. */
function own(name: string, tuned: Tuned) {
  const type = modelType(name);
  return { type, hyperparameters: parseHyperparameters(type, tuned) };
}

const STACKED = ['ridge', 'random_forest', 'xgboost'] as const;

/** What a model of what survives can be; see the words of each in the contract. */
export const SURVIVAL_TYPES: Readonly<Record<SurvivalModelType, SurvivalType>> = {
  classifier: {
    space: BOOSTED,
    start: BOOSTED_START,
    fitting: (tuned) => own('xgboost', tuned),
  },
  q_agent: {
    space: [
      int('n_estimators', 20, 200, true),
      int('min_samples_leaf', 10, 300, true),
      float('max_features', 0.1, 1),
      float('caution', 0, 3),
    ],
    start: { n_estimators: 100, min_samples_leaf: 50, max_features: 0.5, caution: 1 },
    fitting: (tuned) => own('q_agent', tuned),
  },
  ensemble: {
    space: [
      float('ridge.alpha', 1, 10_000, true),
      int('random_forest.n_estimators', 50, 200),
      int('random_forest.max_depth', 2, 10),
      float('random_forest.max_features', 0.1, 1),
      int('random_forest.min_samples_leaf', 5, 100, true),
      ...part('xgboost', BOOSTED),
    ],
    start: {
      'ridge.alpha': 100,
      'random_forest.n_estimators': 100,
      'random_forest.max_depth': 6,
      'random_forest.max_features': 1 / 3,
      'random_forest.min_samples_leaf': 20,
      ...Object.fromEntries(Object.entries(BOOSTED_START).map(([key, value]) => [`xgboost.${key}`, value])),
    },
    fitting: (tuned) => {
      const type = ensembleOf(STACKED.map((name) => partOf(name, tuned)));
      return {
        type,
        hyperparameters: type.hyperparameters.parse({ base_models: STACKED.join('+'), folds: 3 }),
      };
    },
  },
};

/** As members of this type are read back: whatever they were fitted with. */
export function readingType(name: SurvivalModelType): AnyModelType {
  return modelType(name === 'classifier' ? 'xgboost' : name);
}
