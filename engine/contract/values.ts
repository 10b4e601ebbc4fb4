import { z } from 'zod';
import { orList } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { foundText } from './problems.ts';
import { readTimeframe, TIMEFRAME_DOCUMENT, TIMEFRAMES, type Timeframe } from './timeframe.ts';

/** Values as people write them in grid files; each says in words what it expected. */

/** Lets a list of one be written without brackets. */
export function listOf<T extends z.ZodType>(item: T) {
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

export function oneOf<const T extends readonly [string, ...string[]]>(kind: string, names: T) {
  return z.enum(names, {
    error: ({ input }) =>
      `${foundText(input)} is no ${kind}. Use ${orList(names)}.${didYouMean(String(input), names)}`,
  });
}

export function wholeNumber(min: number, max: number, unit: string) {
  const error = (issue: { readonly input?: unknown }) =>
    `expected a whole number of ${unit} from ${min} to ${max}, found ${foundText(issue.input)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export const writtenTimeframe = z
  .unknown()
  .transform((value, ctx): Timeframe => {
    const timeframe = typeof value === 'string' ? readTimeframe(value) : undefined;
    if (timeframe !== undefined) return timeframe;
    ctx.addIssue({
      code: 'custom',
      message: `${foundText(value)} is no timeframe. Use ${orList(TIMEFRAMES)}.`,
    });
    return z.NEVER;
  })
  .meta(TIMEFRAME_DOCUMENT);

export const writtenSymbol = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'a symbol has 1 to 32 letters, digits, dots, underscores or dashes')
  .transform((s) => s.toUpperCase());
