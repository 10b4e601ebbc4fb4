import { afterEach, describe, expect, it } from 'vitest';
import { resultInputs } from '../../engine/contract/api/results.ts';
import { chooseZone } from '../state/zone.ts';
import { filterCount, filterProblems, isFiltered, NO_FILTERS, toFilter } from './filters.ts';

const ALL = {
  axes: { symbol: ' eurusd ', model: 'ridge', timeframe: 'H1' },
  status: 'completed',
  keptOnly: true,
  mark: '*',
  hideDemo: true,
  from: '2026-01-01',
  to: '2026-01-31',
  minSharpe: 0.5,
  text: ' trending ',
  conditions: 'trades > 3',
  limit: 100,
} as const;

describe('filters', () => {
  it('ask for everything when nothing is filled in', () => {
    expect(toFilter(NO_FILTERS)).toEqual({});
    expect(isFiltered(NO_FILTERS)).toBe(false);
    expect(filterCount(NO_FILTERS)).toBe(0);
    expect(filterCount(ALL)).toBe(13);
    expect(isFiltered({ ...NO_FILTERS, limit: 50 })).toBe(true);
  });

  it('are what the engine takes', () => {
    const filter = toFilter(ALL);
    expect(filter).toMatchObject({ symbol: 'eurusd', kept: true, text: 'trending', minSharpe: 0.5 });
    expect(resultInputs['history.export'].safeParse(filter).success).toBe(true);
    expect(resultInputs['history.search'].safeParse({ ...filter, limit: 100, offset: 0 }).success).toBe(true);
  });

  it('find what the engine would refuse before it is asked', () => {
    expect(filterProblems(ALL)).toEqual({});
    expect(filterProblems(NO_FILTERS)).toEqual({});
    expect(
      Object.keys(filterProblems({ ...ALL, axes: { symbol: 'EUR/USD' }, from: '2026-02-01', limit: 9 })),
    ).toEqual(['axes.symbol', 'to', 'limit']);
    expect(filterProblems({ ...ALL, limit: 1001 })).toHaveProperty('limit');
  });
});

afterEach(() => chooseZone('utc'));

it('asks the engine for days of the zone that is shown', () => {
  const from = { ...NO_FILTERS, from: '2026-03-01' };
  expect(toFilter(from)).toEqual({ from: '2026-03-01' });
  chooseZone('market');
  expect(toFilter(from)).toEqual({ from: '2026-03-01', zone: 'NY+7' });
  expect(toFilter(NO_FILTERS)).toEqual({});
  expect(resultInputs['history.search'].safeParse(toFilter(from)).success).toBe(true);
});
