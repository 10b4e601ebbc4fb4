import { z } from 'zod';

/**
 * Attributes that carry what XGBoost's format has no place for. XGBoost keeps them; a model trained there with logistic
 * objective needs the first one to be read here.
 */
export const MEAN_ABSOLUTE_RETURN = 'regimen_mean_absolute_return';
export const LEARNING_RATE = 'regimen_learning_rate';
export const LAMBDA = 'regimen_reg_lambda';

export const LOGISTIC_OBJECTIVE = 'binary:logistic';

/**
 * The parts of XGBoost's JSON model format that Regimen reads (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html, versions 1.7
 * to 3); what else is there is ignored. Scalars are text.
 */
const numbers = z.array(z.number());
/** `default_left` is 0 and 1 or, in older files, a truth value. */
const flags = z.array(z.union([z.boolean().transform(Number), z.number()]));

export const xgboostTree = z.object({
  left_children: numbers,
  right_children: numbers,
  split_indices: numbers,
  split_conditions: numbers,
  default_left: flags,
  loss_changes: numbers,
  sum_hessian: numbers,
  split_type: numbers.default([]),
});

export type XgboostTree = z.infer<typeof xgboostTree>;

/** One base score per target. Versions before 3 write a number, `5E-1`; from 3 on it is a list, `[5E-1]`. */
const baseScores = z.string().transform((text, context) => {
  const values = text.replace(/^\[|\]$/g, '').split(',');
  if (values.every((value) => value !== '' && Number.isFinite(Number(value)))) return values.map(Number);
  context.addIssue({ code: 'custom', message: `expected a number, found "${text}"` });
  return z.NEVER;
});

export const xgboostModel = z.object({
  version: numbers,
  learner: z.object({
    attributes: z.record(z.string(), z.string()).default({}),
    feature_names: z.array(z.string()).default([]),
    gradient_booster: z.object({
      // Before the model, which other boosters keep in other ways.
      name: z.literal('gbtree', { error: ({ input }) => `its booster is "${input}", expected "gbtree"` }),
      model: z.object({ trees: z.array(xgboostTree) }),
    }),
    learner_model_param: z.object({
      base_score: baseScores,
      num_feature: z.string().regex(/^\d+$/),
      num_class: z.string().default('0'),
      num_target: z.string().default('1'),
    }),
    objective: z.object({ name: z.string() }),
  }),
});
