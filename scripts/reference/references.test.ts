import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { PROJECT } from '../../main/launch/builds.mjs';
import { valuesOf } from './json-schema.ts';
import { references } from './references.ts';

let pages: Readonly<Record<string, string>>;
beforeAll(async () => {
  pages = await references();
}, 60_000);

it.each(['commands.md', 'configuration.md', 'http.md'])(
  'docs/reference/%s is what the schemas say',
  (name) => {
    const file = join(PROJECT, 'docs/reference', name);
    const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
    expect(written, 'write it anew: npm run reference').toBe(pages[name]);
  },
);

it('has every command, key and method with what it takes', () => {
  expect(pages['commands.md']).toContain('## market import');
  expect(pages['commands.md']).toContain('## serve');
  expect(pages['commands.md']).toMatch(/`--timeframe <[a-z]+>` \| .+ \|/);
  expect(pages['configuration.md']).toMatch(/`updates\.feed` \| text \| `none` \| .*latest-linux\.yml/);
  expect(pages['http.md']).toMatch(/`POST \/api\/v1\/jobs` \| \S/);
  expect(pages['http.md']).toContain('### updates.check');
});

it.each([
  [{ type: 'integer', minimum: 1, maximum: 9 }, 'whole number from 1 to 9'],
  [{ type: 'number', exclusiveMinimum: 0 }, 'number above 0'],
  [{ enum: ['a', 'b'] }, 'a, b'],
  [{ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'text or list of text'],
  [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, 'whole number from 1'],
])('%j takes: %s', (schema, words) => {
  expect(valuesOf(schema)).toBe(words);
});
