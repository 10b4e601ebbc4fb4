import { z } from 'zod';
import type { ConfigurationColumns } from '../cells/columns.ts';
import type { Axes, AxisWith } from '../contract/axes.ts';
import { AXIS_LIST, configurationSchema } from '../contract/configuration.ts';
import { JOB_KINDS, QUEUE_STATES } from '../contract/dto/index.ts';
import { ENSEMBLE_METHODS, STRATEGY_METHODS } from '../contract/words.ts';

/**
 * What a checkpoint's lines hold. Rows keep the names that their columns have in the database; runs are named by their
 * UUID, since numbers may differ in the workspace that they come back to.
 */

const text = z.string();
const number = z.number();
const integer = z.int();
const flag = z.union([z.literal(0), z.literal(1)]);
const jsonText = text.refine(isJson);

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

const specShape = z.looseObject({
  model_types: z.array(text).optional(),
  symbols: z.array(text).optional(),
  timeframes: z.array(text).optional(),
  encoders: z.array(text).optional(),
  days_history: z.array(number).optional(),
  horizons: z.array(number).optional(),
  indicator_timeframes: z.record(text, z.array(text)).optional(),
  hyperparameters: z.record(text, z.record(text, z.unknown())).optional(),
});

/**
 * A grid as any version wrote it, key by key in its order: what today's version makes of it is found out when it is trained.
 */
const specSchema = z.record(z.string(), z.unknown()).superRefine((spec, ctx) => {
  for (const { path, message } of specShape.safeParse(spec).error?.issues ?? []) {
    ctx.addIssue({ code: 'custom', path: [...path], message });
  }
});

export const headerSchema = z.object({
  /** Of this queue's checkpoints, from 1; orders them even when the clock was set back. */
  sequence: integer.positive(),
  created_at: z.iso.datetime(),
  queue: z.strictObject({
    id: integer.positive(),
    name: text,
    priority: integer,
    spec: specSchema,
    state: z.enum(QUEUE_STATES),
    created_at: integer,
    started_at: integer.nullable(),
    retrain: flag.default(0),
    /** Not in checkpoints from before there were others than grids. */
    kind: z.enum(JOB_KINDS).default('grid'),
  }),
  /** Index of the first cell still to train; null when none is left. */
  current_index: integer.nullable(),
  statistics: z.strictObject({
    total: integer,
    completed: integer,
    failed: integer,
    skipped: integer,
    pending: integer,
    kept: integer,
    deleted: integer,
    seconds: number,
  }),
});

export const cellSchema = z.strictObject({
  index: integer.min(0),
  config_hash: text,
  run_key: text,
  state: z.enum(['pending', 'completed', 'failed', 'skipped']),
  run: text.nullable(),
  /** Not in checkpoints of the first release. */
  as_of: integer.nullable().default(null),
});

/** A configuration that cells and runs name by its hash. */
export const configurationLineSchema = z.strictObject({
  config_hash: text,
  configuration: configurationSchema,
});

const figure = number.nullable();
/** Not in checkpoints of the first release. */
const newFigure = figure.default(null);

const evaluated = {
  strategy_index: integer,
  sharpe: figure,
  sharpe_error: newFigure,
  sortino: newFigure,
  max_drawdown: figure,
  calmar: newFigure,
  win_rate: figure,
  profit_factor: figure,
  expectancy: newFigure,
  total_return: figure,
  trades: integer,
  exposure: newFigure,
  longest_losing_streak: newFigure,
  composite: newFigure,
  roi: newFigure,
  average_win: newFigure,
  average_loss: newFigure,
  kelly: newFigure,
  kelly_error: newFigure,
  score_result: newFigure,
  score_stake: newFigure,
  score_profit: newFigure,
  score_wins: newFigure,
  score_run_up: newFigure,
  holdout_sharpe: figure,
  holdout_sharpe_error: newFigure,
  holdout_max_drawdown: figure,
  holdout_win_rate: figure,
  holdout_profit_factor: newFigure,
  holdout_total_return: newFigure,
  holdout_trades: integer,
  holdout_composite: newFigure,
};

/** In the first release a figure without a trade was 0. */
function withoutEmptyFigures(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || 'sharpe_error' in item) return item;
  const row = item as Record<string, unknown>;
  return {
    ...row,
    ...(row.trades === 0 ? { sharpe: null, max_drawdown: null, win_rate: null, total_return: null } : {}),
    ...(row.holdout_trades === 0
      ? { holdout_sharpe: null, holdout_max_drawdown: null, holdout_win_rate: null }
      : {}),
  };
}

const strategySchema = z.preprocess(
  withoutEmptyFigures,
  z.strictObject({
    ...evaluated,
    /** By Sharpe ratio; not in checkpoints of the first release, see `ranked`. */
    rank: integer.nullable().optional(),
    prediction_method: z.enum(STRATEGY_METHODS),
    ensemble_method: z.enum(ENSEMBLE_METHODS),
    confidence_threshold: number,
    lookback_window: integer,
  }),
);

type CheckpointStrategy = z.output<typeof strategySchema>;

const BEST_STRATEGIES = 10;

/** Strategies with their ranks; of the first release only the best ten and champions were stored, too. */
function ranked(
  strategies: readonly CheckpointStrategy[],
): (CheckpointStrategy & { readonly rank: number | null })[] {
  const places = [...strategies].sort(
    (a, b) =>
      (b.sharpe ?? Number.NEGATIVE_INFINITY) - (a.sharpe ?? Number.NEGATIVE_INFINITY) ||
      a.strategy_index - b.strategy_index,
  );
  return strategies.map((strategy) => {
    const place = places.indexOf(strategy) + 1;
    return {
      ...strategy,
      rank: strategy.rank ?? (place <= BEST_STRATEGIES && strategy.rank === undefined ? place : null),
    };
  });
}

