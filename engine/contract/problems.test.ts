import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expected, expectedObject, formatPath, foundText, problemsOf } from './problems.ts';

describe('problemsOf', () => {
  const error = expected('a small number');
  const schema = z.strictObject({
    groups: z.record(
      z.string().regex(/^[a-z]+$/, 'expected small letters'),
      z.array(z.strictObject({ weight: z.number({ error }).max(9, { error }) })),
    ),
    options: z.strictObject({ depth: z.number() }, { error: expectedObject('options') }).optional(),
  });

  it('names every place, and the nearest known key at the place of an unknown one', () => {
    const raw = { groups: { a: [{ weight: 12 }, { wieght: 1 }], B: [] }, options: 7, optoins: {}, zzz: 1 };
    const problems = problemsOf(schema.safeParse(raw).error!, schema);
    expect(Object.fromEntries(problems.map(({ path, message }) => [path, message]))).toEqual({
      'groups.a[0].weight': 'expected a small number, found 12',
      'groups.a[1].weight': 'expected a small number, found nothing',
      'groups.a[1].wieght': 'unknown key. Did you mean "weight"?',
      'groups.B': 'expected small letters',
      options: 'expected options, found 7',
      optoins: 'unknown key. Did you mean "options"?',
      zzz: 'unknown key. Use groups or options.',
    });
    expect(problems.find(({ path }) => path === 'groups.a[0].weight')?.keys).toEqual([
      'groups',
      'a',
      0,
      'weight',
    ]);
  });
});

it('quotes what was found in a few words', () => {
  expect([undefined, null, [1], { a: 1 }, 'x "y"', 1.5, true].map(foundText)).toEqual([
    'nothing',
    'nothing',
    'a list',
    'a section of keys',
    '"x \\"y\\""',
    '1.5',
    'true',
  ]);
  expect(foundText('x'.repeat(100))).toHaveLength(60);
});

it('writes paths as one would type them', () => {
  expect([[], ['a'], ['a', 2, 'b'], [0]].map(formatPath)).toEqual(['', 'a', 'a[2].b', '[0]']);
});
