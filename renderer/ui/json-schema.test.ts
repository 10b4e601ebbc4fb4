import { expect, it } from 'vitest';
import { z } from 'zod';
import { boundsText, parametersOf, readValue } from './json-schema.ts';

const schema = z.toJSONSchema(
  z.strictObject({
    depth: z.int().min(1).max(32).default(6).describe('Levels.'),
    rate: z.number().min(0.001).max(1).default(0.1),
    threads: z.union([z.literal('auto'), z.int().min(1).max(256)]),
    boost: z.enum(['gbdt', 'goss']).default('gbdt'),
    fast: z.boolean(),
    seed: z.int(),
    windows: z.array(z.int().min(20).max(5000)),
    folder: z.string(),
  }),
  { io: 'input' },
);
const parameters = Object.fromEntries(parametersOf(schema).map((p) => [p.key, p]));

it('reads kinds, bounds and defaults from a schema', () => {
  expect(parameters.depth).toMatchObject({
    kind: 'integer',
    min: 1,
    max: 32,
    fallback: 6,
    description: 'Levels.',
  });
  expect(parameters.boost).toMatchObject({ kind: 'choice', choices: ['gbdt', 'goss'], fallback: 'gbdt' });
  expect(parameters.threads).toMatchObject({ kind: 'integer', choices: ['auto'], min: 1, max: 256 });
  expect(parameters.windows).toMatchObject({ kind: 'integer', list: true, min: 20, max: 5000 });
  expect(parameters.fast?.kind).toBe('boolean');
  expect(parameters.folder?.kind).toBe('text');
  expect(boundsText(parameters.seed!)).toBe('');
});

it.each([
  ['depth', '6', 6],
  ['depth', ' 32 ', 32],
  ['rate', '1e-2', 0.01],
  ['threads', 'auto', 'auto'],
  ['threads', '8', 8],
  ['fast', 'true', true],
  ['folder', 'models', 'models'],
])('%s: "%s" is %s', (key, text, value) => expect(readValue(parameters[key]!, text)).toEqual({ value }));

it.each([
  ['depth', '0', 'a whole number, 1 to 32'],
  ['depth', '2.5', 'a whole number, 1 to 32'],
  ['depth', '', 'a whole number, 1 to 32'],
  ['rate', '2', 'a number, 0.001 to 1'],
  ['rate', 'Infinity', 'a number, 0.001 to 1'],
  ['threads', 'all', 'a whole number, 1 to 256 or auto'],
  ['boost', 'dart', 'one of gbdt, goss'],
  ['fast', 'yes', 'true or false'],
])('%s: "%s" is refused', (key, text, problem) =>
  expect(readValue(parameters[key]!, text)).toEqual({ problem }),
);
