import { expect, it } from 'vitest';
import {
  barRows,
  barSummary,
  barTable,
  barTicks,
  endsOf,
  hasOutOfSample,
  type RegimeBar,
} from './bar-rows.ts';

const BARS: readonly RegimeBar[] = [
  {
    regime: 'Bull',
    champion: {
      label: 'Ridge EURUSD H1',
      market: 'EURUSD H1',
      weight: 'within',
      verdict: 'none',
      outOfSample: null,
      selection: { value: 4, error: 2, text: '4.0 ± 2.0', few: false },
      holdout: { value: -3, error: 4.5, text: '−3.0 ± 4.5', few: true },
      luck: 5.2,
    },
  },
  { regime: 'Calm', champion: null },
];

it('names the market below the regime, and both figures beside the bars', () => {
  expect(barRows(BARS)).toMatchObject([
    { regime: 'Bull', market: 'EURUSD H1', selectionText: '4.0 ± 2.0', holdoutText: '−3.0 ± 4.5' },
    { regime: 'Calm', market: '', selection: 0, selectionError: null, selectionText: 'no model' },
  ]);
});

it('leaves room for whole whiskers and for the marks of luck', () => {
  const ticks = barTicks(barRows(BARS));
  expect(ticks[0]).toBeLessThanOrEqual(-7.5);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(6);
});

const TESTED: readonly RegimeBar[] = BARS.map(({ regime, champion }) => ({
  regime,
  champion: champion && {
    ...champion,
    outOfSample: { value: -9, error: 0.8, text: '−9.0 ± 0.8', few: false },
  },
}));

it('has what came of it out of sample beside the selection, once something was validated', () => {
  expect(barTicks(barRows(TESTED))[0]).toBeLessThanOrEqual(-9.8);
  const { columns, rows } = barTable(TESTED, String);
  expect(columns).toEqual(['Regime', 'Model', 'Selection', 'Out of sample', 'Holdout', 'Best by luck']);
  expect(rows.map((cells) => cells[3])).toEqual(['−9.0 ± 0.8', '–']);
  expect(barSummary(TESTED)).toContain('4.0 ± 2.0, out of sample −9.0 ± 0.8, holdout');
  expect(hasOutOfSample(TESTED)).toBe(true);
  expect(hasOutOfSample(BARS)).toBe(false);
  expect(endsOf({ value: null, error: null })).toEqual([]);
  expect(endsOf({ value: 0.4, error: null })).toEqual([0.4, 0.4, 0.4]);
});

it('says in words what its shades and whiskers show', () => {
  const table = barTable(BARS, (luck) => luck.toFixed(1));
  expect(table.columns).toEqual(['Regime', 'Model', 'Selection', 'Holdout', 'Best by luck']);
  expect(table.rows).toEqual([
    ['Bull', 'Ridge EURUSD H1', '4.0 ± 2.0', '−3.0 ± 4.5 (few trades)', '5.2'],
    ['Calm', 'no model', '–', '–', '–'],
  ]);
  expect(barSummary(BARS)).toBe(
    'Bull, EURUSD H1: 4.0 ± 2.0, holdout −3.0 ± 4.5 (few trades); Calm: no model',
  );
});
