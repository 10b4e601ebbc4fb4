import { describe, expect, it } from 'vitest';
import type { SpreadUnit } from '../../contract/spread-unit.ts';
import { type SpreadContext, settleSpreads, type WrittenSpreads } from './spread-unit.ts';

const { NaN: none } = Number;

function settled(
  values: readonly number[],
  unit: WrittenSpreads['unit'] = 'guess',
  context: Partial<SpreadContext> & { digits?: number } = {},
) {
  const spread = Float64Array.from(values);
  const applied = settleSpreads(
    { spread, unit, digits: context.digits ?? 5 },
    { file: 'a.csv', symbol: 'EURUSD', price: 1.1, scale: 1, given: undefined, ...context },
  );
  return { ...applied, spread: [...spread] };
}

describe('settleSpreads', () => {
  it.each<[string, number[], SpreadUnit, number[], Partial<SpreadContext> & { digits?: number }]>([
    ['points of five digits', [12, 35, 9], 'points', [0.00012, 0.00035, 0.00009], {}],
    ['pips', [1.2, 1.4, 0.9], 'pips', [0.00012, 0.00014, 0.00009], {}],
    ['price units', [0.00012, 0.00014], 'price', [0.00012, 0.00014], {}],
    ['pips of yen', [1.2, 0.8], 'pips', [0.012, 0.008], { symbol: 'USDJPY', price: 150, digits: 3 }],
    ['yen', [0.012, 0.008], 'price', [0.012, 0.008], { symbol: 'USDJPY', price: 150, digits: 3 }],
    ['cents of gold', [35, 28], 'points', [0.35, 0.28], { symbol: 'XAUUSD', price: 2000, digits: 2 }],
    ['points of an index', [120, 140], 'points', [1.2, 1.4], { symbol: 'US500', price: 5000, digits: 2 }],
    ['dollars of bitcoin', [12.5, 14], 'price', [12.5, 14], { symbol: 'BTCUSDT', price: 61_000, digits: 2 }],
    [
      'points of a scaled price',
      [12, 13],
      'points',
      [0.00012, 0.00013],
      { price: 110_000, scale: 100_000, digits: 0 },
    ],
    ['points of a mean', [12.5, 13], 'points', [0.000125, 0.00013], { given: 'points' }],
  ])('%s', (_, values, unit, expected, context) => {
    expect(settled(values, 'guess', context)).toMatchObject({ unit, spread: expected });
  });

  it('says how it read them, and as what they could be read, too', () => {
    expect(settled([12, 12]).notes).toEqual([
      'Spreads are read as points of the last digit: 12 points is 1.2 pips, 0.0109 % of the price. ' +
        'Set the spread unit if it is another: as pips a typical one is 12 pips, 0.109 % of the price.',
    ]);
    expect(settled([12, 12], 'points').notes).toEqual([]);
    expect(settled([1.2, 1.2]).notes).toEqual([
      'Spreads are read as pips: a typical one is 1.2 pips, 0.0109 % of the price. ' +
        'Set the spread unit if it is another: 1.2 points is 0.12 pips, 0.00109 % of the price.',
    ]);
  });

  it('asks where no reading gives a spread that there can be', () => {
    expect(() => settled([5_000_000])).toThrow(/expected 0.01 to 100 pips. Say what it is written in/);
    expect(() => settled([3000], 'points')).toThrow(/as points of the last digit it would be 300 pips/);
    expect(() => settled([1e-15], 'price')).toThrow(/spread of typically 1e-15/);
  });

  it('does as it is told, and says so where that is odd', () => {
    expect(settled([3000], 'points', { given: 'points' })).toMatchObject({
      spread: [0.03],
      notes: [expect.stringContaining('as asked')],
    });
    expect(settled([2], 'guess', { given: 'pips' })).toMatchObject({ spread: [0.0002], notes: [] });
    expect(() => settled([2], 'guess', { given: 'pips', symbol: 'US500', price: 5000 })).toThrow(/no pips/);
  });

  it('takes zeros for unknown, and keeps those between others', () => {
    expect(settled([0, 0, none])).toMatchObject({ unit: undefined, spread: [none, none, none] });
    expect(settled([0, 12, none]).spread).toEqual([0, 0.00012, none]);
  });

  it('goes by the decimals of a file that has no pips as fine as the convention', () => {
    const koruna = { symbol: 'USDCZK', price: 22, digits: 3 };
    const { unit, spread, notes } = settled([25, 30, 20], 'guess', koruna);
    expect([unit, spread[0]]).toEqual(['points', 0.025]);
    expect(notes.join()).toContain('25 points is 2.5 pips');
    expect(notes).toContain('A pip of USDCZK is taken for 0.01, since its prices have 3 decimals.');
    expect(settled([2.5], 'pips', koruna).spread).toEqual([0.025]);
    const fine = settled([25], 'guess', { ...koruna, digits: 5 });
    expect([fine.spread[0], fine.notes.length]).toEqual([0.00025, 1]);
    // Whole prices, divided by 100,000, have five decimals.
    expect(settled([12], 'guess', { price: 117_264, scale: 100_000, digits: 0 }).notes.join()).not.toContain(
      'A pip',
    );
  });
});
