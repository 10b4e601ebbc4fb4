import { expect, test } from 'vitest';
import { modelName, parseModelName } from './model-name.ts';

test.each([
  ['EURUSD H1 bull_trending', 'EURUSD H1 bull_trending'],
  ['eurusd/1h/Bull_Trending', 'EURUSD H1 bull_trending'],
  ['EURUSD H1', 'EURUSD H1'],
  ['EURUSD H1 all', 'EURUSD H1'],
])('%s is the place %s', (text, name) => {
  expect(modelName(parseModelName(text))).toBe(name);
});

test.each(['', 'EURUSD', 'EURUSD H7', 'EURUSD H1 bull more', '../x H1', 'EURUSD H1 b-ull'])(
  '%j is none',
  (text) => {
    expect(() => parseModelName(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  },
);
