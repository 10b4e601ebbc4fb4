import { texts } from './texts.ts';
/** What is wrong in a text, and where: line and column count from 1, as an editor does. */
export interface TextProblem {
  readonly line: number;
  readonly column: number;
  /** What was expected there and what was found. */
  readonly message: string;
}

export type Rules = Readonly<Record<string, string | readonly string[]>>;

export type RulesReading =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly problem: TextProblem };

const EXAMPLE = '"> 0.7"';

/**
 * Reads rules as JSON: an object with a rule in quotes, or a list of them, per measure. Stricter than `JSON.parse`, which
 * lets the last of two equal keys win, and exact about the place of the first mistake. What the rules themselves say is
 * the engine's to check.
 */
export function readRules(text: string): RulesReading {
  const reader = new JsonReader(text);
  try {
    const rules = reader.object();
    reader.end();
    return { ok: true, rules };
  } catch (error) {
    if (error instanceof Mistake)
      return { ok: false, problem: { ...reader.place(error.at), message: error.message } };
    throw error;
  }
}

/** Rules as the editor shows them: one measure per line. */
export function formatRules(rules: Rules): string {
  return JSON.stringify(rules, null, 2);
}

class Mistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonReader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  object(): Rules {
    const rules: Record<string, string | string[]> = {};
    if (!this.#take('{')) throw this.#unexpected(texts.beforeFirstMeasure);
    if (this.#take('}')) return rules;
    do {
      this.#blanks();
      const start = this.#at;
      const measure = this.#string(texts.measureInQuotesSuch);
      if (Object.hasOwn(rules, measure)) {
        throw new Mistake(start, texts.isThereTwice({ measure }));
      }
      if (!this.#take(':')) throw this.#unexpected(texts.afterMeasure({ measure }));
      rules[measure] = this.#rule();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected(texts.commaBeforeNextMeasure);
    return rules;
  }

  end(): void {
    this.#blanks();
    if (this.#at < this.#text.length) throw this.#unexpected(texts.nothingAfterClosing);
  }

  place(at: number): { readonly line: number; readonly column: number } {
    const before = this.#text.slice(0, at);
    return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  }

  #rule(): string | string[] {
    if (!this.#take('[')) return this.#string(texts.ruleInQuotesSuchAs({ example: EXAMPLE }));
    const rules: string[] = [];
    do rules.push(this.#string(texts.ruleInQuotesSuchAs({ example: EXAMPLE })));
    while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected(texts.commaOrAfterRule);
    return rules;
  }

  #string(what: string): string {
    this.#blanks();
    STRING.lastIndex = this.#at;
    const quoted = STRING.exec(this.#text)?.[0];
    if (quoted === undefined) {
      if (this.#text[this.#at] === '"') throw new Mistake(this.#at, texts.closingQuoteOfThisText);
      throw this.#unexpected(what);
    }
    this.#at += quoted.length;
    return JSON.parse(quoted) as string;
  }

  #take(mark: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #blanks(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #unexpected(expected: string): Mistake {
    this.#blanks();
    const found = /^(?:[\w.+-]+|\S)/.exec(this.#text.slice(this.#at))?.[0];
    return new Mistake(this.#at, texts.expectedFound({ expected, found }));
  }
}
