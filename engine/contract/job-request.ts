import { z } from 'zod';
import { timeframeField, writtenSymbolField } from './api/fields.ts';
import { CRITERIA_PRESETS } from './criteria.ts';
import { gridSpecSchema } from './grid.ts';
import { readModelType } from './model-type-names.ts';
import { foundText } from './problems.ts';
import { MIN_VERDICTS, TRAIN_MODES, TRAIN_PERIODS } from './registry.ts';
import { searchSpecSchema } from './search.ts';
import { LEAST_COMPOSITE_SCORE, SURVIVAL_MODEL_TYPES, writtenSurvivalType } from './survival.ts';
import { writtenTarget } from './target-names.ts';
import { TIMEFRAME_DOCUMENT } from './timeframe.ts';
import { VALIDATION_MODES } from './validation.ts';
import { wholeNumber } from './values.ts';

/** What a job is asked for by, as programs write it: in snake case, as GRID.yaml and SEARCH.yaml have it. */

/** `EURUSD`, or as brokers and exchanges write it. */
export const requestedSymbol = writtenSymbolField.meta({ examples: ['EURUSD'] });

/** `H1`, or as other systems write it: `1h`, `15m`. */
export const requestedTimeframe = timeframeField.meta(TIMEFRAME_DOCUMENT);

const modelType = z
  .string()
  .min(1)
  .max(40)
  .transform(readModelType)
  .meta({ examples: ['xgboost'] });
const hyperparameters = z.record(
  z.string().max(100),
  z.union([z.number(), z.string().max(200), z.boolean()]),
);
const days = wholeNumber(1, 36_500, 'days');
const share = z.number().min(0).max(1);
/** `bull_trending`; `all`: no regime. */
const regime = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
    'a regime has 1 to 40 letters, digits and underscores, a letter first',
  )
  .meta({ examples: ['all'] });
const reason = z.string().min(1).max(500);

/** Of examples, which the guide has, too. */
const ONE_MODEL = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [6],
};

const grid = z
  .strictObject({
    kind: z.literal('grid'),
    grid: gridSpecSchema.describe('a grid as GRID.yaml has it'),
    retrain: z.boolean().default(false).describe('train again what is already trained'),
    skip_impossible: z
      .boolean()
      .default(false)
      .describe('leave out configurations that the candles are too short for'),
  })
  .meta({ title: 'Grid', examples: [{ kind: 'grid', grid: ONE_MODEL }] });

/** Fields of a validation that do not say what is validated. */
export const walkForwardPlan = {
  training_mode: z
    .enum(VALIDATION_MODES)
    .describe(
      'how folds are laid out; sequential: quick, its criteria, the question whether to go on, then full',
    ),
  test_period_days: days.optional().describe('calendar days of each test window'),
  min_train_days: days
    .optional()
    .describe('calendar days of training; of an expanding window those of the first fold'),
  use_expanding_window: z.boolean().optional().describe('training begins with the data and grows'),
  folds: wholeNumber(1, 10_000, 'folds').optional().describe('only the newest so many folds'),
  yes: z
    .boolean()
    .default(false)
    .describe('sequential: go on with full without a question where all criteria are met'),
  name: z.string().min(1).max(200).optional().describe('what the job is called'),
};

const walkForward = z
  .strictObject({
    kind: z.literal('walk_forward'),
    ...walkForwardPlan,
    symbol: requestedSymbol.optional(),
    symbols: z.array(requestedSymbol).min(1).max(200).optional(),
    timeframe: requestedTimeframe.optional(),
    model_type: modelType.optional().describe('of a market: what is trained on it (xgboost)'),
    hyperparameters: hyperparameters.optional().describe('of a market: where not the defaults'),
    run: z
      .string()
      .regex(/^(\d{1,15}|[0-9a-f]{8}[0-9a-f-]{0,28})$/i)
      .optional()
      .describe('number or UUID of a run'),
    champion: z.string().min(1).max(200).optional().describe('SYMBOL/TIMEFRAME/REGIME'),
    champions: z.union([z.literal('all'), z.array(z.string().min(1).max(200)).min(1).max(1000)]).optional(),
    grid: gridSpecSchema.optional().describe('a grid as a procedure: chosen anew in each fold'),
  })
  .meta({
    title: 'Walk-forward validation',
    examples: [
      {
        kind: 'walk_forward',
        symbol: 'EURUSD',
        timeframe: 'H1',
        training_mode: 'quick',
        model_type: 'ridge',
      },
    ],
  });

