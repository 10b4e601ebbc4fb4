import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A class that is defined in two places of one stylesheet is two things under one name. */

const PROJECT = join(import.meta.dirname, '..');
/** A rule of its own, outside of any other and not the last of a list of selectors. */
const OWN_RULE = /(?<!,\n)^\.([\w-]+) \{$/gm;

test.each(globSync('renderer/**/*.module.css', { cwd: PROJECT }))('%s', (file) => {
  const names = [...readFileSync(join(PROJECT, file), 'utf8').matchAll(OWN_RULE)].map(([, name]) => name!);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
