import { posix } from 'node:path';
import { EngineError } from '../../contract/errors.ts';

/** Words that MQL5 has for itself and C++ has not: g++ does not see them used as names. */
const RESERVED = new Set(
  'input sinput group color datetime string matrix vector complex export import this delete interface override final package macro library uint uchar ushort ulong'.split(
    ' ',
  ),
);

/** Longest names, comments of inputs and paths of resources. */
const MOST_CHARACTERS = 63;
/** Digits of a literal that every compiler reads. */
const MOST_DIGITS = 15;

const DECLARATION = /\b(?:int|double|float|bool|void|long|ulong|uint)\s+&?([A-Za-z_]\w*)/g;

/**
 * Problems of generated code that no C++ compiler sees, as whole sentences: characters beyond ASCII, names that MQL5 keeps for itself, names that are too
 * long, literals with more digits than its compiler is known to read, and paths of resources and comments of inputs that are too long.
 */
export function lintMql5(file: string, text: string): string[] {
  const problems: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const at = `${file}, line ${index + 1}`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is no character of ASCII is looked for
    const odd = /[^\x09\x0d\x20-\x7e]/.exec(raw)?.[0];
    if (odd !== undefined) problems.push(`${at}: "${odd}" is no character of ASCII.`);
    const resource = /^#resource\s+"([^"]*)"/.exec(raw)?.[1];
    if (resource !== undefined && resource.length > MOST_CHARACTERS) {
      problems.push(
        `${at}: the path of the resource has ${resource.length} characters, more than ${MOST_CHARACTERS}.`,
      );
    }
    if (/^input\s/.test(raw)) {
      const comment = /\/\/\s*(.*)$/.exec(raw)?.[1] ?? '';
      const title = /^input\s+group\s+"([^"]*)"/.exec(raw)?.[1] ?? '';
      if (Math.max(comment.trim().length, title.length) > MOST_CHARACTERS) {
        problems.push(`${at}: the text of an input is longer than ${MOST_CHARACTERS} characters.`);
      }
    }
    const code = raw.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\/\/.*$/, '');
    if (/[$`@]/.test(code)) problems.push(`${at}: "${code.trim()}" has a character that is none of MQL5.`);
    for (const [name] of code.matchAll(/[A-Za-z_]\w*/g)) {
      if (name.length > MOST_CHARACTERS)
        problems.push(`${at}: the name ${name} is longer than ${MOST_CHARACTERS} characters.`);
    }
    for (const [, name] of code.matchAll(DECLARATION)) {
      if (RESERVED.has(name!)) problems.push(`${at}: ${name} is a word of MQL5.`);
    }
    for (const [, macro] of code.matchAll(/RG_(?:IN|OUT|ARRAY)\(\w+,(\w+)\)/g)) {
      if (RESERVED.has(macro!)) problems.push(`${at}: ${macro} is a word of MQL5.`);
    }
    for (const [literal] of code.matchAll(/(?<![\w.])\d[\d.]*(?:e[+-]?\d+)?/gi)) {
      const digits = literal.replace(/e.*$/i, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
      if (digits.length > MOST_DIGITS)
        problems.push(`${at}: the literal ${literal} has more than ${MOST_DIGITS} digits.`);
    }
  });
  return problems;
}

/** What the terminal brings itself. */
const STANDARD = /^Trade\\/;

/**
 * Files that generated code asks for and that are not in its archive, as whole sentences. `#include <A\\B>` is counted from MQL5/Include,
 * `"A"` from the file itself, and a resource that begins with a backslash from MQL5.
 */
export function missingFiles(code: ReadonlyMap<string, string>, files: Iterable<string>): string[] {
  const there = new Set(files);
  const problems: string[] = [];
  for (const [file, text] of code) {
    for (const [, kind, open, written] of text.matchAll(/^#(include|resource)\s+([<"])([^>"]*)/gm)) {
      const asked = written!.replaceAll('\\\\', '\\');
      if (open === '<' && STANDARD.test(asked)) continue;
      const base = open === '<' ? 'MQL5/Include' : asked.startsWith('\\') ? 'MQL5' : posix.dirname(file);
      const path = posix.join(base, asked.replaceAll('\\', '/'));
      // What a C++ compiler alone is asked to read.
      if (there.has(`check/${asked}`)) continue;
      if (!there.has(path)) problems.push(`${file}: the ${kind} ${asked} is not in the archive (${path}).`);
    }
  }
  return problems;
}

/** @throws EngineError `internal` with what is wrong */
export function assertMql5(code: ReadonlyMap<string, string>, files: Iterable<string>): void {
  const lines = [...code].flatMap(([file, text]) => lintMql5(file, text));
  const problems = [...lines, ...missingFiles(code, files)];
  if (problems.length === 0) return;
  throw new EngineError(
    'internal',
    `Generated code would not compile in MetaEditor. ${problems.slice(0, 5).join(' ')}`,
  );
}