const auditSchema = z.strictObject({
  at: integer,
  symbol: text,
  timeframe: text,
  regime: text,
  decision: text,
  strategy_index: integer.nullable(),
  /** UUID of the run that was compared with. */
  old_run: text.nullable(),
  old_score: number.nullable(),
  /** Not in checkpoints of the first release, where scores were compared as they were stored. */
  old_stored_score: number.nullable().optional(),
  new_score: number.nullable(),
  /** Not in checkpoints of the first release. */
  old_score_error: newFigure,
  new_score_error: newFigure,
  margin: number.nullable(),
  trades: integer.nullable(),
  reason: text,
});

export const championSchema = z.preprocess(
  withoutEmptyFigures,
  z.strictObject({
    ...evaluated,
    run: text,
    symbol: text,
    timeframe: text,
    regime: text,
    /** JSON has no infinity; in the first release a profit factor without losing trades was one. */
    score: z.union([number, z.literal('Infinity')]),
    /** Not in checkpoints of the first release. */
    stale: text.nullable().default(null),
    basis: text.nullable().default(null),
    achieved_at: integer,
    luck_score: newFigure,
    skewness: newFigure,
    kurtosis: newFigure,
  }),
);

/**
 * Large, and as they were written: the file's checksum says so. To go through each byte again would take longer than all else.
 * Versions 1 and 2 have them in base64.
 */
const bytes = z.union([
  z.instanceof(Uint8Array),
  text.transform((base64): Uint8Array => Buffer.from(base64, 'base64')),
]);

export const modelSchema = z.strictObject({ run: text, file: text, bytes });

/** Who is champion no more; not in versions 1 and 2, which are written whole. */
export const formerChampionSchema = z.strictObject({
  gone: z.strictObject({ run: text, symbol: text, timeframe: text, regime: text }),
});

/** What changes of a run after it was written; not in versions 1 and 2. */
export const runStateSchema = z.strictObject({
  run: text,
  kept: flag,
  artifact_file: text.nullable(),
  artifact_bytes: integer,
});

/** What a line of a run begins with. */
export const runIdentitySchema = z.object({ id: integer.positive(), uuid: text });

/** Version 1 spelled two names otherwise. */
function withTodaysNames(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || !('artefact_file' in item)) return item;
  const {
    artefact_file: artifact_file,
    artefact_bytes: artifact_bytes,
    ...run
  } = item as Record<string, unknown>;
  return { ...run, artifact_file, artifact_bytes };
}

type ColumnSchemas = {
  -readonly [K in AxisWith<{ column: string }> as Axes[K]['name']]: z.ZodType<
    ConfigurationColumns[Axes[K]['name']]
  >;
};

/** The columns of a run's configuration. One that came later starts with what its axis starts with. */
const configurationColumns = Object.fromEntries(
  AXIS_LIST.flatMap(({ name, column, schema, initial }) => {
    if (column === undefined) return [];
    const stored: z.ZodType = column === 'json' ? jsonText : schema;
    const first = column === 'json' ? JSON.stringify(initial) : initial;
    return [[name, initial === undefined ? stored : stored.default(first)]];
  }),
) as unknown as ColumnSchemas;

const todaysRunSchema = z.strictObject({
  id: integer.positive(),
  uuid: text,
  run_key: text,
  /** Not in checkpoints of the first release. */
  training_key: text.nullable().default(null),
  evaluation_keys: text.nullable().default(null),
  attempt: integer,
  config_hash: text,
  ...configurationColumns,
  synthetic: flag,
  basis: jsonText,
  status: z.enum(['completed', 'failed']),
  kept: flag,
  train_rows: integer.nullable(),
  rmse: number.nullable(),
  mae: number.nullable(),
  r2: number.nullable(),
  rank_ic: number.nullable(),
  best_sharpe: number.nullable(),
  strategies_tested: integer,
  /** Not since version 4: a run is evaluated, or trained, again to the same bits. */
  results: bytes.nullable().default(null),
  /** By which a table that is still there is told to be the run's own; since version 4. */
  results_digest: text.nullable().default(null),
  /** Not in checkpoints of the first release. */
  tries: jsonText.nullable().default(null),
  selection: jsonText.nullable().default(null),
  importance: jsonText.nullable(),
  /** Of targets other than the return alone. */
  left_out: jsonText.nullable().default(null),
  artifact_file: text.nullable(),
  artifact_bytes: integer,
  error: jsonText.nullable(),
  created_at: integer,
  seconds: number,
  strategies: z.array(strategySchema).transform(ranked),
  audit: z.array(
    auditSchema.transform((row) => ({ ...row, old_stored_score: row.old_stored_score ?? row.old_score })),
  ),
});

export const runSchema = z.preprocess(withTodaysNames, todaysRunSchema);

/** As they are written. */
export type ConfigurationItem = z.input<typeof configurationLineSchema>;
export type ChampionItem = z.output<typeof championSchema>;
export type RunItem = z.input<typeof todaysRunSchema>;

export type CheckpointRunState = z.output<typeof runStateSchema>;
export type CheckpointHeader = z.output<typeof headerSchema>;
export type CheckpointConfiguration = z.output<typeof configurationLineSchema>;
export type CheckpointCell = z.output<typeof cellSchema>;
export type CheckpointChampion = z.output<typeof championSchema>;
export type CheckpointModel = z.output<typeof modelSchema>;
export type CheckpointRunIdentity = z.output<typeof runIdentitySchema>;
export type CheckpointRun = z.output<typeof runSchema>;
