import { EngineError } from '../contract/errors.ts';
import { didYouMean } from '../contract/nearest.ts';

/** `>=` before `>`: the longer one is tried first. */
const OPERATORS = ['>=', '<=', '>', '<'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One comparison of a measure with a number, a percentile of its trailing values or a multiple of their average. */
export interface Condition {
  readonly operator: Operator;
  readonly reference: 'number' | 'percentile' | 'average';
  /** The number itself, the percentile (0..100) or the multiple. */
  readonly value: number;
}

const EXAMPLES = '"> 0.7", "> 75th percentile" or "> 2x average"';
const ORDINALS = ['st', 'nd', 'rd', 'th'];

/**
 * Reads a rule:
 *
 *     rule      = condition { "and" condition }
 *     condition = ( ">" | ">=" | "<" | "<=" ) ( NUMBER | PERCENTILE | AVERAGE )
 *     PERCENTILE = NUMBER [ "st" | "nd" | "rd" | "th" ] "percentile"      0..100
 *     AVERAGE   = [ NUMBER "x" ] "average"                               NUMBER > 0
 *
 * Blanks and letter case do not matter. Throws `invalid-input` with the character (from 1) where reading stopped, what
 * was expected there and what was found.
 */
export function parseRule(text: string): Condition[] {
  const reader = new RuleReader(text);
  const conditions = [readCondition(reader)];
  while (!reader.atEnd()) {
    if (!reader.takeWord(['and'])) throw reader.unexpected('"and" or the end of the rule', ['and']);
    conditions.push(readCondition(reader));
  }
  return conditions;
}

/** The one spelling of a rule that means the same conditions in the same order. */
export function formatRule(conditions: readonly Condition[]): string {
  return conditions
    .map(({ operator, reference, value }) => {
      if (reference === 'percentile') return `${operator} ${value}${ordinal(value)} percentile`;
      if (reference === 'average') return `${operator} ${value}x average`;
      return `${operator} ${value}`;
    })
    .join(' and ');
}

function readCondition(reader: RuleReader): Condition {
  const operator = reader.takeOperator();
  if (operator === undefined) {
    const equality = reader.ahead(/[=!]=?|<>/y)
      ? ' Equality is not offered: a measured value hardly ever equals a number exactly.'
      : '';
    throw reader.unexpected(`one of >, >=, <, <= as in ${EXAMPLES}`, [], equality);
  }
  if (reader.takeWord(['average'])) return { operator, reference: 'average', value: 1 };

  reader.skipBlanks();
  const at = reader.position;
  const value = reader.takeNumber();
  if (value === undefined)
    throw reader.unexpected(`a number after "${operator}", as in ${EXAMPLES}`, ['average']);

  const isOrdinal = reader.takeWord(ORDINALS);
  if (reader.takeWord(['percentile'])) {
    if (value < 0 || value > 100)
      throw reader.problem(at, `expected a percentile from 0 to 100, found ${value}`);
    return { operator, reference: 'percentile', value };
  }
  if (isOrdinal) throw reader.unexpected(`"percentile" after "${value}${ordinal(value)}"`, ['percentile']);
  if (reader.takeWord(['x'])) {
    if (!reader.takeWord(['average'])) throw reader.unexpected(`"average" after "${value}x"`, ['average']);
    if (value <= 0) throw reader.problem(at, `expected a multiple of the average above 0, found ${value}`);
    return { operator, reference: 'average', value };
  }
  if (!reader.atEnd() && !reader.ahead(/and\b/iy)) {
    throw reader.unexpected(`"percentile", "x average", "and" or the end of the rule after ${value}`, [
      'percentile',
      'average',
    ]);
  }
  return { operator, reference: 'number', value };
}

/** A place in the text of a rule; every `take` skips blanks and moves on only when it finds what it is asked for. */
class RuleReader {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.skipBlanks();
    return this.position === this.#text.length;
  }

  skipBlanks(): void {
    this.#match(/\s*/y);
  }

  /** Whether the (sticky) pattern follows. */
  ahead(pattern: RegExp): boolean {
    this.skipBlanks();
    pattern.lastIndex = this.position;
    return pattern.test(this.#text);
  }

  takeOperator(): Operator | undefined {
    this.skipBlanks();
    const found = OPERATORS.find((operator) => this.#text.startsWith(operator, this.position));
    if (found !== undefined) this.position += found.length;
    return found;
  }

  takeNumber(): number | undefined {
    this.skipBlanks();
    const text = this.#match(/[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy);
    const value = Number(text ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  takeWord(words: readonly string[]): boolean {
    this.skipBlanks();
    const start = this.position;
    const word = this.#match(/[a-z_]+/iy);
    if (word !== undefined && words.includes(word.toLowerCase())) return true;
    this.position = start;
    return false;
  }

  /** The error for what stands at the current place; `known` are the words a typo could have meant. */
  unexpected(expected: string, known: readonly string[], advice = ''): EngineError {
    this.skipBlanks();
    const found = /[a-z_]+|\S+/iy;
    found.lastIndex = this.position;
    const word = found.exec(this.#text)?.[0];
    const what = word === undefined ? 'the end of the rule' : `"${word}"`;
    const hint = word === undefined || known.includes(word.toLowerCase()) ? '' : didYouMean(word, known);
    return this.problem(this.position, `expected ${expected}, found ${what}.${hint}${advice}`);
  }

  problem(position: number, message: string): EngineError {
    return new EngineError('invalid-input', `rule "${this.#text}", character ${position + 1}: ${message}`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.position += text.length;
    return text;
  }
}

function ordinal(value: number): string {
  const tens = value % 100;
  if (!Number.isInteger(value) || (tens >= 11 && tens <= 13)) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
}
