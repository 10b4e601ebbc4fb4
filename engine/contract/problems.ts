import { z } from 'zod';
import { orList, type Problem } from './errors.ts';
import { didYouMean } from './nearest.ts';

/** A problem and the place it stands at, as keys from the root. */
export interface PlacedProblem extends Problem {
  readonly keys: readonly (string | number)[];
}

/** A value as a message quotes it: short, and in whole words where it is no plain value. */
export function foundText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a section of keys';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Error of a schema, as zod's `error` wants it: what was expected and what was found. */
export function expected(what: string) {
  return (issue: { readonly input?: unknown }): string => `expected ${what}, found ${foundText(issue.input)}`;
}

/** The error of an object schema that is given something else; unknown keys are worded by `problemsOf`. */
export function expectedObject(what: string) {
  return (issue: { readonly code?: string; readonly input?: unknown }): string | undefined =>
    issue.code === 'invalid_type' ? `expected ${what}, found ${foundText(issue.input)}` : undefined;
}

/** What zod found wrong with a value of `schema`: one problem per place, an unknown key with the nearest known one. */
export function problemsOf(error: z.ZodError, schema: z.ZodType): PlacedProblem[] {
  return error.issues.flatMap((issue): PlacedProblem[] => {
    const keys = issue.path.filter((key) => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, keys);
      return issue.keys.map((key) => placed([...keys, key], unknownKey(key, known)));
    }
    if (issue.code === 'invalid_key') return [placed(keys, issue.issues[0].message)];
    return [placed(keys, issue.message)];
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = didYouMean(key, known);
  return `unknown key.${nearest === '' ? ` Use ${orList(known)}.` : nearest}`;
}

function placed(keys: readonly (string | number)[], message: string): PlacedProblem {
  return { keys, path: formatPath(keys), message };
}

/** The keys that the object schema at `path` knows. */
function keysAt(schema: unknown, path: readonly (string | number)[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysAt(schema.in, path);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (schema instanceof z.ZodRecord) return keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[key], rest);
}

/** `['horizons', 2]` as `horizons[2]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );
}
