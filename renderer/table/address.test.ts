import { expect, it } from 'vitest';
import { allConditions, orderParam, pressed, readColumns, readOrder, splitConditions } from './address.ts';

const USUAL = { sort: 'id', descending: true };

it('an order is in the address and read from it; what is not known is the usual one', () => {
  for (const order of [
    { sort: 'p', descending: false },
    { sort: 'p', descending: true },
    { sort: 'id', descending: false },
  ]) {
    expect(readOrder(orderParam(order, USUAL), ['id', 'p'], USUAL)).toEqual(order);
  }
  expect(orderParam(USUAL, USUAL)).toBe('');
  expect(readOrder('-other', ['id', 'p'], USUAL)).toEqual(USUAL);
  expect(readOrder(undefined, ['id', 'p'], USUAL)).toEqual(USUAL);
});

it('a head that is pressed sorts by the largest, then by the smallest', () => {
  expect(pressed(USUAL, 'p')).toEqual({ sort: 'p', descending: true });
  expect(pressed(pressed(USUAL, 'p'), 'p')).toEqual({ sort: 'p', descending: false });
});

it('columns are known ones, each once', () => {
  expect(readColumns('p,id,p,other', ['id', 'p'])).toEqual(['p', 'id']);
  expect(readColumns('other', ['id', 'p'])).toBeUndefined();
});

it('the switch for demo markets is a condition, and found again among others', () => {
  expect(allConditions(' p < 0.05 ', true)).toBe('p < 0.05, synthetic = no');
  expect(splitConditions('synthetic=no, p < 0.05')).toEqual({ conditions: 'p < 0.05', hideDemo: true });
  expect(splitConditions('synthetic = yes')).toEqual({ conditions: 'synthetic = yes', hideDemo: false });
});
