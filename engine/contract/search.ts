import { z } from 'zod';
import { EngineError, type Problem } from './errors.ts';
import { gridSpecSchema, withClassifier } from './grid.ts';
import { readModelType } from './model-type-names.ts';
import { foundText, plainWords, problemDetails, problemLines, problemsOf } from './problems.ts';
import { oneOf, wholeNumber } from './values.ts';

/** What trials are judged by over folds of the training window. */
export const FOLD_OBJECTIVES = ['spearman', 'rmse', 'roc_auc', 'log_loss', 'accuracy', 'f1'] as const;
export type FoldObjective = (typeof FOLD_OBJECTIVES)[number];

/** What the trials of a search are judged by; `sharpe`: each is a whole cell, and what its best strategy makes of the selection window. */
export const OBJECTIVES = [...FOLD_OBJECTIVES, 'sharpe'] as const;
export type Objective = (typeof OBJECTIVES)[number];

/** All others are better the higher they are. */
export const LOWER_IS_BETTER: ReadonlySet<Objective> = new Set(['rmse', 'log_loss']);

/**
 * Axes of a configuration that trials may vary beside the hyper-parameters, where each is a whole cell: what they come to on the
 * selection window compares, whatever their labels and features are.
 */
export const STRUCTURE = [
  'target',
  'take_profit',
  'stop_loss',
  'horizon',
  'days_history',
  'encoder',
] as const;
export type Structural = (typeof STRUCTURE)[number];

/** The names of lists in a grid file. */
export const STRUCTURE_LISTS: Readonly<Record<string, Structural>> = {
  targets: 'target',
  horizons: 'horizon',
  encoders: 'encoder',
};

export const SAMPLERS = ['tpe', 'random'] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** By what trials are given up before their last fold. */
export const PRUNERS = ['wilcoxon', 'median', 'none'] as const;
export type PrunerName = (typeof PRUNERS)[number];

const choice = z.union([z.number(), z.string().max(200), z.boolean()]);
const when = z
  .record(z.string().max(100), z.union([choice, z.array(choice).min(1)]))
  .refine(
    (conditions) => Object.keys(conditions).length === 1,
    'expected one other parameter with its values',
  )
  .optional();

const range = z.strictObject({
  type: oneOf('type', ['int', 'float']),
  low: z.number(),
  high: z.number(),
  log: z.boolean().default(false),
  when,
});
const choices = z.strictObject({
  type: z.literal('categorical'),
  choices: z.array(choice).min(1, 'expected at least one choice, found none'),
  when,
});

/** One hyper-parameter: a range, choices, or null where it is not searched. */
export type WrittenParameter = z.output<typeof range> | z.output<typeof choices>;

const written = z.unknown().transform((value, ctx): WrittenParameter | null => {
  if (value === null) return null;
  if (typeof value !== 'object') {
    ctx.addIssue({
      code: 'custom',
      message: `expected a range ({type: int, low: 3, high: 10}), a list of choices, or null to leave it alone, found ${foundText(value)}`,
    });
    return z.NEVER;
  }
  const given = Array.isArray(value) ? { type: 'categorical', choices: value } : value;
  const schema = (given as { readonly type?: unknown }).type === 'categorical' ? choices : range;
  const result = schema.safeParse(given, { error: plainWords });
  if (result.success) return result.data;
  for (const { path, message } of problemsOf(result.error, schema)) {
    ctx.addIssue({ code: 'custom', path: path === '' ? [] : path.split('.'), message });
  }
  return z.NEVER;
});

/** SEARCH.yaml: the axes of a grid, each combination of which is a study, and how its trials are made. */
export const searchSpecSchema = z.strictObject({
  ...gridSpecSchema.shape,
  /** Of each study. */
  trials: wholeNumber(1, 100_000, 'trials').default(100),
  sampler: oneOf('sampler', SAMPLERS).default('tpe'),
  /** Whether TPE draws the parameters that every trial has together. */
  multivariate: z.boolean().default(false),
  objective: oneOf('objective', OBJECTIVES).default('spearman'),
  folds: wholeNumber(2, 50, 'folds').default(4),
  pruner: oneOf('pruner', PRUNERS).default('wilcoxon'),
  /** Trials without a better one after which a study ends. */
  patience: wholeNumber(1, 100_000, 'trials').optional(),
  seed: wholeNumber(0, 4_294_967_295, 'seeds').default(1),
  /** Trials of a study that run at a time; part of what a seed stands for. As many as threads, where it is left out. */
  workers: wholeNumber(1, 256, 'workers').optional(),
  /** Per model type, what of its default space is other. */
  space: z
    .record(z.string().max(100), z.record(z.string().max(100), written))
    .transform((spaces) =>
      Object.fromEntries(Object.entries(spaces).map(([type, space]) => [readModelType(type), space])),
    )
    .optional(),
});

export type SearchSpec = z.output<typeof searchSpecSchema>;
export type SearchSpecInput = z.input<typeof searchSpecSchema>;

/** Reads a search as parsed from YAML or JSON; all its problems at once in one `grid-invalid` error. */
export function parseSearchSpec(raw: unknown, file?: string): SearchSpec {
  const result = searchSpecSchema.safeParse(withClassifier(raw), { error: plainWords });
  if (result.success) return result.data;
  throw searchError(problemsOf(result.error, searchSpecSchema), file);
}

/** `grid-invalid` with one line per problem. */
export function searchError(problems: readonly Problem[], file?: string): EngineError {
  const where = file ?? 'The search';
  const lines = problemLines(problems, (p) => `${p.path === '' ? '(whole file)' : p.path}: ${p.message}`);
  return new EngineError('grid-invalid', `${where} can't be used:\n${lines}`, {
    file,
    ...problemDetails(problems),
  });
}
