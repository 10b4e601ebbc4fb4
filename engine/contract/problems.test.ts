import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  expected,
  expectedObject,
  formatPath,
  foundText,
  plainWords,
  problemDetails,
  problemLines,
  problemsOf,
} from './problems.ts';

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

  it('knows the keys behind a preprocess step, and of a record with named keys', () => {
    const item = z.strictObject({ period: z.number().optional() });
    const listed = z.preprocess((v) => (Array.isArray(v) ? v : [v]), z.array(item));
    const wrapped = z.strictObject({
      items: listed,
      byName: z.partialRecord(z.enum(['rsi', 'atr']), item).optional(),
      checked: item.transform((v) => v).optional(),
    });
    const raw = {
      items: { perod: 1 },
      byName: { rsx: {}, atr: { zzzzzzz: 1 }, zzzzzzz: {} },
      checked: { perid: 1 },
    };
    const problems = problemsOf(wrapped.safeParse(raw).error!, wrapped);
    expect(problems.map(({ path, message }) => `${path}: ${message}`).sort()).toEqual([
      'byName.atr.zzzzzzz: unknown key. Use period.',
      'byName.rsx: unknown key. Did you mean "rsi"?',
      'byName.zzzzzzz: unknown key. Use rsi or atr.',
      'checked.perid: unknown key. Did you mean "period"?',
      'items[0].perod: unknown key. Did you mean "period"?',
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

it('words what a schema leaves to zod', () => {
  const schema = z.strictObject({
    count: z.coerce.number().int().min(1).max(9),
    scale: z.coerce.number().positive(),
    status: z.enum(['completed', 'failed']),
    from: z.iso.date(),
    name: z.string().min(3),
    kept: z.boolean(),
    list: z.array(z.string()).max(1),
  });
  const words = (raw: unknown) => {
    const { error } = schema.safeParse(raw, { error: plainWords });
    return problemsOf(error!, schema).map(({ path, message }) => `${path}: ${message}`);
  };
  const valid = {
    count: 1,
    scale: 1,
    status: 'failed',
    from: '2024-01-31',
    name: 'abc',
    kept: true,
    list: [],
  };
  const wrong = {
    count: 'ten',
    scale: -3,
    status: 'complete',
    from: 'today',
    name: 'x',
    kept: 'no',
    list: ['', ''],
  };
  expect(words({ ...valid, count: 0 })).toEqual(['count: expected at least 1, found 0']);
  expect(words({ ...valid, count: 2.5 })).toEqual(['count: expected a whole number, found 2.5']);
  expect(words(wrong)).toEqual([
    'count: expected a number',
    'scale: expected more than 0, found -3',
    'status: expected completed or failed, found "complete". Did you mean "completed"?',
    'from: expected a date such as 2024-01-31, found "today"',
    'name: expected at least 3 characters, found "x"',
    'kept: expected true or false, found "no"',
    'list: expected at most 1 entries, found a list',
  ]);
  expect(words([])).toEqual([': expected a section of keys, found a list']);
});

it('an answer lists twenty problems and how many more there are, and compares no further names', () => {
  const schema = z.strictObject({ horizon: z.number() });
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`horizn${i}`, i]));
  const result = schema.safeParse({ horizon: 1, ...many, ['x'.repeat(100_000)]: 1 });
  const problems = problemsOf(result.error!, schema);
  expect(problems).toHaveLength(5001);
  expect(problems[0]!.message).toBe('unknown key. Did you mean "horizon"?');
  expect(problems.at(-1)!.path.length).toBeLessThan(100);
  const lines = problemLines(problems).split('\n');
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('  and 4981 more');
  const details = problemDetails(problems);
  expect(details.problems).toHaveLength(20);
  expect(details.problemCount).toBe(5001);
  expect(problemDetails(problems.slice(0, 20))).toEqual({ problems: problems.slice(0, 20) });
});
