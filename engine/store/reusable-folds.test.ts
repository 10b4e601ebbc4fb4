import { afterEach, expect, test } from 'vitest';
import { openStore } from './database.ts';
import { findFold, insertFold, knownFolds, reusableFolds } from './validations.ts';

const store = openStore(':memory:');
afterEach(() => store.close());

/** As `encodeProcedure` begins: the length of its header, then that. */
const blob = (version: number, tail: number) =>
  Uint8Array.from([9, 0, 0, 0, ...new TextEncoder().encode(`{"version":${version},"failed":0}`), tail]);
const fold = (key: string, type: string, result: Uint8Array) => ({
  key,
  symbol: 'EURUSD',
  timeframe: 'H1' as const,
  model_type: type,
  result,
  seconds: 1,
  computed_at: 1,
});

test('a fold of a procedure without contenders is known and computed again, which gives it them; others stay as they are', () => {
  insertFold(store, fold('old', 'procedure x', blob(1, 7)));
  insertFold(store, fold('new', 'procedure x', blob(2, 7)));
  insertFold(store, fold('model', 'ridge', blob(1, 7)));
  const keys = ['old', 'new', 'model', 'none'];
  expect(knownFolds(store, keys)).toEqual(new Set(['old', 'new', 'model']));
  expect(reusableFolds(store, keys)).toEqual(new Set(['new', 'model']));
  for (const [key, type] of [
    ['old', 'procedure x'],
    ['new', 'procedure x'],
    ['model', 'ridge'],
  ] as const) {
    insertFold(store, fold(key, type, blob(2, 8)));
  }
  const last = (key: string) => findFold(store, key)!.result.at(-1);
  expect([last('old'), last('new'), last('model')]).toEqual([8, 7, 7]);
  expect(reusableFolds(store, keys)).toEqual(new Set(['old', 'new', 'model']));
});
