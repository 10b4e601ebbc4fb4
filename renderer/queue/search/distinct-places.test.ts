import { expect, it } from 'vitest';
import { distinctPlaces } from './distinct-places.ts';

it('names places by what they do not have in common', () => {
  const places = [
    'ridge EURUSD H1, 180 days, 12 bars ahead, normalized',
    'ridge EURUSD H1, 180 days, 12 bars ahead, barrier 2:1, normalized',
    'xgboost EURUSD H1, 180 days, 6 bars ahead, normalized',
  ];
  expect([...distinctPlaces(places).values()]).toEqual([
    'ridge EURUSD H1, 12 bars ahead',
    'ridge EURUSD H1, 12 bars ahead, barrier 2:1',
    'xgboost EURUSD H1, 6 bars ahead',
  ]);
  expect(distinctPlaces([places[0]!]).get(places[0]!)).toBe('');
});
