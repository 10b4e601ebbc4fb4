import { describe, expect, it } from 'vitest';
import { columnsField, conditionsField, formatConditions, holds } from './conditions.ts';

const COLUMNS = { sharpe: 'number', symbol: 'text', kept: 'flag' } as const;
const field = conditionsField(COLUMNS);
const problem = (text: string) => field.safeParse(text).error?.issues[0]?.message;

describe('conditions', () => {
  it('are read, and written as they are read', () => {
    const text = 'sharpe >= 1.5, symbol = EURUSD|GBPUSD, kept = yes, sharpe < 50%';
    const read = field.parse(` ${text.replaceAll(' ', '')} ,`);
    expect(read).toEqual([
      { key: 'sharpe', is: '>=', values: [1.5] },
      { key: 'symbol', is: '=', values: ['EURUSD', 'GBPUSD'] },
      { key: 'kept', is: '=', values: [1] },
      { key: 'sharpe', is: '<', values: [0.5] },
    ]);
    expect(field.parse(formatConditions(read, COLUMNS))).toEqual(read);
  });

  it('name any of a family by a dot, whose values are numbers, words, or true and false', () => {
    const columns = { ...COLUMNS, 'param.NAME': 'value' } as const;
    const text = 'param.alpha >= 0.1, param.long.loss = squared|huber, param.bootstrap = true';
    const read = conditionsField(columns).parse(text);
    expect(read).toEqual([
      { key: 'param.alpha', is: '>=', values: [0.1] },
      { key: 'param.long.loss', is: '=', values: ['squared', 'huber'] },
      { key: 'param.bootstrap', is: '=', values: [1] },
    ]);
    expect(conditionsField(columns).parse(formatConditions(read, columns))).toEqual(read);
    for (const wrong of ['param. = 1', 'param = 1', 'other.alpha = 1'])
      expect(conditionsField(columns).safeParse(wrong).error?.issues[0]?.message).toMatch(
        /is no column|is no condition/,
      );
    expect(problem('param.alpha = 1')).toMatch(/no column to filter by/);
  });

  it('say what is wrong with them', () => {
    expect(problem('sharpe')).toMatch(/is no condition/);
    expect(problem('toString = 1')).toMatch(/no column to filter by. Use one of sharpe, symbol, kept/);
    expect(problem('sharpe ~ 1')).toMatch(/can't be compared with ~/);
    expect(problem('symbol > A')).toMatch(/can't be compared with >/);
    expect(problem('sharpe > 1|2')).toMatch(/takes one value/);
    expect(problem('sharpe > one')).toMatch(/compared with a number/);
    expect(problem('sharpe > %')).toMatch(/compared with a number/);
    expect(problem('kept = 1')).toMatch(/yes or no/);
  });

  it('hold or do not; of what is not known never', () => {
    const is = (text: string, value: string | number | boolean | null) => holds(field.parse(text)[0]!, value);
    expect([is('sharpe >= 1', 1), is('sharpe > 1', 1), is('sharpe <= 1', 1), is('sharpe < 1', 1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([
      is('symbol = eurusd|x', 'EURUSD'),
      is('symbol != X', 'EURUSD'),
      is('symbol ~ rus', 'EURUSD'),
    ]).toEqual([true, true, true]);
    expect([is('symbol ~ zzz', 'EURUSD'), is('kept = yes', true), is('kept != yes', true)]).toEqual([
      false,
      true,
      false,
    ]);
    for (const text of ['sharpe < 9', 'sharpe != 9', 'symbol ~ n']) expect(is(text, null)).toBe(false);
  });
});

it('columns are a list in its order, each once', () => {
  const columns = columnsField(['a', 'b', 'c']);
  expect(columns.parse('c, a,c')).toEqual(['c', 'a']);
  expect(columns.safeParse('a,d').error?.issues[0]?.message).toMatch(/is no column. Use some of a, b, c/);
  expect(columns.safeParse(' , ').success).toBe(false);
});
