import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inAscii } from './ascii.ts';

const READ = `({
  text: 'Häuser … 😀 \\\\é',
  template: \`\${1} × 2\`,
  matches: ['é', '…', '😀'].map((c) => /^[éà…😀]$/u.test(c)),
}) // –`;

test('what is written in ASCII reads the same', () => {
  const written = inAscii(READ);
  expect(written).toMatch(/^[\0-\x7f]*$/);
  expect(written).not.toBe(READ);
  expect(runInThisContext(written)).toEqual(runInThisContext(READ));
});

test('what would read otherwise is refused', () => {
  expect(() => inAscii("'\\é'")).toThrow('needs no backslash');
  expect(() => inAscii('String.raw`a … b`')).toThrow('must be ASCII');
});
