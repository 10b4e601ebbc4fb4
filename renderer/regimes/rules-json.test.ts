import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRules, readRules } from './rules-json.ts';

const problem = (text: string) => {
  const reading = readRules(text);
  return reading.ok
    ? undefined
    : `${reading.problem.line}:${reading.problem.column} ${reading.problem.message}`;
};

describe('readRules', () => {
  it('reads what it writes', () => {
    const rules = { trend_strength: '> 0.7', volatility: ['> 10th percentile', '< 75th percentile'] };
    expect(readRules(formatRules(rules))).toEqual({ ok: true, rules });
    expect(readRules(' {\r\n}\n')).toEqual({ ok: true, rules: {} });
  });

  it('agrees with JSON.parse on every object of texts and lists of texts', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 }));
    const key = fc.string().filter((k) => k !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.integer({ min: 0, max: 3 }), (rules, indent) => {
        const text = JSON.stringify(rules, null, indent);
        expect(readRules(text)).toEqual({ ok: true, rules: JSON.parse(text) });
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '"', '\\', ' ', '\n', '1', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        if (readRules(text).ok) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 3000 },
    );
  });

  it('names the place of the mistake, what was expected and what was found', () => {
    expect(problem('')).toBe('1:1 expected { before the first measure, found the end of the text');
    expect(problem('{\n  "volatility": > 0.7\n}')).toBe(
      '2:17 expected a rule in quotes such as "> 0.7", found >',
    );
    expect(problem('{"volume": 12.5}')).toBe('1:12 expected a rule in quotes such as "> 0.7", found 12.5');
    expect(problem('{"a": "> 1"\n "b": "> 2"}')).toBe(
      '2:2 expected a comma before the next measure, or } at the end, found "',
    );
    expect(problem('{"a": "> 1",}')).toBe('1:13 expected a measure in quotes such as "volatility", found }');
    expect(problem('{volatility: "> 1"}')).toBe(
      '1:2 expected a measure in quotes such as "volatility", found volatility',
    );
    expect(problem('{"a" "> 1"}')).toBe('1:6 expected : after "a", found "');
    expect(problem('{"a": "> 1"} x')).toBe('1:14 expected nothing after the closing }, found x');
    expect(problem('{"a": "> 1\n"}')).toBe('1:7 the closing quote of this text is missing on its line');
    expect(problem('{"a": ["> 1" "< 2"]}')).toBe(
      '1:14 expected a comma or ] after a rule of the list, found "',
    );
  });

  it('refuses a measure that is there twice, which JSON.parse would drop silently', () => {
    expect(problem('{"volatility": "> 1", "volatility": "< 2"}')).toBe(
      '1:23 "volatility" is there twice; join its conditions with "and"',
    );
  });
});
