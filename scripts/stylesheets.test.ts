import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** A class that is defined in two places of one stylesheet is two things under one name. */

const PROJECT = join(import.meta.dirname, '..');
/** A rule of its own, outside of any other and not the last of a list of selectors. */
const OWN_RULE = /(?<!,\n)^\.([\w-]+) \{$/gm;

test.each(globSync('renderer/**/*.module.css', { cwd: PROJECT }))('%s', (file) => {
  const names = [...readFileSync(join(PROJECT, file), 'utf8').matchAll(OWN_RULE)].map(([, name]) => name!);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('a class that an element has is in the stylesheet that it is taken from', () => {
  const missing = globSync('renderer/**/*.tsx', { cwd: PROJECT }).flatMap((file) => {
    const source = readFileSync(join(PROJECT, file), 'utf8');
    return [...source.matchAll(/^import (\w+) from '(\..+\.module\.css)';$/gm)].flatMap(
      ([, name = '', path = '']) => {
        const sheet = readFileSync(join(PROJECT, dirname(file), path), 'utf8');
        const used = new Set(
          [...source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, used]) => used!),
        );
        return (
          [...used]
            // The sheet's own name may be the one that it is imported by.
            .filter((used) => used !== 'module' && !new RegExp(`\\.${used}(?![\\w-])`).test(sheet))
            .map((used) => `${file}: ${used} of ${path}`)
        );
      },
    );
  });
  expect(missing).toEqual([]);
});
