import { expect, it } from 'vitest';
import { combineHandlers } from './combine.ts';

const families = {
  grid: { 'grid.demo': () => ({ name: 'one' }) as never },
  lists: { 'queue.list': () => [], 'market.list': () => [] },
  more: { 'champions.list': () => [], 'market.list': () => [] },
};

it('joins the methods of all families', () => {
  const { grid, lists } = families;
  expect(combineHandlers(grid, lists)).toEqual({ ...grid, ...lists });
});

it('refuses a method that two families define, and names it', () => {
  const { grid, lists, more } = families;
  expect(() => combineHandlers(grid, lists, more)).toThrow(
    expect.objectContaining({ code: 'internal', message: 'The method "market.list" is defined twice.' }),
  );
});

it('sees by its type that a family is missing', () => {
  // @ts-expect-error: of the handlers, 'queue.list' is not there.
  const handlers: { 'grid.demo': unknown; 'queue.list': unknown } = combineHandlers(families.grid);
  expect(Object.keys(handlers)).toEqual(['grid.demo']);
});
