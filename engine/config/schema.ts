import { z } from 'zod';
import { CRITERIA_PRESETS, type FoldMetric } from '../contract/criteria.ts';
import { LOG_LEVELS, readLogLevel } from '../contract/log-level.ts';
import { expected } from '../contract/problems.ts';
import { MIN_VERDICTS } from '../contract/registry.ts';
import type { ValidationScheme } from '../contract/validation.ts';
import {
  CHAMPION_SCOPES,
  ENSEMBLE_METHODS,
  EVALUATION_SCORES,
  PREDICTION_METHODS,
} from '../contract/words.ts';
import { DAY_START_RULES } from '../market/time/day-start.ts';
import { CALIBRATION_METHODS } from '../models/calibration/calibration.ts';
import { CLASS_WEIGHTS } from '../models/class-settings.ts';
import { regimesSchema } from '../regimes/definition.ts';
import { costsSchema } from './costs.ts';
import { isFeedAddress } from './feed-address.ts';
import { splitOfRatio } from './split.ts';
import { axis, flag, integer, number, oneOf, section, symbolName } from './values.ts';

/** What a configuration may say. Units and meanings stand beside each key in the default configuration file. */

/** Queues that run at a time at most, whoever asks. */
export const MOST_PARALLEL = 8;

const MIN_SCORE = '"auto" or a number from -1000000 to 1000000';

const THREADS = '"auto" or a whole number from 0 to 256';

const WORKERS = 'local, or the address of a Redis such as redis://127.0.0.1:6379';

const workersRule = z
  .string({ error: expected(WORKERS) })
  .refine((text) => text === 'local' || (/^rediss?:\/\//.test(text) && URL.canParse(text)), {
    error: expected(WORKERS),
  });

const FOLDER =
  'a folder, relative to the workspace or absolute, other than the workspace itself and without ".."';

/** The folder is swept of files that nothing refers to, so it must be one of its own. */
const folder = z.string({ error: expected(FOLDER) }).refine(
  (path) => {
    const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
    return parts.length > 0 && parts.every((part) => part.trim() !== '' && part !== '..');
  },
  { error: expected(FOLDER) },
);

const TRACKING_URI = 'auto, none, or the address of a tracking server such as http://localhost:5000';

const trackingUri = z
  .string({ error: expected(TRACKING_URI) })
  .refine((text) => ['auto', 'none'].includes(text) || /^https?:\/\/[^\s?#]+$/.test(text), {
    error: expected(TRACKING_URI),
  });

const UPDATE_FEED =
  'none, or the address of a feed such as https://example.com/latest.yml; http:// on this machine alone';

const updateFeed = z
  .string({ error: expected(UPDATE_FEED) })
  .refine((text) => text === 'none' || isFeedAddress(text), { error: expected(UPDATE_FEED) });

const EXPERIMENT = 'auto, or a name of 1 to 250 characters';

const AS_OF = 'week, day, bar or a date such as 2025-06-27';

/** When an evaluation ends: at the last close of a trading week or day, with the newest bar, or with the trading day of a date. */
const asOfRule = z
  .string({ error: expected(AS_OF) })
  .refine((text) => ['week', 'day', 'bar'].includes(text) || z.iso.date().safeParse(text).success, {
    error: expected(AS_OF),
  });

const SPLIT = 'none, or training, tuning and test: three fractions from 0.05 to 0.9 that add up to 1';
const splitShare = number(0.05, 0.9, SPLIT);

/** A single number is a train ratio: what it leaves is halved. */
const splitRule = z.preprocess(
  (given) => (typeof given === 'number' ? splitOfRatio(given) : given),
  z.union(
    [
      z.literal('none'),
      z
        .strictObject({ training: splitShare, tuning: splitShare, test: splitShare })
        .refine(({ training, tuning, test }) => Math.abs(training + tuning + test - 1) < 1e-6, {
          error: expected(SPLIT),
        }),
    ],
    { error: expected(SPLIT) },
  ),
);

/** A value that a figure should reach, or from where to where it usually comes. */
function target(min: number, max: number) {
  const what = `a number from ${min} to ${max}, or two of them in brackets, the lower one first`;
  const one = number(min, max, what);
  const range = z.tuple([one, one]).refine(([low, high]) => low <= high, {
    error: 'expected the lower number first',
  });
  return z.union([one, range], { error: expected(what) });
}

const share = () => target(0, 1);

const targetShape = {
  accuracy: share(),
  balanced_accuracy: share(),
  precision: share(),
  recall: share(),
  f1: share(),
  roc_auc: share(),
  spearman: target(-1, 1),
  sharpe: target(-100, 100),
  win_rate: share(),
  hit_rate_tp1: share(),
  max_drawdown: share(),
  trades: target(0, 1_000_000),
} satisfies Record<FoldMetric, z.ZodType>;

