import { beforeEach, expect, test } from 'vitest';
import { create } from 'zustand';
import { forgetFound, keepDraft, useFoundDrafts } from './keep-draft.ts';

interface Draft {
  readonly draft: { readonly name: string; readonly symbols: readonly string[] };
  readonly openedBy: string | null;
}
const EMPTY: Draft = { draft: { name: '', symbols: [] }, openedBy: null };

let stored: Record<string, string>;
beforeEach(() => {
  stored = {};
  useFoundDrafts.setState({}, true);
});
const storage = {
  getItem: (key: string) => stored[key] ?? null,
  setItem: (key: string, value: string) => {
    stored[key] = value;
  },
  removeItem: (key: string) => {
    delete stored[key];
  },
};
/** As after a reload. */
function opened() {
  const store = create<Draft>()(() => EMPTY);
  keepDraft(store, 'grid', storage);
  return store;
}

test('what was begun is there after a reload, and said to have been found until that is decided', () => {
  const begun: Draft = { draft: { name: 'night', symbols: ['EURUSD'] }, openedBy: '' };
  opened().setState(begun);
  expect(useFoundDrafts.getState()).toEqual({});
  expect(opened().getState()).toEqual(begun);
  expect(useFoundDrafts.getState().grid).toBeTypeOf('number');
  forgetFound('grid');
  expect(useFoundDrafts.getState()).toEqual({});
});

test('what was discarded is gone, and nothing is found of an untouched form', () => {
  const store = opened();
  store.setState({ draft: { name: 'night', symbols: [] } });
  store.setState({ ...EMPTY, openedBy: 'EURUSD/H1' });
  expect(stored).toEqual({});
  expect(opened().getState()).toBe(EMPTY);
  expect(useFoundDrafts.getState()).toEqual({});
});

test.each([
  '{',
  'null',
  '{"at":1,"state":{"draft":{"name":"x"},"openedBy":null}}',
  '{"at":1,"state":{"draft":{"name":"x","symbols":"EURUSD"},"openedBy":null}}',
])('a draft that no form could show is none: %s', (text) => {
  stored['regimen.draft.grid'] = text;
  expect(opened().getState()).toBe(EMPTY);
});
