import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, regimen } from './testing/command-line.ts';

const HOUR = 3_600_000;

let root: string;
let workspace: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'regimen-costs-'));
  workspace = join(root, 'workspace');
  writeFileSync(
    join(root, 'grid.yaml'),
    'name: costs\nmodel_types: [ridge]\nsymbols: [BTCUSDT]\ntimeframes: [H1]\ndays_history: [60]\nhorizons: [6]\n',
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** 700 days of a market that never closes, around a price; with a spread where one is given. */
function csv(name: string, price: number, spread?: number): string {
  const lines = [`time,open,high,low,close,volume${spread === undefined ? '' : ',spread'}`];
  const digits = price > 1000 ? 2 : 4;
  let open = price;
  for (let i = 0, seed = 7; i < 700 * 24; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const close = open * Math.exp(0.004 * (seed / 2_147_483_647 - 0.5));
    const prices = [open, Math.max(open, close) * 1.0005, Math.min(open, close) * 0.9995, close];
    const cells = [
      ...prices.map((x) => x.toFixed(digits)),
      100 + (i % 90),
      ...(spread === undefined ? [] : [spread]),
    ];
    lines.push([new Date(Date.UTC(2024, 0, 1) + i * HOUR).toISOString(), ...cells].join(','));
    open = close;
  }
  const file = join(root, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const run = (...argv: string[]): Promise<Ran> => regimen([...argv, '--workspace', workspace]);
const importOf = (file: string, symbol: string, ...options: string[]) =>
  run('market', 'import', file, '--symbol', symbol, '--timeframe', 'H1', ...options);

describe('a market whose costs nobody knows', () => {
  it('is stored, but said to be so, and trained by nothing', async () => {
    const imported = await importOf(csv('btc.csv', 61_000), 'BTCUSDT');
    expect(imported.status).toBe(0);
    expect(imported.stdout).toContain('BTCUSDT is a crypto market');
    expect(imported.stdout).toMatch(/costs: \{ symbols: \{ BTCUSDT: \{ spread: \d+, unit: price \} \} \}/);
    expect((await run('market', 'list')).stdout).toMatch(/BTCUSDT.* crypto +24\/7 +not known/);
    const grid = join(root, 'grid.yaml');
    for (const command of [
      ['grid', 'preview', grid],
      ['train', grid],
      ['search', grid],
      ['validate', 'own', '--grid', grid],
      ['validate', 'quick', 'BTCUSDT', 'H1', '--model-type', 'ridge'],
      ['production', 'train', 'BTCUSDT', 'H1', '--period', '1y'],
    ]) {
      const { status, stderr, stdout } = await run(...command);
      expect(status, command.join(' ')).not.toBe(0);
      expect(stderr + stdout, command.join(' ')).toMatch(
        /BTCUSDT is a crypto market.*BTCUSDT: \{ spread: \d+/s,
      );
    }
    expect(JSON.parse((await run('champions', '--json')).stdout)).toEqual([]);
  }, 60_000);

  it('refuses a spread without a unit, and one in pips or points', async () => {
    for (const [spread, expected] of [
      ['12', 'use a number and its unit, such as 12 price, 0.02 % or 3 pips'],
      ['3 pips', 'BTCUSDT has no pips that are known'],
      ['30 points', 'How much a point of BTCUSDT is differs'],
      ['dear', 'says no spread of BTCUSDT'],
    ] as const) {
      const { status, stderr } = await importOf(join(root, 'btc.csv'), 'BTCUSDT', '--spread', spread);
      expect(status).not.toBe(0);
      expect(stderr).toContain(expected);
    }
  }, 60_000);

  it('is traded once an import has said what it costs, which the configuration keeps', async () => {
    const { stdout } = await importOf(
      join(root, 'btc.csv'),
      'BTCUSDT',
      '--spread',
      '12',
      '--spread-unit',
      'price',
    );
    expect(stdout).toMatch(/A round trip costs 12 in price, 0\.0\d+ % \(spread as configured\)\./);
    expect(readFileSync(join(workspace, 'config.yaml'), 'utf8')).toMatch(
      /BTCUSDT:\s+spread: 12\s+unit: price/,
    );
    const preview = await run('grid', 'preview', join(root, 'grid.yaml'));
    expect(preview.status).toBe(0);
    expect(preview.stdout).toContain('BTCUSDT: A round trip costs 12 in price');
  }, 60_000);

  it.each([
    ['0.02 %', '--commission', '0.05 %', 'spread: 0.0002\\s+unit: fraction\\s+commission_per_side: 0.0005'],
    ['0.5price', '--commission', '0.0001', 'spread: 0.5\\s+unit: price\\s+commission_per_side: 0.0001'],
  ])(
    'takes %s',
    async (spread, option, value, expected) => {
      await importOf(join(root, 'btc.csv'), 'ETHUSDT', '--spread', spread, option, value);
      expect(readFileSync(join(workspace, 'config.yaml'), 'utf8')).toMatch(
        new RegExp(`ETHUSDT:\\s+${expected}`),
      );
    },
    60_000,
  );
});

it('says what a round trip costs in pips where a market has some: the spread of the data, and slippage twice', async () => {
  const { stdout } = await importOf(csv('eurusd.csv', 1.1, 0.0001), 'EURUSD');
  expect(stdout).toMatch(/A round trip costs 1\.4 pips, 0\.01\d % \(median spread of the data\)\./);
  const gold = await importOf(csv('gold.csv', 2000, 0.3), 'XAUUSD');
  expect(gold.stdout).toMatch(/A round trip costs 3 pips, 0\.01\d % \(median spread of the data\)\./);
}, 60_000);

it("reads a symbol as people write it, and tells of a broker's name", async () => {
  const named = await importOf(join(root, 'eurusd.csv'), 'EURUSD.m');
  expect(named.stdout).toContain('EURUSD.M is stored under that name, apart from EURUSD');
  const coin = await importOf(join(root, 'btc.csv'), 'BTC/USDT', '--spread', '12 price');
  expect(coin.stdout).toMatch(/^BTCUSDT H1: 0 new/);
  const index = await importOf(join(root, 'gold.csv'), '#US30');
  expect(index.stdout).toMatch(/^US30 H1: .*\n.*A round trip costs 0\.3 in price/s);
}, 60_000);
