import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Candles } from './market/candles.ts';
import { sliceCandles } from './market/candles.ts';
import { writeCandleCsv } from './market/testing/candle-csv.ts';
import {
  createGrowingMarket,
  GROWING_GRID,
  type GrowingMarket,
  trainGrowing,
} from './testing/growing-market.ts';
import { within } from './testing/within.ts';

/** Versions in charge trade on paper while candles arrive, through whole engines and processes that are killed. */

const BARS = 6000;
const NAME = 'EURUSD H1';
const IMPORTER = fileURLToPath(new URL('./testing/import-file.ts', import.meta.url));

let market: GrowingMarket;
let trained: string;
beforeAll(async () => {
  market = createGrowingMarket(BARS + 200);
  trained = await trainGrowing(market, BARS, {
    ...GROWING_GRID,
    model_types: ['ridge'],
    hyperparameters: {},
  });
  await within(trained, async ({ call }) => {
    const { version } = await call('production.register', { run: '1', name: 'EURUSD H1' });
    // Put in charge without the gate, which has its own tests.
    await call('production.rollback', { symbol: 'EURUSD', timeframe: 'H1', regime: 'all', version });
  });
}, 120_000);
afterAll(() => market.remove());

function copy(): string {
  const workspace = mkdtempSync(join(market.root, 'copy-'));
  cpSync(trained, workspace, { recursive: true });
  return workspace;
}

type Row = Readonly<Record<string, number>>;

function rowsOf(workspace: string): Row[] {
  const db = new Database(join(workspace, 'regimen.db'), { readonly: true });
  try {
    const rows = db.prepare('SELECT * FROM forward_bars ORDER BY test_id, time').all() as Row[];
    return rows.map(({ at: _, ...row }) => row) as Row[];
  } finally {
    db.close();
  }
}

const show = (workspace: string) => within(workspace, ({ call }) => call('forward.show', { name: NAME }));
const times = (from: number, to: number) => [...market.candles.time.subarray(from, to)];

test('from when it is put in charge on it trades on the bars that arrive, each once, and a correction rewrites nothing', async () => {
  const workspace = copy();
  expect(await show(workspace)).toMatchObject({ name: NAME, bars: 0, endedAt: null, problem: null });
  for (const bars of [BARS + 1, BARS + 40, BARS + 120]) await market.grow(workspace, bars);
  const rows = rowsOf(workspace);
  expect(rows.map(({ time }) => time)).toEqual(times(BARS, BARS + 120));
  const before = await show(workspace);
  expect(before).toMatchObject({ bars: 120, corrected: [], late: [], stale: null });
  expect(before.tradeList.length).toBeGreaterThan(3);
  for (const { entryTime, entryPrice, exitTime, exitPrice, direction, net, cost } of before.tradeList) {
    if (exitTime === null) continue;
    expect(exitTime > entryTime).toBe(true);
    const gross = (direction === 'LONG' ? 1 : -1) * Math.log(exitPrice! / entryPrice);
    // Nights held cost a little.
    expect(net).toBeCloseTo(gross - cost, 3);
  }
  // All at once is the same.
  const other = copy();
  await market.grow(other, BARS + 120);
  expect(rowsOf(other)).toEqual(rows);
  // A bar is corrected, and one comes that follows.
  const corrected = (candles: Candles): Candles => {
    const close = candles.close.slice();
    close[BARS + 60] = (candles.low[BARS + 60]! + candles.high[BARS + 60]!) / 2;
    return { ...candles, close };
  };
  await market.grow(workspace, BARS + 121, corrected);
  const after = await show(workspace);
  expect(after.corrected).toEqual([new Date(market.candles.time[BARS + 60]!).toISOString()]);
  expect(rowsOf(workspace).slice(0, 120)).toEqual(rows);
  expect(after).toMatchObject({ bars: 121, late: [] });
  await within(workspace, async ({ call }) => {
    await call('production.retire', { symbol: 'EURUSD', timeframe: 'H1', regime: 'all' });
  });
  await market.grow(workspace, BARS + 130, corrected);
  expect(await show(workspace)).toMatchObject({ bars: 121, endedAt: expect.any(String) });
}, 120_000);

/** Imports a file in a process of its own, which what it preloads may kill. */
function importFile(
  workspace: string,
  bars: number,
  killed: boolean,
): Promise<NodeJS.Signals | number | null> {
  const file = join(market.root, `killed-${bars}.csv`);
  writeCandleCsv(file, sliceCandles(market.candles, 0, bars));
  const preload = join(market.root, 'kill.mjs');
  writeFileSync(
    preload,
    `import Database from '${import.meta.resolve('better-sqlite3')}';
     const { prepare } = Database.prototype;
     let rows = 0;
     Database.prototype.prepare = function (text) {
       const statement = prepare.call(this, text);
       if (!/insert into .?forward_bars/i.test(text)) return statement;
       const { run } = statement;
       statement.run = function (...values) {
         const done = run.apply(this, values);
         if (++rows === 7) process.kill(process.pid, 'SIGKILL');
         return done;
       };
       return statement;
     };`,
  );
  const loaded = killed ? ['--import', preload] : [];
  const running = spawn(process.execPath, [...loaded, IMPORTER, workspace, file], { stdio: 'inherit' });
  return new Promise((resolve) => {
    running.on('exit', (status, signal) => resolve(signal ?? status));
  });
}

test('killed among the bars that it keeps, it goes on with every bar, each once', async () => {
  const workspace = copy();
  expect(await importFile(workspace, BARS + 30, false)).toBe(0);
  expect(await importFile(workspace, BARS + 60, true)).toBe('SIGKILL');
  expect(rowsOf(workspace).map(({ time }) => time)).toEqual(times(BARS, BARS + 30));
  expect(await importFile(workspace, BARS + 70, false)).toBe(0);
  const once = copy();
  await market.grow(once, BARS + 70);
  expect(rowsOf(workspace)).toEqual(rowsOf(once));
}, 120_000);
