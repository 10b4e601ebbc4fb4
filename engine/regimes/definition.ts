import { z } from 'zod';
import { EngineError, orList, type Problem } from '../contract/errors.ts';
import {
  expected,
  expectedObject,
  formatPath,
  MOST_PROBLEMS,
  problemDetails,
  problemLines,
  problemsOf,
} from '../contract/problems.ts';
import { REGIME_MEASURES, type RegimeMeasure, UNCLASSIFIED } from '../contract/words.ts';
import { digestOf } from '../identity/digest.ts';
import { formatRule, parseRule } from './rules.ts';

/** A regime as it is stored and shown. A bar is in the first active regime whose rules all hold. */
export interface RegimeDefinition {
  /** Unique, snake_case. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly active: boolean;
  /** One rule per measure, in `formatRule`'s spelling. */
  readonly rules: Readonly<Partial<Record<RegimeMeasure, string>>>;
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const nameError = expected('a name of 1 to 40 small letters, digits and underscores, a letter first');
const ruleError = expected('a rule in quotes such as "> 0.7", or a list of them');

const ruleText = z.string({ error: ruleError });

/** Several conditions on one measure: joined by `and`, or as a list. */
const ruleSchema = z
  .union([ruleText, z.array(ruleText).min(1)], { error: ruleError })
  .transform((texts, ctx): string => {
    try {
      return formatRule([texts].flat().flatMap(parseRule));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

const rulesSchema = z
  .strictObject(
    Object.fromEntries(REGIME_MEASURES.map((measure) => [measure, ruleSchema.exactOptional()])) as Record<
      RegimeMeasure,
      z.ZodExactOptional<typeof ruleSchema>
    >,
    { error: expectedObject('measures and their rules') },
  )
  .superRefine((rules, ctx) => {
    // A mistyped measure is a problem of its own, not the lack of one.
    if (Object.keys(rules).length > 0 || ctx.issues.length > 0) return;
    ctx.addIssue({ code: 'custom', message: `expected at least one rule, on ${orList(REGIME_MEASURES)}` });
  });

function text(limit: number) {
  const error = expected(`text of at most ${limit} characters`);
  return z.string({ error }).trim().max(limit, { error });
}

/** A regime at the edge: as written in a configuration file or sent by a client. */
export const regimeSchema = z
  .strictObject(
    {
      name: z
        .string({ error: nameError })
        .regex(NAME, { error: nameError })
        .refine((name) => name !== UNCLASSIFIED, {
          error: `"${UNCLASSIFIED}" is the name of bars in no regime; choose another`,
        }),
      /** Left out: the name in words. */
      title: text(60).optional(),
      description: text(500).default(''),
      active: z.boolean({ error: expected('true or false') }).default(true),
      rules: rulesSchema,
    },
    { error: expectedObject('a regime') },
  )
  .transform((raw): RegimeDefinition => ({ ...raw, title: raw.title || titleOf(raw.name) }));

/** Labels are one byte per bar and the highest stands for no regime; a list this long helps nobody anyway. */
const MAX_REGIMES = 100;

/** All regimes of a workspace, in the order in which they are tried. */
export const regimesSchema = z
  .array(regimeSchema, { error: expected('a list of regimes') })
  .superRefine((regimes, ctx) => {
    if (regimes.length > MAX_REGIMES) {
      const message = `expected at most ${MAX_REGIMES} regimes, found ${regimes.length}`;
      ctx.addIssue({ code: 'custom', message });
    }
    const seen = new Map<string, number>();
    regimes.forEach(({ name }, index) => {
      const earlier = seen.get(name);
      if (earlier === undefined) seen.set(name, index);
      else {
        const message = `"${name}" is already the name of regime ${earlier + 1} in the list`;
        ctx.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
    });
  });

/** Checks one regime; throws `invalid-input` with all its problems. That its name is free is the store's to know. */
export function parseRegime(raw: unknown): RegimeDefinition {
  const result = regimeSchema.safeParse(raw);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, regimeSchema).map(({ path, message }) => ({ path, message }));
  throw new EngineError(
    'invalid-input',
    `The regime can't be used:\n${problemLines(problems)}`,
    problemDetails(problems),
  );
}

/** Checks all regimes of a workspace; throws `invalid-input` with all problems, at paths such as `regimes[2].name`. */
export function parseRegimes(raw: unknown): RegimeDefinition[] {
  const result = regimesSchema.safeParse(raw);
  if (result.success) return result.data;
  const problems = problemsIn(result.error);
  throw new EngineError(
    'invalid-input',
    `The regimes can't be used:\n${problemLines(problems)}`,
    problemDetails(problems),
  );
}

/** What `parseRegimes` would complain of; nothing where the regimes can be used. */
export function regimeProblems(raw: unknown): readonly Problem[] {
  const result = regimesSchema.safeParse(raw);
  return result.success ? [] : problemsIn(result.error).slice(0, MOST_PROBLEMS);
}

function problemsIn(error: z.ZodError): Problem[] {
  return problemsOf(error, regimesSchema).map(({ keys, message }) => ({
    path: formatPath(['regimes', ...keys]),
    message,
  }));
}

/**
 * Hex SHA-256 of what decides the labels, for the run key: the active regimes in their order, each with its rules.
 * Titles, descriptions, inactive regimes, and the order of measures or conditions make no difference.
 */
export function regimesDigest(regimes: readonly RegimeDefinition[]): string {
  return digestOf(
    regimes
      .filter((regime) => regime.active)
      .map(({ name, rules }) => ({
        name,
        rules: Object.fromEntries(
          Object.entries(rules).map(([measure, rule]) => [measure, conditionSet(rule)] as const),
        ),
      })),
  );
}

/** Names of the regimes that strategies are tested in, in the order in which they are tried. */
export function activeNames(regimes: readonly RegimeDefinition[]): string[] {
  return regimes.filter(({ active }) => active).map(({ name }) => name);
}

function conditionSet(rule: string): string[] {
  return [...new Set(parseRule(rule).map((condition) => formatRule([condition])))].sort();
}

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
