import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChampionDto, ImportDto, QueueSummaryDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import { regimen } from './testing/command-line.ts';

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const SYMBOLS = ['EURUSD', 'GBPUSD'];
const present = SYMBOLS.every((symbol) => existsSync(join(folder, `${symbol}_H1.csv`)));

/** A part of the grid that `npm run bench -- grid` trains whole. */
const GRID = {
  model_types: ['linear_regression', 'ridge', 'lasso', 'elasticnet'],
  symbols: SYMBOLS,
  timeframes: ['H1', 'H4'],
  days_history: [60],
  horizons: [3, 12],
};

describe.skipIf(!present)(`real candles${present ? '' : ` (skipped: none in ${folder})`}`, () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'real-data-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function json<T>(...argv: string[]): Promise<T> {
    const ran = await regimen([...argv, '--workspace', join(root, 'workspace'), '--json']);
    expect(ran).toMatchObject({ status: 0 });
    return JSON.parse(ran.stdout) as T;
  }

  it.each([
    ['EURUSD', 74_439],
    ['GBPUSD', 57_600],
  ])('%s is imported whole, in UTC', async (symbol, bars) => {
    const file = join(folder, `${symbol}_H1.csv`);
    const imported = await json<ImportDto>('market', 'import', file, '--symbol', symbol, '--timeframe', 'H1');
    expect(imported).toMatchObject({ added: bars, badRows: 0, priceScale: 1, timezone: { name: 'UTC' } });
  });

  it('a grid of both is trained, H4 from H1, and its champions are those of the list', async () => {
    expect(await json<SeriesDto[]>('market', 'list')).toMatchObject([
      { symbol: 'EURUSD', timeframe: 'H1', synthetic: false, last: '2018-12-31T21:00:00.000Z' },
      { symbol: 'GBPUSD', timeframe: 'H1', synthetic: false, last: '2022-03-04T21:00:00.000Z' },
    ]);
    const grid = join(root, 'grid.yaml');
    writeFileSync(grid, JSON.stringify(GRID));
    const summary = await json<QueueSummaryDto>('train', grid);
    expect(summary).toMatchObject({
      totalConfigs: 32,
      completed: 32,
      failed: 0,
      strategiesTested: 32 * 135,
    });
    expect(summary.kept + summary.deleted).toBe(32);
    expect(await json('champions')).toEqual(summary.champions);
    const scopes = summary.champions.map((c) => `${c.symbol} ${c.timeframe} ${c.regime}`);
    expect(new Set(scopes).size).toBe(scopes.length);
    for (const champion of summary.champions) {
      expect(champion.trades).toBeGreaterThanOrEqual(10);
      expect(champion.sharpe).toBeGreaterThan(0);
    }
    expect(summary.champions.length).toBeGreaterThan(0);
    expect(summary.champions.every(({ holdout }) => holdout === null)).toBe(true);
    await json('champions', 'open', '--all');
    const holdouts = (await json<ChampionDto[]>('champions')).map(({ holdout }) => holdout!);
    // A month without a trade in the champion's regime has no figure.
    for (const holdout of holdouts) expect(holdout.sharpe === null).toBe(holdout.trades === 0);
    expect(holdouts.some(({ trades }) => trades > 0)).toBe(true);
  });
});
