import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/database.ts';
import { createKeptCount } from './kept-count.ts';

let store: Store;
let counted = 0;
let now = 0;
beforeEach(() => {
  const opened = openStore(':memory:');
  counted = 0;
  now = 0;
  store = {
    ...opened,
    first(query) {
      counted++;
      return opened.first(query);
    },
  };
});
afterEach(() => store.close());

const NOTHING = { kept: false, crowned: false, pushedOut: [] };
const QUERIES = 2;

test('what is kept is counted again where a result changed it, or a second has passed', () => {
  const count = createKeptCount(store, { id: 1 }, () => now);
  const times = (...calls: Parameters<typeof count>[]) => {
    counted = 0;
    for (const call of calls) count(...call);
    return counted / QUERIES;
  };
  expect(times([0, NOTHING])).toBe(1);
  expect(times([0, NOTHING], [0, NOTHING])).toBe(0);
  expect(times([0, { ...NOTHING, kept: true }])).toBe(1);
  expect(times([1, { ...NOTHING, crowned: true }])).toBe(1);
  expect(times([1, { ...NOTHING, pushedOut: [7] }])).toBe(1);
  now = 999;
  expect(times([1, NOTHING])).toBe(0);
  now = 1000;
  expect(times([1, NOTHING], [1, NOTHING])).toBe(1);
  // A clock that was set back.
  now = -5000;
  expect(times([1, NOTHING])).toBe(1);
});

test('models that another queue crowned are not told as this one’s', () => {
  const count = createKeptCount(store, { id: 1 }, () => now);
  expect(count(3, NOTHING)).toEqual({ crowned: 3, pushedOut: 3, kept: 0 });
});
