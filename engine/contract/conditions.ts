import { z } from 'zod';
import { foundText } from './problems.ts';

/**
 * What the rows of a table must be: `sharpe >= 1, trades > 30, symbol = EURUSD|GBPUSD`. The same text is typed on the command line,
 * asked over HTTP, shown in the window and kept in its address.
 */

/** What a column holds; `flag`: yes or no; `value`: a number, a word, or true and false, as it comes. */
export type ConditionKind = 'number' | 'text' | 'flag' | 'value';

/** Columns that can be compared, by their names; `param.NAME` stands for any that begins with `param.`. */
export type ConditionColumns = Readonly<Record<string, ConditionKind>>;

/** Longest first, so that `>=` is not read as `>`. `~`: contains. */
export const COMPARISONS = ['>=', '<=', '!=', '=', '>', '<', '~'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Condition {
  readonly key: string;
  readonly is: Comparison;
  /** One of them is enough; numbers of a number's column, 1 or 0 of a flag's. */
  readonly values: readonly (string | number)[];
}

const WORDS: Readonly<Record<ConditionKind, readonly Comparison[]>> = {
  number: ['>=', '<=', '!=', '=', '>', '<'],
  text: ['=', '!=', '~'],
  flag: ['=', '!='],
  value: ['=', '!=', '>=', '<=', '>', '<'],
};

const FLAGS: Readonly<Record<string, number>> = { yes: 1, true: 1, no: 0, false: 0 };

/** Raised by `parseConditions`, in a sentence. */
class ConditionError extends Error {}

/**
 * Conditions that all must hold.
 * @throws ConditionError where the text is none, in a sentence
 */
function parseConditions(text: string, columns: ConditionColumns): Condition[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parseCondition(part, columns));
}

function parseCondition(text: string, columns: ConditionColumns): Condition {
  const [, key, is, rest] = /^([\w.]+)\s*(>=|<=|!=|=|>|<|~)\s*(.+)$/.exec(text) ?? [];
  if (key === undefined || is === undefined || rest === undefined) {
    throw new ConditionError(
      `${foundText(text)} is no condition. Write a column, a comparison and a value, as in sharpe >= 1; commas stand between conditions.`,
    );
  }
  const kind = kindOf(key, columns);
  if (kind === undefined) {
    throw new ConditionError(
      `${foundText(key)} is no column to filter by. Use one of ${Object.keys(columns).join(', ')}.`,
    );
  }
  if (!WORDS[kind].includes(is as Comparison)) {
    throw new ConditionError(`${key} can't be compared with ${is}. Use one of ${WORDS[kind].join(' ')}.`);
  }
  const values = rest.split('|').map((value) => readValue(key, kind, value.trim()));
  if (values.length > 1 && is !== '=' && is !== '!=' && is !== '~') {
    throw new ConditionError(`${key} ${is} takes one value; several go with = and !=.`);
  }
  return { key, is: is as Comparison, values };
}

function kindOf(key: string, columns: ConditionColumns): ConditionKind | undefined {
  const [head, ...names] = key.split('.');
  const known = names.length === 0 || names.includes('') ? key : `${head}.NAME`;
  return Object.hasOwn(columns, known) ? columns[known] : undefined;
}

function readValue(key: string, kind: ConditionKind, text: string): string | number {
  if (kind === 'text') return text;
  if (kind === 'flag') {
    const flag = FLAGS[text.toLowerCase()];
    if (flag === undefined) throw new ConditionError(`${key} is yes or no; found ${foundText(text)}.`);
    return flag;
  }
  if (kind === 'value') return plainValue(text);
  const isPercent = text.endsWith('%');
  const digits = isPercent ? text.slice(0, -1).trim() : text;
  const number = digits === '' ? Number.NaN : Number(digits);
  if (!Number.isFinite(number)) {
    throw new ConditionError(
      `${key} is compared with a number, such as 1.5 or 10%; found ${foundText(text)}.`,
    );
  }
  return isPercent ? number / 100 : number;
}

/** A number where it is one; true and false are 1 and 0, as the database has them. */
function plainValue(text: string): string | number {
  if (text === 'true' || text === 'false') return Number(text === 'true');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** As it is written: read again it is the same. */
export function formatConditions(conditions: readonly Condition[], columns: ConditionColumns): string {
  const value = (key: string, one: string | number) =>
    columns[key] === 'flag' ? (one === 1 ? 'yes' : 'no') : String(one);
  return conditions
    .map(({ key, is, values }) => `${key} ${is} ${values.map((one) => value(key, one)).join('|')}`)
    .join(', ');
}

/** Whether a value is what a condition asks for. Nothing is known of null: it is never. Texts are compared whatever their case. */
export function holds({ is, values }: Condition, value: string | number | boolean | null): boolean {
  if (value === null) return false;
  const plain =
    typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? value.toLowerCase() : value;
  const asked = values.map((one) => (typeof one === 'string' ? one.toLowerCase() : one));
  switch (is) {
    case '=':
      return asked.includes(plain);
    case '!=':
      return !asked.includes(plain);
    case '~':
      return asked.some((one) => String(plain).includes(String(one)));
    case '>':
      return plain > asked[0]!;
    case '>=':
      return plain >= asked[0]!;
    case '<':
      return plain < asked[0]!;
    case '<=':
      return plain <= asked[0]!;
  }
}

/** The input field of a method that filters rows by these columns. */
export function conditionsField(columns: ConditionColumns) {
  return z
    .string()
    .max(1000)
    .transform((text, ctx): readonly Condition[] => {
      try {
        return parseConditions(text, columns);
      } catch (error) {
        if (!(error instanceof ConditionError)) throw error;
        ctx.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    });
}

/** The input field of a list of columns, in the order in which they are shown: `symbol,sharpe,trades`. */
export function columnsField<Key extends string>(keys: readonly Key[]) {
  return z
    .string()
    .max(1000)
    .transform((text, ctx): readonly Key[] => {
      const asked = [
        ...new Set(
          text
            .split(',')
            .map((key) => key.trim())
            .filter((key) => key !== ''),
        ),
      ];
      const unknown = asked.find((key) => !(keys as readonly string[]).includes(key));
      if (unknown === undefined && asked.length > 0) return asked as Key[];
      const message =
        unknown === undefined ? 'a table has one column at least' : `${foundText(unknown)} is no column`;
      ctx.addIssue({ code: 'custom', message: `${message}. Use some of ${keys.join(', ')}.` });
      return z.NEVER;
    });
}
