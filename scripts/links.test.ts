import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** Links of the documents lead to a file that is there, and to a heading that it has. */

const PROJECT = join(import.meta.dirname, '..');
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: PROJECT });

/** As GitHub names them: in small letters, without signs, blanks as hyphens. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents)('%s', (document) => {
  const text = readFileSync(join(PROJECT, document), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const broken = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? join(PROJECT, document) : join(PROJECT, dirname(document), path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('what Regimen lacks beside other tools has a reason each', () => {
  const text = readFileSync(join(PROJECT, 'docs/comparison.md'), 'utf8');
  const [table = '', reasons = ''] = text.split('## Why it lacks what it lacks');
  const lacking = table.split('\n').filter((row) => /^\|[^|]+\| lacks/.test(row));
  const numbers = lacking.map((row) => /^\|[^|]+\| lacks \((\d+)\) \|/.exec(row)?.[1]);
  const given = [...reasons.matchAll(/^(\d+)\. \*\*.+\*\*.{20,}/gm)].map(([, number]) => number);
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers.filter((number) => !given.includes(number))).toEqual([]);
});
