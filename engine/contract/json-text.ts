/** What a JSON text of strangers may hold. */
export interface JsonLimits {
  /** Of lists and objects in one another. */
  readonly depth: number;
  /** Of all objects together. */
  readonly keys: number;
  /** Letters of one key. */
  readonly keyLength: number;
}

/** A value, or what is wrong with its text in words that go on after "the JSON". */
export type ReadJson = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads JSON once it is measured: nesting, number and length of keys, and no key twice in one object, where each reader would take
 * another one for the right one. Time and memory are those of the text.
 */
export function readJson(text: string, limits: JsonLimits): ReadJson {
  const problem = measure(text, limits);
  if (problem !== undefined) return { problem };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `can't be read: ${(error as Error).message}` };
  }
}

/** The same limits on a value that came without a text; undefined if it keeps them. */
export function excessOf(value: unknown, limits: JsonLimits): string | undefined {
  let keys = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at.value !== 'object' || at.value === null) continue;
    const depth = at.depth + 1;
    if (depth > limits.depth) return tooDeep(limits);
    if (ArrayBuffer.isView(at.value)) continue;
    for (const [key, inner] of Object.entries(at.value)) {
      if (!Array.isArray(at.value)) {
        if (++keys > limits.keys) return tooMany(limits);
        if (key.length > limits.keyLength) return tooLong(key, limits);
      }
      open.push({ value: inner, depth });
    }
  }
  return undefined;
}

const tooDeep = ({ depth }: JsonLimits) => `is nested more than ${depth} deep`;
const tooMany = ({ keys }: JsonLimits) => `has more than ${keys} keys`;
const tooLong = (key: string, { keyLength }: JsonLimits) =>
  `has a key of ${key.length} letters, more than ${keyLength}: ${JSON.stringify(key.slice(0, 20))}...`;

/** Goes through the marks of a text and the strings before colons. What is no JSON is left to the parser. */
function measure(text: string, limits: JsonLimits): string | undefined {
  /** Keys of the objects that are open; of lists none. */
  const open: (Set<string> | undefined)[] = [];
  let keys = 0;
  /** Where the string begins and ends that was read last. */
  let from = 0;
  let to = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        from = at;
        at = endOfString(text, at);
        to = at + 1;
        break;
      case BRACE:
      case BRACKET:
        open.push(text.charCodeAt(at) === BRACE ? new Set() : undefined);
        if (open.length > limits.depth) return tooDeep(limits);
        break;
      case END_BRACE:
      case END_BRACKET:
        open.pop();
        break;
      case COLON: {
        if (++keys > limits.keys) return tooMany(limits);
        const key = keyOf(text.slice(from, to));
        if (key.length > limits.keyLength) return tooLong(key, limits);
        const known = open.at(-1);
        if (known?.has(key)) return `has the key ${JSON.stringify(key)} twice`;
        known?.add(key);
        break;
      }
    }
  }
  return undefined;
}

const [QUOTE, BACKSLASH, BRACE, BRACKET, END_BRACE, END_BRACKET, COLON] = [
  0x22, 0x5c, 0x7b, 0x5b, 0x7d, 0x5d, 0x3a,
];

/** Of the closing quote of the string that opens at `at`; the text's end where there is none. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** `"\u0061"` is the key `a`. */
function keyOf(source: string): string {
  if (!source.includes('\\')) return source.slice(1, -1);
  try {
    return String(JSON.parse(source));
  } catch {
    return source;
  }
}
