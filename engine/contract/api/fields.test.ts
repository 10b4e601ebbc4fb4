import { expect, test } from 'vitest';
import { z } from 'zod';
import { plainWords } from '../problems.ts';
import { numeric } from './fields.ts';

const field = numeric(z.number().min(-10).max(1e6));
const parse = (value: unknown) => field.safeParse(value, { error: plainWords });

test.each([
  [3, 3],
  ['3', 3],
  ['-0.5', -0.5],
  ['+.5', 0.5],
  ['1e3', 1000],
  ['7.', 7],
])('%j is the number %d', (value, number) => expect(parse(value).data).toBe(number));

test.each([
  true,
  false,
  null,
  undefined,
  '',
  ' ',
  'ten',
  '0x10',
  '1_000',
  '1,5',
  'Infinity',
  'NaN',
  Number.NaN,
  [],
  ['3'],
  {},
  new Date(0),
  '1e999',
  '3 4',
])('%j is no number', (value) => {
  expect(parse(value).error?.issues[0]?.message).toMatch(/^expected (a number|at most)/);
});