const search = z
  .strictObject({
    kind: z.literal('search'),
    search: searchSpecSchema.describe('a search as SEARCH.yaml has it'),
  })
  .meta({
    title: 'Hyper-parameter search',
    examples: [{ kind: 'search', search: { ...ONE_MODEL, trials: 5 } }],
  });

/** What the gate is asked for, where it is not what the configuration says. */
export const requestedGate = {
  preset: z.enum(CRITERIA_PRESETS).optional(),
  min_accuracy: share.optional(),
  min_precision: share.optional(),
  min_recall: share.optional(),
  min_f1: share.optional(),
  min_verdict: z.enum(MIN_VERDICTS).optional(),
  skip_validation: z.boolean().default(false).describe('it stands in the journal for ever'),
  force: z
    .boolean()
    .default(false)
    .describe('do not compare with what is in production; it stands in the journal for ever'),
};

const production = z
  .strictObject({
    kind: z.literal('production'),
    symbol: requestedSymbol
      .optional()
      .describe('with timeframe one name; left out: every name that is in production, each as it is'),
    timeframe: requestedTimeframe.optional(),
    regime: regime.default('all').describe('the regime that it trades alone in (all)'),
    model_type: modelType.default('xgboost'),
    target: writtenTarget
      .default('direction')
      .describe('what it learns: direction, return, barrier, outcome'),
    horizon: wholeNumber(1, 500, 'bars').default(6).describe('bars ahead'),
    hyperparameter_search: z.boolean().default(false).describe('search hyper-parameters first'),
    n_trials: wholeNumber(1, 100_000, 'trials').default(20),
    period: z.enum(TRAIN_PERIODS).default('5y').describe('history, as far as it is there'),
    training_mode: z
      .enum(TRAIN_MODES)
      .default('quick')
      .describe('validation beside the windows of the gate: quick (none), full, sequential'),
    dry_run: z.boolean().default(false).describe('train, validate and compare, but promote nothing'),
    reason: reason.optional().describe('why: it stands in the journal'),
    ...requestedGate,
  })
  .meta({
    title: 'Production training',
    examples: [
      {
        kind: 'production',
        symbol: 'EURUSD',
        timeframe: 'H1',
        model_type: 'ridge',
        period: '1y',
        dry_run: true,
      },
    ],
  });

const survival = z
  .strictObject({
    kind: z.literal('survival'),
    model_type: z.preprocess(writtenSurvivalType, z.enum(SURVIVAL_MODEL_TYPES)).default('ensemble'),
    min_composite_score: z
      .number()
      .min(LEAST_COMPOSITE_SCORE)
      .max(1)
      .default(0.5)
      .describe('contenders with a lower one on their selection window are left out'),
    n_trials: wholeNumber(1, 1000, 'trials').default(100),
    patience: wholeNumber(1, 1000, 'trials')
      .default(30)
      .describe('trials without a better ROC AUC after which no further begins'),
    seed: z.int().min(0).max(4_294_967_295).default(42),
  })
  .meta({ title: 'Model of what survives' });

/** One job, by its kind. */
export const jobRequestSchema = z.discriminatedUnion(
  'kind',
  [grid, walkForward, search, production, survival],
  {
    error: ({ code, input }) =>
      code === 'invalid_union'
        ? `expected grid, walk_forward, search, production or survival, found ${foundText((input as { readonly kind?: unknown }).kind)}`
        : undefined,
  },
);

export type JobRequest = z.output<typeof jobRequestSchema>;
export type JobRequestInput = z.input<typeof jobRequestSchema>;
export type WalkForwardRequest = z.output<typeof walkForward>;
export type ProductionRequest = z.output<typeof production>;

/** A small job of a kind that anybody's copy of EURUSD H1 can do: the example that its description has. */
export function sampleRequest(kind: Exclude<JobRequest['kind'], 'survival'>): JobRequestInput {
  const schema = jobRequestSchema.options.find(({ shape }) => shape.kind.value === kind)!;
  return (schema.meta() as { readonly examples: readonly JobRequestInput[] }).examples[0]!;
}
