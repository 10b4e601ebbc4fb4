import { z } from 'zod';
import { readModelType } from './model-type-names.ts';

/**
 * What a model of what survives can be: `classifier` boosted trees (XGBoost), `ensemble` ridge, random forest and XGBoost stacked, each
 * weighed by what it said of rows that it had not learned from, `q_agent` extra-trees that learn what a stake comes to: to take a contender or
 * to leave it.
 */
export const SURVIVAL_MODEL_TYPES = ['ensemble', 'classifier', 'q_agent'] as const;
export type SurvivalModelType = (typeof SURVIVAL_MODEL_TYPES)[number];

/** What a person reads, in names of jobs, logs and reports. */
export const SURVIVAL_TITLES: Readonly<Record<SurvivalModelType, string>> = {
  ensemble: 'Ensemble',
  classifier: 'Classifier',
  q_agent: 'Q agent',
};

/** `rl_agent`, as other systems call it, is q_agent. */
export function writtenSurvivalType(value: unknown): unknown {
  return typeof value === 'string' ? readModelType(value) : value;
}

/** Fewer rows say nothing of what survives. */
export const MIN_SURVIVAL_ROWS = 1000;
/** A lower bar would let contenders in that nobody would choose. */
export const LEAST_COMPOSITE_SCORE = 0.3;

const NUMBERS = {
  minCompositeScore: z
    .number()
    .min(
      LEAST_COMPOSITE_SCORE,
      `expected at least ${LEAST_COMPOSITE_SCORE}: lower scores are of contenders that nobody would choose`,
    )
    .max(1),
  trials: z.int().min(1).max(1000),
  patience: z.int().min(1).max(1000),
  seed: z.int().min(0).max(4_294_967_295),
};

/** `as`: how numbers are read, where they may be texts. */
export function survivalFields(
  as: <T extends z.ZodType<number>>(schema: T) => z.ZodType<number> = (one) => one,
) {
  return {
    modelType: z
      .preprocess(writtenSurvivalType, z.enum(SURVIVAL_MODEL_TYPES))
      .default('ensemble')
      .describe(
        'what is trained: ensemble (ridge, random forest and XGBoost stacked), classifier (XGBoost) or q_agent (takes or leaves by what a stake comes to; rl_agent is read so) (ensemble)',
      ),
    minCompositeScore: as(NUMBERS.minCompositeScore)
      .default(0.5)
      .describe(
        'contenders with a lower composite score on their selection window are left out, 0.3 to 1 (0.5)',
      ),
    trials: as(NUMBERS.trials)
      .default(100)
      .describe('hyper-parameters that are tried; 1 trains with those that a search begins with (100)'),
    patience: as(NUMBERS.patience)
      .default(30)
      .describe('trials without a better ROC AUC on the validation rows after which no further begins (30)'),
    seed: as(NUMBERS.seed).default(42).describe('of everything random (42)'),
  };
}

export const survivalOptionsSchema = z.strictObject(survivalFields());
export type SurvivalOptions = z.infer<typeof survivalOptionsSchema>;
