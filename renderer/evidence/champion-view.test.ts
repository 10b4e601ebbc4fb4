import { expect, it } from 'vitest';
import { viewQueries } from '../../engine/contract/api/views.ts';
import { CHAMPION_COLUMN_KEYS } from '../../engine/contract/champion-columns.ts';
import { champion } from '../testing/champion.ts';
import { CHAMPION_TABLE } from './champion-columns.tsx';
import { championParams, championQuery, championViewParams, readChampionState } from './champion-view.ts';

it('the table has a column for everything that champions are sorted and filtered by', () => {
  expect(CHAMPION_TABLE.map(({ key }) => key)).toEqual(CHAMPION_COLUMN_KEYS);
  const context = { modelTitle: (name: string) => name, regimeTitle: (name: string) => name, minTrades: 10 };
  const text = (key: string) => CHAMPION_TABLE.find((one) => one.key === key)!.cell(champion(), context);
  expect(text('sharpe')).toBe('1.5 ± 2.0');
  expect(text('winRate')).toBe('55.0 %');
  expect(text('outOfSample')).toBe('–');
  expect(text('daysHistory')).toBe('60');
  expect(text('job')).toBe('4 Morning grid');
});

it('what it shows is in the address, and read from it as it was', () => {
  const params = { filter: 'trades > 30', mark: '*', demo: 'no', sort: 'p', columns: 'p,regime,sharpe' };
  const state = readChampionState(params);
  expect(championParams(state)).toEqual(params);
  expect(championQuery(state)).toEqual({
    filter: 'trades > 30, synthetic = no',
    favorite: true,
    sort: 'p',
    descending: false,
  });
});

it('the best evidence stands first where the address says nothing, or what is not known', () => {
  expect(championParams(readChampionState({ sort: '-nothing', columns: 'nothing' }))).toEqual({});
  expect(championQuery(readChampionState({}))).toEqual({ sort: 'verdict', descending: true });
});

it('a view comes back as it was saved', () => {
  const params = { filter: 'trades > 30', mark: 'golden', demo: 'no', sort: '-sharpe', columns: 'p,regime' };
  const query = { ...championQuery(readChampionState(params)), columns: 'p,regime' };
  expect(viewQueries.champions.safeParse(query).success).toBe(true);
  expect(championViewParams(query as Record<string, string | boolean>)).toEqual(params);
  expect(championViewParams({})).toEqual({});
});
