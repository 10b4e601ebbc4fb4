import { z } from 'zod';
import type { QueueDto } from '../dto/queues.ts';
import type { ValidationDto, ValidationPreviewDto } from '../dto/validation.ts';
import { gridSpecSchema } from '../grid.ts';
import { writtenModelType } from '../model-type-names.ts';
import { VALIDATION_MODES } from '../validation.ts';
import { idField, numeric, runField, symbolField, timeframeField } from './fields.ts';

const days = numeric(z.int().min(1).max(36_500));
const championField = z.string().min(1).max(200);

const market = {
  timeframe: timeframeField,
  modelType: writtenModelType.optional().describe('model type (xgboost)'),
  hyperparameters: z
    .record(z.string().max(100), z.union([z.number(), z.string().max(200), z.boolean()]))
    .optional()
    .describe('what its hyper-parameters are, where not the defaults'),
};

const subject = z
  .union([
    z.strictObject({ symbol: symbolField, ...market }),
    z.strictObject({ symbols: z.array(symbolField).min(1).max(200), ...market }),
    z.strictObject({ runId: runField }),
    z.strictObject({ champion: championField }),
    z.strictObject({ grid: gridSpecSchema }),
    z.strictObject({
      versions: z
        .array(z.strictObject({ name: z.string().max(200), version: z.string().max(20) }))
        .min(1)
        .max(20),
    }),
    z.strictObject({ champions: z.union([z.literal('all'), z.array(championField).min(1).max(1000)]) }),
  ])
  .describe('what is validated: a model type on a market, a run, a champion or a grid');

const plan = {
  subject,
  scheme: z
    .enum(VALIDATION_MODES)
    .describe(
      'how folds are laid out; sequential: quick, its criteria, the question whether to go on, then full',
    ),
  testPeriodDays: days.optional().describe('calendar days of each test window'),
  minTrainDays: days
    .optional()
    .describe('calendar days of training, of an expanding window of the first fold'),
  expandingWindow: z.boolean().optional().describe('training begins with the data and grows'),
  folds: numeric(z.int().min(1).max(10_000)).optional().describe('only the newest so many folds'),
  gate: z
    .boolean()
    .default(false)
    .describe('as the gate of the registry asks: moved back as a block until all tests count'),
};

export const validationInputs = {
  /** Folds, dates, bars and time of a validation; writes nothing. */
  'validation.preview': z.strictObject(plan),
  /** A job of it: started, paused and cancelled as any. */
  'validation.create': z.strictObject({
    ...plan,
    name: z.string().min(1).max(200).optional().describe('what the job is called'),
    yes: z
      .boolean()
      .default(false)
      .describe('sequential: go on with full without a question where all criteria are met'),
    enqueue: z.boolean().default(false).describe('let it begin by itself when its turn comes'),
  }),
  /** Answers a sequential job that waits as `awaiting_confirmation`. */
  'validation.confirm': z.strictObject({
    queueId: idField.describe('number of the job'),
    goOn: z.boolean().default(true).describe('whether full is begun; else quick is what it came to'),
  }),
  /** Oldest first. */
  'validation.list': z.strictObject({ queueId: idField.optional().describe('only those of this job') }),
  'validation.get': z.strictObject({ id: idField.describe('number of the validation') }),
} as const;

export interface ValidationResults {
  'validation.preview': ValidationPreviewDto;
  'validation.create': {
    readonly queueId: number;
    /** Numbers of the validations that it computes, in its order. */
    readonly validations: readonly number[];
    readonly preview: ValidationPreviewDto;
  };
  'validation.confirm': QueueDto;
  'validation.list': readonly ValidationDto[];
  'validation.get': ValidationDto;
}
