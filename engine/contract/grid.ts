import { z } from 'zod';
import { EngineError, orList, type Problem } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { readTimeframe, TIMEFRAMES, type Timeframe } from './timeframe.ts';
import { ENCODERS, INDICATORS } from './words.ts';

/** Lets a list of one be written without brackets. */
function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(item).min(1));
}

function nameOf<const T extends readonly [string, ...string[]]>(kind: string, names: T) {
  return z.enum(names, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} is no ${kind}. Use ${orList(names)}.${didYouMean(String(issue.input), names)}`,
  });
}

const timeframeSchema = z.unknown().transform((value, ctx): Timeframe => {
  const timeframe = typeof value === 'string' ? readTimeframe(value) : undefined;
  if (timeframe !== undefined) return timeframe;
  ctx.addIssue({
    code: 'custom',
    message: `${JSON.stringify(value)} is no timeframe. Use ${orList(TIMEFRAMES)}.`,
  });
  return z.NEVER;
});

const symbolSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'a symbol has 1 to 32 letters, digits, dots, underscores or dashes')
  .transform((s) => s.toUpperCase());

const hyperparameterValue = z.union([z.number(), z.string(), z.boolean()]);

/** GRID.yaml: the axes of a training grid. Every list is an axis; their product is the set of configurations. */
export const gridSpecSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  /** Names of the model registry; checked there, so that this page need not know them. */
  model_types: listOf(z.string()),
  symbols: listOf(symbolSchema),
  timeframes: listOf(timeframeSchema),
  /** Calendar days of the training window. */
  days_history: listOf(z.int().min(5).max(3650)),
  /** Bars that a prediction looks ahead. */
  horizons: listOf(z.int().min(1).max(500)),
  encoders: listOf(nameOf('encoder', ENCODERS)).default(['normalized']),
  /** Timeframes per indicator; left out: all indicators on the cell's own timeframe, some one step up. */
  indicator_timeframes: z.partialRecord(nameOf('indicator', INDICATORS), listOf(timeframeSchema)).optional(),
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

const GRID_KEYS = Object.keys(gridSpecSchema.shape);

/** Reads a grid as parsed from YAML or JSON; all its problems at once in one `grid-invalid` error. */
export function parseGridSpec(raw: unknown, file?: string): GridSpec {
  const result = gridSpecSchema.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        message: `unknown key.${didYouMean(key, GRID_KEYS)}`,
      }));
    }
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    return [{ path: formatPath(issue.path), message: missing ? 'required, but missing' : issue.message }];
  });
  throw gridError(problems, file);
}

/** `grid-invalid` with one line per problem. */
export function gridError(problems: readonly Problem[], file?: string): EngineError {
  const where = file === undefined ? 'The grid' : file;
  const lines = problems.map((p) => `  ${p.path === '' ? '(whole file)' : p.path}: ${p.message}`);
  return new EngineError('grid-invalid', `${where} can't be used:\n${lines.join('\n')}`, { file, problems });
}

/** `['horizons', 2]` as `horizons[2]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );
}
