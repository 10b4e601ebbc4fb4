import { beforeEach, expect, test } from 'vitest';
import { create } from 'zustand';
import { asSuggestion, forgetFound, keepDraft, openDraftsOf, useFoundDrafts } from './keep-draft.ts';

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

test('what the program filled in by itself is no draft; what is written beside it is one, all of it', () => {
  const store = opened();
  const suggest = () =>
    asSuggestion(store, () => store.setState(({ draft }) => ({ draft: { ...draft, symbols: ['EURUSD'] } })));
  suggest();
  expect(stored).toEqual({});
  const written = { draft: { name: 'night', symbols: ['EURUSD'] }, openedBy: null };
  store.setState(written);
  expect(opened().getState()).toEqual(written);
  // Filled in beside something written, it is kept with that.
  store.setState({ draft: { name: 'night', symbols: [] } });
  suggest();
  expect(opened().getState()).toEqual(written);
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

test('an address with a password is not kept', () => {
  opened().setState({ draft: { name: 'redis://me:secret@host', symbols: ['EURUSD'] } });
  expect(JSON.stringify(stored)).not.toContain('secret');
});

test('a draft belongs to its workspace: another one has its own, and the first is there again with it', () => {
  const store = opened();
  const begun: Draft = { draft: { name: 'night', symbols: ['EURUSD'] }, openedBy: null };
  store.setState(begun);
  openDraftsOf('/a/config.yaml');
  expect(store.getState()).toEqual(begun);
  openDraftsOf('/b/config.yaml');
  expect(store.getState()).toBe(EMPTY);
  expect(useFoundDrafts.getState()).toEqual({});
  store.setState({ draft: { name: 'day', symbols: [] } });
  openDraftsOf('/a/config.yaml');
  expect(store.getState()).toEqual(begun);
  expect(useFoundDrafts.getState().grid).toBeTypeOf('number');
  openDraftsOf('/b/config.yaml');
  expect(store.getState().draft.name).toBe('day');
});
