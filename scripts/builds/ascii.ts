import type { Plugin } from 'vite';

/** What is no ASCII, with the backslashes before it. */
const BEYOND_ASCII = /(\\*)([^\0-\x7f])/g;

/**
 * Writes what is no ASCII as `\uXXXX`, in strings, templates, regular expressions and comments alike. V8 holds a file with a single
 * character beyond Latin 1 in two bytes each, and Node encodes it anew to know whether machine code that it kept is of it.
 * @throws Error for a character whose own backslash would take away that of `\uXXXX`, and in a template that is read as it is written
 */
export function inAscii(code: string): string {
  const raw = /String\.raw`[^`]*[^\0-\x7f][^`]*`/.exec(code);
  if (raw !== null) throw new Error(`A raw template must be ASCII: ${raw[0]}`);
  return code.replace(BEYOND_ASCII, (found, backslashes: string, unit: string) => {
    if (backslashes.length % 2 === 1) throw new Error(`A character needs no backslash: ${found}`);
    return `${backslashes}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

export function ascii(): Plugin {
  return {
    name: 'regimen:ascii',
    apply: 'build',
    // Whatever prints code anew has done so by then.
    generateBundle(_options, files) {
      for (const file of Object.values(files)) if (file.type === 'chunk') file.code = inAscii(file.code);
    },
  };
}
