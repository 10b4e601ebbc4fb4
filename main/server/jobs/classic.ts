import { z } from 'zod';
import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EngineError, orList } from '../../../engine/contract/errors.ts';
import {
  type JobRequestInput,
  requestedSymbol,
  requestedTimeframe,
} from '../../../engine/contract/job-request.ts';
import {
  CLASSIFIER,
  CLASSIFIER_TYPE,
  isAgent,
  readingOf,
  readModelType,
} from '../../../engine/contract/model-type-names.ts';
import { TRAIN_PERIODS } from '../../../engine/contract/registry.ts';
import { LEAST_COMPOSITE_SCORE, SURVIVAL_MODEL_TYPES } from '../../../engine/contract/survival.ts';
import { writtenTarget } from '../../../engine/contract/target-names.ts';
import { VALIDATION_MODES } from '../../../engine/contract/validation.ts';
import { wholeNumber } from '../../../engine/contract/values.ts';

/** The fields that programs of earlier training servers send, to either of their two addresses. */

const days = wholeNumber(1, 36_500, 'days');

export const classicSchema = z
  .strictObject({
    symbol: requestedSymbol.optional(),
    timeframe: requestedTimeframe.optional(),
    training_mode: z.enum(VALIDATION_MODES).optional(),
    test_period_days: days.optional().describe('calendar days of each test window'),
    min_train_days: days.optional().describe('calendar days of training'),
    use_expanding_window: z.boolean().optional(),
    model_type: z
      .string()
      .min(1)
      .max(40)
      .optional()
      .describe('any model type; classifier is ridge with target direction, rl_agent is q_agent'),
    config: z
      .strictObject({
        symbol: requestedSymbol.optional(),
        timeframe: requestedTimeframe.optional(),
        target: writtenTarget.optional(),
        horizon: wholeNumber(1, 500, 'bars').optional(),
        period: z.enum(TRAIN_PERIODS).optional(),
        promote: z
          .boolean()
          .default(false)
          .describe('put the model in charge where the gate lets it pass; else it is a candidate'),
        min_composite_score: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe(
            'without a market and with ensemble, classifier or rl_agent: trains a model of what survives on contenders with at least this score (0.3 to 1); of no effect with a market, whose models learn from candles',
          ),
      })
      .default({ promote: false }),
    hyperparameter_search: z.boolean().default(false).describe('search hyper-parameters first'),
    n_trials: wholeNumber(1, 100_000, 'trials').default(50),
  })
  .meta({
    id: 'ClassicTrainingRequest',
    examples: [{ symbol: 'EURUSD', timeframe: 'H1', model_type: 'ridge' }],
  });

export type ClassicRequest = z.output<typeof classicSchema>;

/** What a request comes to, and what is to be said of it. */
export interface Translated {
  readonly submission: RawInput<'jobs.submit'>;
  readonly notes: readonly string[];
}

export interface Market {
  readonly symbol: string;
  readonly timeframe: string;
}

/** Kinds of models by what other systems call them. */
const KINDS: Readonly<Record<string, string>> = { [CLASSIFIER]: CLASSIFIER_TYPE };

/** Validation in folds, unless hyper-parameters are to be searched first: then it is a training. */
export function trainingStart(asked: ClassicRequest, markets: readonly Market[]): Translated {
  if (asked.hyperparameter_search) return modelTraining(asked, markets);
  const { market, model, notes } = named(asked, markets);
  const request: JobRequestInput = {
    kind: 'walk_forward',
    ...market,
    training_mode: asked.training_mode ?? 'quick',
    ...(asked.test_period_days !== undefined && { test_period_days: asked.test_period_days }),
    ...(asked.min_train_days !== undefined && { min_train_days: asked.min_train_days }),
    ...(asked.use_expanding_window !== undefined && { use_expanding_window: asked.use_expanding_window }),
    ...(model !== undefined && { model_type: model }),
  };
  for (const name of ['target', 'horizon', 'period'] as const) {
    if (asked.config[name] !== undefined) throw unfit(`config.${name}`, 'a validation in folds has its own');
  }
  return { submission: { request }, notes };
}

