import { z } from 'zod';
import { foundText } from '../../contract/problems.ts';

/**
 * Attributes that carry what XGBoost's format has no place for. XGBoost keeps them; a model trained there with logistic
 * objective needs the first one to be read here.
 */
export const MEAN_ABSOLUTE_RETURN = 'regimen_mean_absolute_return';
export const LEARNING_RATE = 'regimen_learning_rate';
export const LAMBDA = 'regimen_reg_lambda';
/** Set by XGBoost when training stopped early: the best round, from 0; `XGBModel.predict` ends there. */
export const BEST_ITERATION = 'best_iteration';

export const LOGISTIC_OBJECTIVE = 'binary:logistic';

/** More are refused anyway. */
const MOST_TARGETS = 10;

/** What is read at most; models that predict returns are far smaller. In prediction a feature's place has 16 bits. */
export const MOST_FEATURES = 65_534;
export const MOST_TREES = 100_000;
export const MOST_NODES = 4_000_000;
/** Nodes from a root to a leaf: of one tree, and of all together, which is what a prediction takes for each bar. */
export const DEEPEST_TREE = 256;
export const MOST_STEPS = 250_000;

/**
 * The parts of XGBoost's JSON model format that Regimen reads (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html, versions 1.7
 * to 3); what else is there is ignored. Scalars are text. JSON has no NaN, but 1e999 reads as infinite.
 */
const numbers = z.array(z.number());
const places = z.array(z.int());
/** `default_left` is 0 and 1 or, in older files, a truth value. */
const flags = z.array(z.union([z.boolean().transform(Number), z.literal([0, 1])]));

export const xgboostTree = z.object({
  left_children: places,
  right_children: places,
  split_indices: places,
  split_conditions: numbers,
  default_left: flags,
  loss_changes: numbers,
  sum_hessian: numbers,
  split_type: places.default([]),
  /** One entry per category of a categorical split. */
  categories: z.array(z.unknown()).default([]),
});

export type XgboostTree = z.infer<typeof xgboostTree>;

/** One base score per target. Versions before 3 write a number, `5E-1`; from 3 on it is a list, `[5E-1]`. */
const baseScores = z.string().transform((text, context) => {
  const values = text.replace(/^\[|\]$/g, '').split(',', MOST_TARGETS);
  const numbers = values.map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
  if (numbers.every((value) => Number.isFinite(Math.fround(value)))) return numbers;
  context.addIssue({ code: 'custom', message: `expected a number, found ${foundText(text)}` });
  return z.NEVER;
});

function count(most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, {
      error: ({ input }) => `expected a whole number as text, found ${foundText(input)}`,
    })
    .transform(Number)
    .refine((value) => value <= most, {
      error: ({ input }) => `expected at most ${most}, found ${foundText(input)}`,
    });
}

/** Why another booster can't be read. */
const BOOSTERS: ReadonlyMap<unknown, string> = new Map([
  ['dart', ', since dropping weighs its trees'],
  ['gblinear', ', since that has no trees'],
]);

function otherBooster({ input }: { readonly input?: unknown }): string {
  return `its booster is ${foundText(input)}, expected "gbtree"${BOOSTERS.get(input) ?? ''}`;
}

export const xgboostModel = z.object({
  version: numbers,
  learner: z.object({
    attributes: z.record(z.string(), z.string()).default({}),
    feature_names: z.array(z.string()).max(MOST_FEATURES).default([]),
    gradient_booster: z.object({
      // Before the model, which other boosters keep in other ways.
      name: z.literal('gbtree', { error: otherBooster }),
      model: z.object({
        gbtree_model_param: z.object({ num_parallel_tree: count(MOST_TREES).optional() }).optional(),
        trees: z.array(xgboostTree).max(MOST_TREES),
      }),
    }),
    learner_model_param: z.object({
      base_score: baseScores,
      num_feature: count(MOST_FEATURES),
      num_class: count(1_000_000).default(0),
      num_target: count(1_000_000).default(1),
    }),
    objective: z.object({ name: z.string() }),
  }),
});
