import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from './database.ts';
import { exampleJournal, exampleVersion } from './testing/registry-rows.ts';
import {
  aliasOf,
  insertJournal,
  insertVersion,
  listJournal,
  listVersions,
  productionOf,
  requireVersion,
  setAlias,
} from './versions.ts';

const NAME = 'EURUSD H1 bull';
let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  insertVersion(store, exampleVersion());
  insertJournal(store, exampleJournal());
});
afterEach(() => store.close());

describe('what is written once', () => {
  test.each(['versions', 'journal'])('%s can be neither changed nor deleted', (table) => {
    const column = table === 'versions' ? 'parent' : 'reason';
    expect(() => store.raw.exec(`UPDATE ${table} SET ${column} = 'other'`)).toThrow('never written over');
    expect(() => store.raw.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
    expect(listVersions(store)).toHaveLength(1);
    expect(listJournal(store, NAME)).toHaveLength(1);
  });

  test('a version is there once', () => {
    expect(() => insertVersion(store, exampleVersion())).toThrow();
  });
});

test('an alias points to a version that is there, or to none', () => {
  const alias = { name: NAME, alias: 'production', since: 1 };
  setAlias(store, { ...alias, version: '20261121_143022' });
  expect(aliasOf(store, NAME, 'production')).toBe('20261121_143022');
  expect(productionOf(store, { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull' })).toMatchObject({
    version: '20261121_143022',
    configuration: { modelType: 'ridge', target: 'return' },
    strategy: { lookbackWindow: 50 },
  });
  expect(() => setAlias(store, { ...alias, version: '20200101_000000' })).toThrow();
  setAlias(store, { ...alias, version: null });
  expect(productionOf(store, { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull' })).toBeUndefined();
});

test('what is not there is said with what is', () => {
  expect(() => requireVersion(store, NAME, '20200101_000000')).toThrow('There is 20261121_143022.');
  expect(() => requireVersion(store, 'EURUSD H1 bul', 'x')).toThrow('Did you mean "EURUSD H1 bull"?');
});