/** Trains a model and asks the gate; nothing is put in charge unless that is asked for. */
export function modelTraining(asked: ClassicRequest, markets: readonly Market[]): Translated {
  const learned = survivalTraining(asked);
  if (learned !== undefined) return learned;
  for (const name of ['test_period_days', 'min_train_days', 'use_expanding_window'] as const) {
    if (asked[name] !== undefined)
      throw unfit(name, 'a model that is trained is tested in windows of 60 days');
  }
  if (asked.training_mode === 'own') throw unfit('training_mode', 'own is what the gate asks in any case');
  const { market, model, notes } = named(asked, markets);
  const { horizon, period, promote } = asked.config;
  const target = asked.config.target ?? (model !== undefined && isAgent(model) ? 'return' : undefined);
  const request = {
    kind: 'production',
    ...market,
    model_type: model ?? 'xgboost',
    hyperparameter_search: asked.hyperparameter_search,
    n_trials: asked.n_trials,
    ...(asked.training_mode !== undefined && { training_mode: asked.training_mode }),
    ...(target !== undefined && { target }),
    ...(horizon !== undefined && { horizon }),
    ...(period !== undefined && { period }),
    dry_run: !promote,
  } as JobRequestInput;
  const label = (asked.model_type ?? 'xgboost').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return { submission: { request, ...(/^[a-z]/.test(label) && { label }) }, notes };
}

/** Where no market is named, and a composite score is: a model of what survives, which learns from backtests. */
function survivalTraining(asked: ClassicRequest): Translated | undefined {
  const { config, model_type: written, hyperparameter_search: isSearched, n_trials: trials } = asked;
  const { min_composite_score: score, promote, ...other } = config;
  const kind = readModelType(written ?? 'ensemble');
  const isOfAMarket = [asked.symbol, asked.timeframe, ...Object.values(other)].some(
    (value) => value !== undefined,
  );
  const type = SURVIVAL_MODEL_TYPES.find((name) => name === kind);
  if (score === undefined || isOfAMarket || type === undefined) return undefined;
  if (promote) throw unfit('config.promote', 'a model of what survives is promoted by "survival promote"');
  if (score < LEAST_COMPOSITE_SCORE)
    throw unfit('config.min_composite_score', `it is at least ${LEAST_COMPOSITE_SCORE}`);
  const request = {
    kind: 'survival',
    model_type: type,
    min_composite_score: score,
    n_trials: isSearched ? trials : 1,
  } as const;
  return { submission: { request }, notes: ['it is a model of what survives, since no market is named'] };
}

function named(asked: ClassicRequest, markets: readonly Market[]) {
  const { config, model_type: written } = asked;
  const symbol = asked.symbol ?? config.symbol;
  const timeframe = asked.timeframe ?? config.timeframe;
  const fitting = markets.filter(
    (one) => (symbol ?? one.symbol) === one.symbol && (timeframe ?? one.timeframe) === one.timeframe,
  );
  const [only] = fitting;
  const isWhole = symbol !== undefined && timeframe !== undefined;
  if (!isWhole && (only === undefined || fitting.length > 1)) {
    const there = (fitting.length === 0 ? markets : fitting).map((one) => `${one.symbol} ${one.timeframe}`);
    throw new EngineError(
      'invalid-input',
      `Name a market with symbol and timeframe: there ${there.length === 0 ? 'are no candles yet' : `is ${orList(there.slice(0, 12))}`}.`,
    );
  }
  const market = isWhole ? { symbol, timeframe } : { symbol: only!.symbol, timeframe: only!.timeframe };
  const kind = written?.trim().toLowerCase();
  const model = kind === undefined ? undefined : (KINDS[kind] ?? readModelType(kind));
  const notes = [
    ...(kind === undefined ? [] : [readingOf(kind) ?? []].flat()),
    ...(isWhole ? [] : [`the market is ${market.symbol} ${market.timeframe}, the only one that fits`]),
    ...(config.min_composite_score === undefined
      ? []
      : ['min_composite_score has no effect, since models learn from candles']),
  ];
  return { market, model, notes };
}

function unfit(name: string, why: string): EngineError {
  return new EngineError('invalid-input', `${name} can't be used here: ${why}. Leave it out.`);
}
