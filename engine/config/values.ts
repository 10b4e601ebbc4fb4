import { z } from 'zod';
import { orList } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';
import { expected, expectedObject, foundText } from '../contract/problems.ts';

/** Kinds of values that a configuration has, each with what is said where it is another. */

export function integer(min: number, max: number, what = `a whole number from ${min} to ${max}`) {
  const error = expected(what);
  return z.number({ error }).int({ error, abort: true }).min(min, { error }).max(max, { error });
}

export function number(min: number, max: number, what = `a number from ${min} to ${max}`) {
  const error = expected(what);
  return z.number({ error }).min(min, { error }).max(max, { error });
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, {
    error: (issue) => {
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, names) : '';
      return expected(orList(names))(issue) + (hint && `.${hint}`);
    },
  });
}

export const flag = z.boolean({ error: expected('true or false') });

export function section<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, { error: expectedObject('a section of keys') });
}

/** A list of 1 to `maxLength` distinct values. */
export function axis<T extends z.ZodType>(item: T, maxLength: number) {
  return z.array(item, { error: expected('a list') }).superRefine((values, ctx) => {
    if (values.length < 1 || values.length > maxLength) {
      const message = `expected 1 to ${maxLength} values, found ${values.length}`;
      ctx.addIssue({ code: 'custom', message });
    }
    values.forEach((value, index) => {
      const first = values.indexOf(value);
      if (first === index) return;
      const message = `${foundText(value)} is in the list already, at position ${first + 1}`;
      ctx.addIssue({ code: 'custom', path: [index], message });
    });
  });
}

export const symbolName = z.string().regex(/^[A-Z0-9._-]{1,32}$/, {
  error: 'expected a symbol of 1 to 32 capital letters, digits, dots, underscores or dashes',
});
