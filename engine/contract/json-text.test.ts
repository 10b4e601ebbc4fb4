import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excessOf, readJson } from './json-text.ts';

const LIMITS = { depth: 4, keys: 6, keyLength: 8 };
const WIDE = { depth: 1000, keys: 100_000, keyLength: 1000 };

it('gives back every JSON value within the limits', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(readJson(text, WIDE)).toEqual({ value: JSON.parse(text) });
      expect(excessOf(JSON.parse(text), WIDE)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

describe('is refused with words', () => {
  it.each([
    ['[[[[[]]]]]', 'is nested more than 4 deep'],
    ['{"a":[{"b":[{}]}]}', 'is nested more than 4 deep'],
    ['{"a":1,"b":{"c":1,"d":1,"e":1},"f":1,"g":1}', 'has more than 6 keys'],
    ['{"123456789":1}', 'has a key of 9 letters'],
    ['{"a":1,"b":2,"a":3}', 'has the key "a" twice'],
    ['{"a":1,"\\u0061":2}', 'has the key "a" twice'],
    ['[{"a":{"b":1,"b":2}}]', 'has the key "b" twice'],
    ['{"a"', "can't be read"],
    ['', "can't be read"],
    ['{"a":NaN}', "can't be read"],
    ['{"\\":1}', "can't be read"],
    [']]]]', "can't be read"],
    ['{"a":"', "can't be read"],
  ])('%s', (text, words) => {
    expect(readJson(text, LIMITS)).toEqual({ problem: expect.stringContaining(words) });
  });
});

it.each(['[[[[]]],[[[]]]]', '[{"a":1},{"a":1}]', '{"a":{"a":1}}', '{"a":"a:a{[","b":"\\\\"}', '"{{{{{{"'])(
  '%s is within the limits',
  (text) => expect(readJson(text, LIMITS)).toEqual({ value: JSON.parse(text) }),
);

it.each([
  [[[[[[]]]]], 'is nested more than 4 deep'],
  [{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }, 'has more than 6 keys'],
  [{ '123456789': 1 }, 'has a key of 9 letters'],
])('a value without a text has the same limits: %j', (value, words) => {
  expect(excessOf(value, LIMITS)).toContain(words);
});

it('takes no longer than the text is long', () => {
  const hostile = [
    '['.repeat(1_000_000),
    '{"a":'.repeat(500_000),
    `{"${'\\'.repeat(1_000_000)}":1}`,
    `{${Array.from({ length: 100_000 }, (_, i) => `"${i}":1`).join()}}`,
    '"'.repeat(1_000_001),
    ':'.repeat(1_000_000),
  ];
  const start = performance.now();
  for (const text of hostile) expect(readJson(text, LIMITS)).toHaveProperty('problem');
  expect(performance.now() - start).toBeLessThan(2000);
});
