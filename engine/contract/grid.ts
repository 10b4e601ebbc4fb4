import { z } from 'zod';
import { EngineError, orList, type Problem } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { foundText, plainWords, problemsOf } from './problems.ts';
import { readTimeframe, TIMEFRAMES, type Timeframe } from './timeframe.ts';
import { ENCODERS, INDICATORS } from './words.ts';

/** Lets a list of one be written without brackets. */
function listOf<T extends z.ZodType>(item: T) {
  const list = z.array(item, {
    error: ({ input }) =>
      input === undefined || input === null
        ? 'expected a value or a list of values, found nothing'
        : `expected a list, found ${foundText(input)}`,
  });
  return z.preprocess(
    (v) => (v === undefined || v === null || Array.isArray(v) ? v : [v]),
    list.min(1, 'expected at least one entry, found an empty list'),
  );
}

function oneOf<const T extends readonly [string, ...string[]]>(kind: string, names: T) {
  return z.enum(names, {
    error: ({ input }) =>
      `${foundText(input)} is no ${kind}. Use ${orList(names)}.${didYouMean(String(input), names)}`,
  });
}

function wholeNumber(min: number, max: number, unit: string) {
  const error = (issue: { readonly input?: unknown }) =>
    `expected a whole number of ${unit} from ${min} to ${max}, found ${foundText(issue.input)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

const timeframeSchema = z.unknown().transform((value, ctx): Timeframe => {
  const timeframe = typeof value === 'string' ? readTimeframe(value) : undefined;
  if (timeframe !== undefined) return timeframe;
  ctx.addIssue({
    code: 'custom',
    message: `${foundText(value)} is no timeframe. Use ${orList(TIMEFRAMES)}.`,
  });
  return z.NEVER;
});

const symbolSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'a symbol has 1 to 32 letters, digits, dots, underscores or dashes')
  .transform((s) => s.toUpperCase());

const hyperparameterValue = z.union([z.number(), z.string(), z.boolean()]);

/** The most bytes that are read of a GRID.yaml or a configuration: far more than a person writes. */
export const YAML_BYTES = 256 * 1024;

/** GRID.yaml: the axes of a training grid. Every list is an axis; their product is the set of configurations. */
export const gridSpecSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  /** Names of the model registry; checked there, so that this page need not know them. */
  model_types: listOf(z.string()),
  symbols: listOf(symbolSchema),
  timeframes: listOf(timeframeSchema),
  /** Calendar days of the training window. */
  days_history: listOf(wholeNumber(5, 3650, 'days')),
  /** Bars that a prediction looks ahead. */
  horizons: listOf(wholeNumber(1, 500, 'bars')),
  encoders: listOf(oneOf('encoder', ENCODERS)).default(['normalized']),
  /** Timeframes per indicator; left out: all indicators on the cell's own timeframe, some one step up. */
  indicator_timeframes: z.partialRecord(oneOf('indicator', INDICATORS), listOf(timeframeSchema)).optional(),
  /** Per model type: fixed values, or lists that become further axes. */
  hyperparameters: z
    .record(
      z.string(),
      z.record(z.string(), z.union([hyperparameterValue, z.array(hyperparameterValue).min(1)])),
    )
    .optional(),
});

export type GridSpec = z.output<typeof gridSpecSchema>;
export type GridSpecInput = z.input<typeof gridSpecSchema>;

/** Reads a grid as parsed from YAML or JSON; all its problems at once in one `grid-invalid` error. */
export function parseGridSpec(raw: unknown, file?: string): GridSpec {
  const result = gridSpecSchema.safeParse(raw, { error: plainWords });
  if (result.success) return result.data;
  const problems = problemsOf(result.error, gridSpecSchema);
  throw gridError(problems, file);
}

/** `grid-invalid` with one line per problem. */
export function gridError(problems: readonly Problem[], file?: string): EngineError {
  const where = file === undefined ? 'The grid' : file;
  const lines = problems.map((p) => `  ${p.path === '' ? '(whole file)' : p.path}: ${p.message}`);
  return new EngineError('grid-invalid', `${where} can't be used:\n${lines.join('\n')}`, { file, problems });
}
