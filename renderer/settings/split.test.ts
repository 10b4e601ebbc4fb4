import { expect, it } from 'vitest';
import { readSplit, splitText } from './split.ts';

const SPLIT = { training: 0.6, tuning: 0.2, test: 0.2 };

it.each([
  ['0.6, 0.2, 0.2', SPLIT],
  ['0.6/0.2/0.2', SPLIT],
  [' None ', 'none'],
  ['0.8', 0.8],
])('reads %s', (text, value) => {
  expect(readSplit(text)).toEqual({ value });
});

it.each(['', '0.6, 0.4', 'half, 0.2, 0.2'])('refuses "%s"', (text) => {
  expect(readSplit(text)).toHaveProperty('problem');
});

it('shows what it reads', () => {
  expect(splitText(SPLIT)).toBe('0.6, 0.2, 0.2');
  expect(readSplit(splitText(SPLIT))).toEqual({ value: SPLIT });
  expect(splitText('none')).toBe('none');
});
