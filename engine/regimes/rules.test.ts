import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, formatRule, parseRule } from './rules.ts';

describe('parseRule', () => {
  it.each<[string, Condition[]]>([
    ['> 0.7', [{ operator: '>', reference: 'number', value: 0.7 }]],
    ['<=-2.5e-3', [{ operator: '<=', reference: 'number', value: -0.0025 }]],
    ['> 75th percentile', [{ operator: '>', reference: 'percentile', value: 75 }]],
    ['>= 99.5 Percentile', [{ operator: '>=', reference: 'percentile', value: 99.5 }]],
    ['< 1st percentile', [{ operator: '<', reference: 'percentile', value: 1 }]],
    ['> 2x average', [{ operator: '>', reference: 'average', value: 2 }]],
    ['>1.5 X AVERAGE', [{ operator: '>', reference: 'average', value: 1.5 }]],
    ['< average', [{ operator: '<', reference: 'average', value: 1 }]],
    [
      '> 0.3 and < 2x average AND <= 90th percentile',
      [
        { operator: '>', reference: 'number', value: 0.3 },
        { operator: '<', reference: 'average', value: 2 },
        { operator: '<=', reference: 'percentile', value: 90 },
      ],
    ],
  ])('reads %s', (text, conditions) => {
    expect(parseRule(text)).toEqual(conditions);
  });

  it.each([
    ['', 'character 1: expected one of >, >=, <, <=', 'found the end of the rule'],
    ['0.7', 'character 1: expected one of >, >=, <, <=', 'found "0.7"'],
    ['== 1', 'character 1: expected one of >, >=, <, <=', 'Equality is not offered'],
    ['>', 'character 2: expected a number after ">"', 'found the end of the rule'],
    ['> avrage', 'character 3: expected a number after ">"', 'Did you mean "average"?'],
    ['> 0,7', 'character 4: expected "percentile", "x average", "and" or the end', 'found ",7"'],
    ['>  75 percntile', 'character 7: expected', 'found "percntile". Did you mean "percentile"?'],
    ['> 75th', 'character 7: expected "percentile" after "75th"', 'found the end of the rule'],
    ['> 120th percentile', 'character 3: expected a percentile from 0 to 100', 'found 120'],
    ['> -1 percentile', 'character 3: expected a percentile from 0 to 100', 'found -1'],
    ['> 2x', 'character 5: expected "average" after "2x"', 'found the end of the rule'],
    ['> 0x average', 'character 3: expected a multiple of the average above 0', 'found 0'],
    ['> 3 average', 'character 5: expected "percentile", "x average"', 'found "average".'],
    ['> 1 or < 2', 'character 5: expected', 'found "or"'],
    ['> 1 and', 'character 8: expected one of >, >=, <, <=', 'found the end of the rule'],
    ['> 2x average < 3', 'character 14: expected "and" or the end of the rule', 'found "<"'],
    ['> 1e999', 'expected a number after ">"', ''],
  ])('refuses %j, saying where and why', (text, expected, found) => {
    expect(() => parseRule(text)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(`rule "${text}"`) }),
    );
    expect(() => parseRule(text)).toThrow(expected);
    expect(() => parseRule(text)).toThrow(found);
  });

  it('does not suggest a word that is already there', () => {
    expect(() => parseRule('> 3 average')).not.toThrow('Did you mean');
  });
});

const condition: fc.Arbitrary<Condition> = fc
  .record({
    operator: fc.constantFrom('>', '>=', '<', '<=' as const),
    reference: fc.constantFrom('number', 'percentile', 'average' as const),
    value: fc.double({ min: 0.001, max: 100, noNaN: true }),
  })
  .map((c) => c as Condition);

describe('formatRule', () => {
  it('writes what parseRule reads back unchanged', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
        expect(parseRule(formatRule(conditions))).toEqual(conditions);
      }),
    );
  });

  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [12, '12th'],
    [13, '13th'],
    [22, '22nd'],
    [50, '50th'],
    [99.5, '99.5th'],
  ])('writes percentile %d as %s', (value, text) => {
    expect(formatRule([{ operator: '>', reference: 'percentile', value }])).toBe(`> ${text} percentile`);
  });
});