const targetsOfSymbols = z.record(symbolName, section(targetShape).partial(), {
  error: expected('symbols and their targets'),
});

type Modes = Record<ValidationScheme, z.ZodType>;

const preset = oneOf(['auto', ...CRITERIA_PRESETS]);

export const configSchema = section({
  storage: section({
    artifacts_dir: folder,
    checkpoints_dir: folder,
    max_orphan_age_days: integer(1, 3650),
    full_results_days: integer(1, 36_500),
    min_free_mb: integer(0, 1_000_000),
  }),
  market: section({
    day_start: oneOf(DAY_START_RULES),
  }),
  queue: section({
    max_parallel_jobs: integer(1, MOST_PARALLEL),
    auto_start: flag,
    threads: z.union([z.literal('auto'), integer(0, 256, THREADS)], { error: expected(THREADS) }),
    workers: workersRule,
    skip_already_trained: flag,
    test_robustness: flag,
    max_minutes_per_model: number(0.1, 1440),
    auto_checkpoint_interval: integer(1, 10_000),
    worker_memory_mb: integer(128, 65_536),
  }),
  recovery: section({
    detect_crash_after_minutes: number(0.1, 1440),
    auto_resume_on_crash: flag,
    max_checkpoint_age_days: integer(1, 3650),
  }),
  model_management: section({
    delete_non_best_models: flag,
    keep_top_n_per_regime: integer(1, 100),
    compress_old_models: flag,
    compress_after_days: integer(0, 3650),
  }),
  inference_grid: section({
    prediction_methods: axis(oneOf(PREDICTION_METHODS), PREDICTION_METHODS.length),
    ensemble_methods: axis(oneOf(ENSEMBLE_METHODS), ENSEMBLE_METHODS.length),
    confidence_thresholds: axis(number(0, 1), 20),
    lookback_windows: axis(integer(20, 5000), 20),
  }),
  evaluation: section({
    as_of: asOfRule,
    holdout_days: integer(1, 3650),
    selection_days: integer(1, 3650),
    split: splitRule,
    score: oneOf(EVALUATION_SCORES),
    min_trades_per_regime: integer(1, 100_000),
    min_score: z.union([z.literal('auto'), number(-1_000_000, 1_000_000, MIN_SCORE)], {
      error: expected(MIN_SCORE),
    }),
    min_improvement_threshold: number(0, 10),
    scope: oneOf(CHAMPION_SCOPES),
  }),
  training: section({
    members: integer(2, 20),
    seed: integer(0, 4_294_967_295),
    calibration: oneOf(CALIBRATION_METHODS),
    class_weight: oneOf(CLASS_WEIGHTS),
  }),
  validation: section({
    criteria: section({ quick: preset, full: preset, own: preset } satisfies Modes),
    targets: section({
      quick: targetsOfSymbols,
      full: targetsOfSymbols,
      own: targetsOfSymbols,
    } satisfies Modes),
  }),
  registry: section({
    validation_months: integer(2, 120),
    min_verdict: oneOf(MIN_VERDICTS),
    expire_days: integer(1, 3650),
  }),
  live: section({
    champions: oneOf(['show', 'hide']),
    alert_hosts: z
      .array(
        z
          .string()
          .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'expected the name or address of a host, such as ntfy.sh'),
      )
      .max(50),
  }),
  mlflow: section({
    tracking_uri: trackingUri,
    experiment_name: z
      .string({ error: expected(EXPERIMENT) })
      .regex(/^(?=.*\S).{1,250}$/, { error: expected(EXPERIMENT) }),
    models: oneOf(['all', 'kept']),
  }),
  updates: section({
    feed: updateFeed,
  }),
  costs: costsSchema,
  regimes: section({
    definitions: regimesSchema,
  }),
  logging: section({
    level: z.preprocess((v) => (typeof v === 'string' ? (readLogLevel(v) ?? v) : v), oneOf(LOG_LEVELS)),
    log_to_file: flag,
    max_log_size_mb: integer(1, 10_000),
  }),
});

/** The checked configuration, in the spelling of the file. */
/** Where champions are chosen by what survives, who says it. Of no file: the registry says it, see `withJudge`. */
export interface SurvivalJudge {
  /** Version of the model. */
  readonly version: string;
  /** From which chance on a stake pays; a chance must be above it where `min_score` is auto. */
  readonly breakEven: number;
}

export type Config = z.output<typeof configSchema> & {
  readonly evaluation: { readonly judge?: SurvivalJudge };
};
