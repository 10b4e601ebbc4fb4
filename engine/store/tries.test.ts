import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANY } from '../selection/champion.ts';
import { openStore, type Store } from './database.ts';
import { insertRun } from './runs.ts';
import { exampleRun } from './testing/example-rows.ts';
import { readTries } from './tries.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tries-'));
  store = openStore(join(folder, 'regimen.db'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

it('counts the tries of each market and regime, and of a regime on all markets', () => {
  const of = (count: number, sum: number, sumSquares: number) => ({ count, sum, sumSquares });
  const insert = (n: number, symbol: string, tries: object | null) =>
    insertRun(store, { ...exampleRun(n), symbol, tries: tries === null ? null : JSON.stringify(tries) }, []);
  insert(1, 'EURUSD', { calm: of(2, 3, 5), bull: of(1, -1, 1) });
  insert(2, 'EURUSD', { calm: of(3, 0.5, 8) });
  insert(3, 'USDJPY', { calm: of(10, 1, 20) });
  insert(4, 'USDJPY', null);
  const tries = readTries(store);
  expect(tries({ symbol: 'EURUSD', timeframe: 'H1', regime: 'calm' })).toEqual(of(5, 3.5, 13));
  expect(tries({ symbol: 'EURUSD', timeframe: 'H1', regime: 'bull' })).toEqual(of(1, -1, 1));
  expect(tries({ symbol: 'EURUSD', timeframe: 'H4', regime: 'calm' })).toEqual(of(0, 0, 0));
  expect(tries({ symbol: ANY, timeframe: ANY, regime: 'calm' })).toEqual(of(15, 4.5, 33));
});
