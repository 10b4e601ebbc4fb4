import { expect } from 'vitest';
import { EngineError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';
import { createPrng } from '../random/prng.ts';

/** Input that nobody writes by accident, made of good input by a seed: the same in every run. */
export interface Hostile<T = Uint8Array> {
  readonly title: string;
  readonly content: T;
}

const LONG = 100_000;
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['a NUL', [0]],
  ['bytes of no encoding', [0xc3, 0x28, 0xff, 0xfe]],
  ['a UTF-8 mark in the middle', [0xef, 0xbb, 0xbf]],
  ['half a character', [0xed, 0xa0, 0x80]],
  ['the largest number of 32 bits', [0xff, 0xff, 0xff, 0xff]],
  ['a terminal sequence', [0x1b, 0x5d, 0x30, 0x3b, 0x78, 0x07]],
];

/** Files: cut off, with flipped bits, with marks in them, with parts twice or swapped, of other bytes altogether. */
export function hostileFiles(good: Uint8Array, seed: number, count: number): Hostile[] {
  const random = createPrng(seed).float;
  const place = () => Math.floor(random() * good.length);
  const replaced = (from: number, to: number, bytes: Uint8Array) =>
    Buffer.concat([good.subarray(0, from), bytes, good.subarray(to)]);
  const kinds: (() => Hostile)[] = [
    () => {
      const length = place();
      return { title: `cut off after ${length} bytes`, content: good.subarray(0, length) };
    },
    () => {
      const at = place();
      const content = Uint8Array.from(good);
      content[at]! ^= 1 << Math.floor(random() * 8);
      return { title: `a bit flipped in byte ${at}`, content };
    },
    () => {
      const [name, bytes] = MARKS[Math.floor(random() * MARKS.length)]!;
      const at = place();
      return { title: `${name} at ${at}`, content: replaced(at, at, Uint8Array.from(bytes)) };
    },
    () => {
      const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number];
      return { title: `bytes ${from} to ${to} twice`, content: replaced(to, to, good.subarray(from, to)) };
    },
    () => {
      const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number];
      return { title: `no bytes ${from} to ${to}`, content: replaced(from, to, new Uint8Array()) };
    },
    () => {
      const at = place();
      return {
        title: `zeros from ${at}`,
        content: replaced(at, good.length, new Uint8Array(good.length - at)),
      };
    },
    () => {
      const [from, letter] = [place(), 32 + Math.floor(random() * 95)];
      const run = new Uint8Array(LONG).fill(letter);
      return { title: `${LONG} times the byte ${letter} at ${from}`, content: replaced(from, from, run) };
    },
  ];
  const fixed: Hostile[] = [
    { title: 'nothing', content: new Uint8Array() },
    { title: 'one byte', content: Uint8Array.of(0x7b) },
    { title: 'a million zeros', content: new Uint8Array(1_000_000) },
    { title: 'a million line ends', content: new Uint8Array(1_000_000).fill(10) },
    { title: 'a million brackets', content: new Uint8Array(1_000_000).fill(0x5b) },
    { title: 'noise', content: Uint8Array.from({ length: 50_000 }, () => Math.floor(random() * 256)) },
  ];
  return [...fixed, ...Array.from({ length: count - fixed.length }, (_, i) => kinds[i % kinds.length]!())];
}

/** What stands in the place of a value; as text, since JSON has no name for most of it. */
const VALUES: readonly string[] = [
  'null',
  'true',
  '-1',
  '0.5',
  '1e308',
  '1e999',
  '9007199254740993',
  '-9007199254740993',
  'NaN',
  '[]',
  '{}',
  '[[]]',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"../../x"',
  '"/etc/passwd"',
  '"\\u001b[31m"',
  '"__proto__"',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"a":1,"a":2}',
  `"${'x'.repeat(LONG)}"`,
  `{"${'k'.repeat(LONG)}":1}`,
  `[${'0,'.repeat(20_000)}0]`,
  `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`).join()}}`,
  '['.repeat(50_000) + ']'.repeat(50_000),
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
];
const PLACE = '\u0001place\u0001';

/** JSON texts of a good value in which one thing is something else, or has a further key, or is not there. */
export function hostileJson(good: unknown, seed: number, count: number): Hostile<string>[] {
  const random = createPrng(seed).float;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const paths = pathsOf(good, []);
  return Array.from({ length: count }, (_, i) => {
    const path = pick(paths);
    const place = path.join('.') || 'the whole';
    const copy: unknown = structuredClone(good);
    if (i % 7 === 5 && path.length > 0) {
      removeAt(copy, path);
      return { title: `without ${place}`, content: JSON.stringify(copy) };
    }
    const value = VALUES[i % VALUES.length]!;
    const title = `${value.slice(0, 40)} for ${place}`;
    const text = JSON.stringify(path.length === 0 ? PLACE : setAt(copy, path, PLACE));
    return { title, content: text.replace(JSON.stringify(PLACE), () => value) };
  });
}

type Path = readonly (string | number)[];

/** Of all that is in a value; of long lists the first three entries. */
function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.slice(0, 3).map((entry, i) => [i, entry] as const)
    : Object.entries(value);
  return [path, ...inner.flatMap(([key, entry]) => pathsOf(entry, [...path, key]))];
}

function setAt(root: unknown, path: Path, value: unknown): unknown {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root);
  (parent as Record<string | number, unknown>)[path.at(-1)!] = value;
  return root;
}

function removeAt(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root);
  if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
  else delete (parent as Record<string, unknown>)[path.at(-1)!];
}

const KNOWN: ReadonlySet<string> = new Set(ERROR_CODES.filter((code) => code !== 'internal'));

export interface Attack<T> {
  readonly inputs: readonly Hostile<T>[];
  readonly attempt: (content: T) => unknown;
  /** What may not change where an input is refused. */
  readonly state: () => unknown;
  /** Refused at least; what is left may be read, since not each change makes input bad. */
  readonly refused: number;
  /** What else than an EngineError says so, and with which code. */
  readonly codeOf?: (outcome: unknown) => ErrorCode | undefined;
  readonly seconds?: number;
}

/**
 * Tries each input: it is read, or ends as an `EngineError` with a code other than `internal`, a message that is short and shows no stack, and
 * everything as it was; either within so many seconds.
 */
export async function withstand<T>(attack: Attack<T>): Promise<void> {
  const { inputs, attempt, state, refused, seconds = 5 } = attack;
  const codeOf = attack.codeOf ?? ((outcome) => (outcome instanceof EngineError ? outcome.code : undefined));
  let count = 0;
  for (const { title, content } of inputs) {
    const before = state();
    const start = performance.now();
    const outcome = await Promise.resolve()
      .then(() => attempt(content))
      .catch((error: unknown) => error);
    const code = codeOf(outcome);
    if (code === undefined) {
      expect(outcome instanceof Error ? outcome.stack : undefined, title).toBeUndefined();
    } else {
      count++;
      expect(KNOWN, `${title}: ${JSON.stringify(outcome)?.slice(0, 2000)}`).toContain(code);
      expect(state(), title).toEqual(before);
      if (outcome instanceof Error) {
        expect(outcome.message.length, `${title}: ${outcome.message.slice(0, 200)}`).toBeLessThan(8000);
        expect(outcome.message, title).not.toMatch(/\n\s+at |\[object |undefined/);
      }
    }
    expect((performance.now() - start) / 1000, title).toBeLessThan(seconds);
  }
  expect(count).toBeGreaterThanOrEqual(refused);
}
