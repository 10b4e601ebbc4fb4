import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, inspectFile } from './import.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wide-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HOURS = 30;
const stamp = (i: number) => new Date(Date.UTC(2024, 0, 2, i)).toISOString().slice(0, 19).replace('T', ' ');
const price = (symbol: number, role: string, i: number) =>
  (symbol + { open: 0, high: 0.02, low: -0.02, close: 0.01 }[role]! + i / 1000).toFixed(3);
const ROLES = ['open', 'high', 'low', 'close'] as const;
/** By ticker, the level of its prices. */
const LEVEL: Readonly<Record<string, number>> = {
  'EURUSD=X': 1.1,
  'GBPUSD=X': 1.3,
  EURUSD: 1.1,
  GBPUSD: 1.3,
};

function table(
  header: readonly string[],
  columns: readonly (readonly [symbol: string, role: string])[],
): string {
  const rows = Array.from({ length: HOURS }, (_, i) =>
    [stamp(i), ...columns.map(([symbol, role]) => price(LEVEL[symbol]!, role, i))].join(','),
  );
  const path = join(folder, 'wide.csv');
  writeFileSync(path, [...header, ...rows].join('\n'));
  return path;
}

const TICKERS = ['EURUSD=X', 'GBPUSD=X'];
const byRole = ['close', 'high', 'low', 'open'].flatMap((role) => TICKERS.map((t) => [t, role] as const));
const byTicker = TICKERS.flatMap((t) => ROLES.map((role) => [t, role] as const));
const plain = ['EURUSD', 'GBPUSD'].flatMap((t) => ROLES.map((role) => [t, role] as const));
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

const CASES: readonly [string, readonly string[], readonly (readonly [string, string])[]][] = [
  [
    'yfinance of several tickers',
    [
      `Price,${byRole.map(([, role]) => capital(role)).join()}`,
      `Ticker,${byRole.map(([t]) => t).join()}`,
      `Datetime${','.repeat(8)}`,
    ],
    byRole,
  ],
  [
    'yfinance grouped by ticker',
    [
      `Ticker,${byTicker.map(([t]) => t).join()}`,
      `Price,${byTicker.map(([, role]) => capital(role)).join()}`,
      `Datetime${','.repeat(8)}`,
    ],
    byTicker,
  ],
  ['names before what they hold', [`Date,${plain.map(([t, role]) => `${t}_${role}`).join()}`], plain],
  ['names behind it', [`Date,${plain.map(([t, role]) => `${capital(role)} ${t}`).join()}`], plain],
  [
    'a flattened frame',
    [`Date,${byRole.map(([t, role]) => `"('${capital(role)}', '${t}')"`).join()}`],
    byRole,
  ],
];

describe('tables of several instruments side by side', () => {
  it.each(CASES)('%s: each is read from its own columns', async (_, header, columns) => {
    const path = table(header, columns);
    for (const [symbol, level] of [
      ['EURUSD', 1.1],
      ['GBPUSD', 1.3],
    ] as const) {
      const { candles, notes } = await importFile(path, { symbol, timeframe: 'H1', timezone: 'UTC' });
      expect(candles.length).toBe(HOURS);
      for (const role of ROLES) {
        expect([...candles[role]]).toEqual(
          Array.from({ length: HOURS }, (_, i) => Number(price(level, role, i))),
        );
      }
      expect(notes.join()).toMatch(/The file holds EURUSD.*, GBPUSD.*: only the columns of/);
    }
    expect((await inspectFile(path)).held.symbols.length).toBe(2);
    await expect(importFile(path, { symbol: 'AUDUSD', timeframe: 'H1' })).rejects.toMatchObject({
      message: expect.stringContaining('None of them is AUDUSD'),
    });
  });

  it('one instrument whose name stands in each column is read, and named', async () => {
    const path = table([`Date,${ROLES.map((role) => `EURUSD_${role}`).join()}`], plain.slice(0, 4));
    expect(await inspectFile(path)).toMatchObject({ symbol: 'EURUSD', bars: HOURS });
  });

  it('both sides of one instrument are no two', async () => {
    const sides = ['Bid', 'Ask'].flatMap((side) => ROLES.map((role) => `${side} ${role}`));
    const { held } = await inspectFile(table([`Date,${sides.join()}`], plain));
    expect(held.symbols).toEqual([]);
  });

  it('refuses prices that stand there twice without a name, and closes alone', async () => {
    const twice = table([`Date,${[...ROLES, ...ROLES].join()}`], plain);
    await expect(inspectFile(twice)).rejects.toMatchObject({
      code: 'format-unknown',
      message: expect.stringContaining('more than once'),
    });
    const named = { columns: ['time', 'x', 'x', 'x', 'x', ...ROLES] };
    expect((await inspectFile(twice, named)).trading.price).toBeGreaterThan(1.3);
    const closes = table(['Date,EURUSD,GBPUSD,USDJPY,AUDUSD'], plain.slice(0, 4));
    await expect(inspectFile(closes)).rejects.toMatchObject({
      message: expect.stringContaining('a single price of each of EURUSD, GBPUSD, USDJPY'),
    });
  });
});
