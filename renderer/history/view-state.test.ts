import { expect, it } from 'vitest';
import { viewQueries } from '../../engine/contract/api/views.ts';
import { filterProblems, toFilter } from './filters.ts';
import { readState, stateParams, USUAL_STATE, viewParams, viewQuery } from './view-state.ts';

it('is in the address, and read from it as it was', () => {
  const params = {
    symbol: 'EURUSD',
    target: 'barrier 2:1',
    status: 'completed',
    kept: 'yes',
    demo: 'no',
    from: '2026-01-01',
    minSharpe: '0.5',
    text: 'abc',
    filter: 'trades > 30',
    limit: '50',
    sort: 'p',
    columns: 'sharpe,id,p',
  };
  const state = readState(params);
  expect(stateParams(state)).toEqual(params);
  expect(readState(stateParams(state))).toEqual(state);
  expect(state).toMatchObject({ sort: 'p', descending: false, columns: ['sharpe', 'id', 'p'] });
  expect(toFilter(state.filters)).toMatchObject({
    filter: 'trades > 30, synthetic = no',
    kept: true,
    minSharpe: 0.5,
  });
});

it('is the usual one where the address says nothing, or what is not known', () => {
  expect(readState({ run: '7' })).toEqual(USUAL_STATE);
  expect(readState({ sort: '-toString', columns: 'toString,,nothing', status: 'x', limit: 'many' })).toEqual(
    USUAL_STATE,
  );
  expect(stateParams(USUAL_STATE)).toEqual({});
  expect(readState({ sort: '-sharpe' })).toMatchObject({ sort: 'sharpe', descending: true });
  expect(stateParams({ ...USUAL_STATE, descending: false })).toEqual({ sort: 'id' });
});

it('conditions are checked before they are asked', () => {
  const { filters } = readState({ filter: 'nothing > 3' });
  expect(filterProblems(filters).conditions).toMatch(/no column to filter by/);
});

it('is what a view keeps, and comes back as it was', () => {
  const params = {
    symbol: 'EURUSD',
    target: 'barrier 2:1',
    status: 'completed',
    kept: 'yes',
    demo: 'no',
    mark: '*',
    from: '2026-01-01',
    minSharpe: '0.5',
    text: 'abc',
    filter: 'trades > 30',
    limit: '50',
    sort: 'p',
    columns: 'sharpe,id,p',
  };
  const query = viewQuery(readState(params), ['sharpe', 'id', 'p']);
  expect(viewQueries.history.safeParse(query).success).toBe(true);
  expect(viewParams(query)).toEqual(params);
  expect(viewParams({ tag: 'golden', sort: 'sharpe' })).toEqual({ mark: 'golden', sort: '-sharpe' });
});
