import { z } from 'zod';
import { AXES, type Axes, type AxisTable } from './axes.ts';
import { EngineError, type ErrorDetails, type Problem } from './errors.ts';
import { hyperparameterAxesSchema } from './hyperparameters.ts';
import { CLASSIFIER, CLASSIFIER_TYPE, readModelType } from './model-type-names.ts';
import { plainWords, problemDetails, problemLines, problemsOf } from './problems.ts';
import { listOf, oneOf, writtenTimeframe } from './values.ts';
import { INDICATORS } from './words.ts';

type ListOf<T extends z.ZodType> = ReturnType<typeof listOf<T>>;

/** Axes that a grid lists under their plural. */
type Lists = {
  -readonly [K in keyof Axes as Axes[K] extends { grid: { key: infer Key extends string } }
    ? Key
    : never]: Axes[K] extends { grid: { value: infer V extends z.ZodType; initial: readonly unknown[] } }
    ? z.ZodDefault<ListOf<V>>
    : Axes[K] extends { grid: { value: infer V extends z.ZodType } }
      ? ListOf<V>
      : never;
};

function listsOf(axes: AxisTable): Lists {
  const fields = Object.values(axes).flatMap(({ grid }) => {
    if (grid === undefined) return [];
    const list = listOf(grid.value);
    return [[grid.key, grid.initial === undefined ? list : list.default([...grid.initial])] as const];
  });
  return Object.fromEntries(fields) as unknown as Lists;
}

/** Keys by the names that model types are stored under; one that is there under two names is a mistake. */
function byModelType<T>(given: Record<string, T>, ctx: z.RefinementCtx): Record<string, T> {
  const named: Record<string, T> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = readModelType(key);
    if (Object.hasOwn(named, name)) {
      ctx.addIssue({
        code: 'custom',
        path: [key],
        message: `the hyper-parameters of ${name} are there twice`,
      });
    }
    named[name] = value;
  }
  return named;
}

/** The axes that a grid lists, by their plural. */
export type GridLists = {
  readonly [K in keyof Lists]: readonly z.output<Lists[K]>[number][];
};

/** The most bytes that are read of a GRID.yaml or a configuration: far more than a person writes. */
export const YAML_BYTES = 256 * 1024;

/** GRID.yaml: the axes of a training grid. Every list is an axis; their product is the set of configurations. */
export const gridSpecSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  ...listsOf(AXES),
  /** Timeframes per indicator; left out: all indicators on the cell's own timeframe, some one step up. */
  indicator_timeframes: z.partialRecord(oneOf('indicator', INDICATORS), listOf(writtenTimeframe)).optional(),
  /** Per model type: fixed values, or lists that become further axes; of targets with two models both, or each in a section. */
  hyperparameters: z.record(z.string(), hyperparameterAxesSchema).transform(byModelType).optional(),
});

export type GridSpec = z.output<typeof gridSpecSchema>;
export type GridSpecInput = z.input<typeof gridSpecSchema>;

/** Reads a grid as parsed from YAML or JSON; all its problems at once in one `grid-invalid` error. */
export function parseGridSpec(raw: unknown, file?: string): GridSpec {
  const result = gridSpecSchema.safeParse(withClassifier(raw), { error: plainWords });
  if (result.success) return result.data;
  const problems = problemsOf(result.error, gridSpecSchema);
  throw gridError(problems, file);
}

/**
 * `classifier` among model types is a type with target direction, which is then the grid's, unless it lists targets. Beside other types
 * that would be theirs, too: then targets have to be listed.
 */
export function withClassifier(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { model_types: given, targets } = raw as Record<string, unknown>;
  const types: unknown[] = Array.isArray(given) ? given : [given];
  const isClassifier = (name: unknown) => typeof name === 'string' && readModelType(name) === CLASSIFIER;
  if (!types.some(isClassifier) || (targets === undefined && !types.every(isClassifier))) return raw;
  return {
    ...raw,
    model_types: types.map((name) => (isClassifier(name) ? CLASSIFIER_TYPE : name)),
    targets: targets ?? ['direction'],
  };
}

/** The same of a grid that came as JSON: one that learns the return alone, as if it listed no target, learns the direction. */
export function readClassifier(spec: GridSpec): GridSpec {
  const { targets, ...rest } = spec;
  // A grid that was stored before there were targets lists none.
  const isListed =
    (targets as GridSpec['targets'] | undefined)?.some((target) => target !== 'return') ?? false;
  const given = isListed ? spec : rest;
  const read = withClassifier(given);
  return read === given ? spec : (read as GridSpec);
}

/** `grid-invalid` with one line per problem. */
export function gridError(
  problems: readonly Problem[],
  file?: string,
  details: ErrorDetails = {},
): EngineError {
  const where = file === undefined ? 'The grid' : file;
  const lines = problemLines(problems, (p) => `${p.path === '' ? '(whole file)' : p.path}: ${p.message}`);
  return new EngineError('grid-invalid', `${where} can't be used:\n${lines}`, {
    ...details,
    file,
    ...problemDetails(problems),
  });
}
