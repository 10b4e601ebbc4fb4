import { z } from 'zod';
import { type ErrorDetails, orList, type Problem } from './errors.ts';
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

/** Problems that an answer lists; of the rest it tells the number. */
export const MOST_PROBLEMS = 20;

/** Lines of a message for problems: each by itself, or with `line` in other words. */
export function problemLines<P extends Problem>(
  problems: readonly P[],
  line = ({ path, message }: P) => (path === '' ? message : `${path}: ${message}`),
): string {
  const lines = problems.slice(0, MOST_PROBLEMS).map((problem) => `  ${shortened(line(problem))}`);
  if (problems.length > MOST_PROBLEMS) lines.push(`  and ${problems.length - MOST_PROBLEMS} more`);
  return lines.join('\n');
}

const LONGEST_LINE = 1000;

/** A value of the input that a problem quotes may be as long as the input. */
function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line;
}

/** `details` of an error with problems: the first of them, and how many there are if that is more. */
export function problemDetails(
  problems: readonly Problem[],
): Pick<ErrorDetails, 'problems' | 'problemCount'> {
  if (problems.length <= MOST_PROBLEMS) return { problems };
  return { problems: problems.slice(0, MOST_PROBLEMS), problemCount: problems.length };
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

/**
 * Words for what a schema has none of its own for; zod's are a programmer's. To be passed to `safeParse` as `error`.
 * A coerced number that is none arrives here as NaN, with nothing left of what was typed.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  const found = Number.isNaN(issue.input) ? '' : `, found ${foundText(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KIND_TEXT[issue.expected] ?? issue.expected}${found}`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : '';
      return `expected ${orList(values)}${found}${hint && `.${hint}`}`;
    }
    case 'too_small':
    case 'too_big': {
      const [limit, inside, outside] =
        issue.code === 'too_small'
          ? [issue.minimum, 'at least', 'more than']
          : [issue.maximum, 'at most', 'less than'];
      const unit = UNIT_TEXT[issue.origin] ?? '';
      return `expected ${issue.inclusive ? inside : outside} ${limit}${unit}${found}`;
    }
    case 'invalid_format':
      return issue.format === 'date' ? `expected a date such as 2024-01-31${found}` : undefined;
    default:
      return undefined;
  }
}

const UNIT_TEXT: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

const KIND_TEXT: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section of keys',
  record: 'a section of keys',
};

/** What zod found wrong with a value of `schema`: one problem per place, an unknown key with the nearest known one. */
export function problemsOf(error: z.ZodError, schema: z.ZodType): PlacedProblem[] {
  let compared = 0;
  return error.issues.flatMap((issue): PlacedProblem[] => {
    const keys = issue.path.filter((key) => typeof key !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, keys);
      // Nobody is shown more than the first, and to find the nearest name takes longer than all else.
      return issue.keys.map((key) =>
        placed([...keys, key], compared++ < MOST_PROBLEMS ? unknownKey(key, known) : 'unknown key'),
      );
    }
    if (issue.code === 'invalid_key') return [placed(keys, issue.issues[0]?.message ?? issue.message)];
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

/** The keys that the object schema, or the record with a closed set of keys, at `path` knows. */
function keysAt(schema: unknown, path: readonly (string | number)[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return keysAt(schema.unwrap(), path);
  // The checks of `z.preprocess` stand behind its transform, those of `.transform()` before it.
  if (schema instanceof z.ZodPipe) {
    return keysAt(schema.in instanceof z.ZodTransform ? schema.out : schema.in, path);
  }
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (schema instanceof z.ZodRecord) {
    if (key !== undefined) return keysAt(schema.valueType, rest);
    return schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[key], rest);
}

/** `['horizons', 2]` as `horizons[2]`; keys that are too long to be read are cut. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = String(key);
    const shown = name.length > LONGEST_KEY ? `${name.slice(0, LONGEST_KEY)}...` : name;
    return text === '' ? shown : `${text}.${shown}`;
  }, '');
}

const LONGEST_KEY = 60;
