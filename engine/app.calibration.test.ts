import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomCandles } from './market/testing/random-candles.ts';
import { bestVerdict, type JudgedMarket, judgeMarkets } from './testing/judged-markets.ts';

/** The long form, on the moves of real bars: `npm run bench -- calibration`. */

async function judged(edge: number, markets: number): Promise<readonly JudgedMarket[]> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-calibration-'));
  try {
    const seeds = Array.from({ length: markets }, (_, i) => 1 + i);
    const source = randomCandles(13_000, 'H1', 7);
    return await judgeMarkets(folder, { source, length: source.length, edge, seeds, testPeriodDays: 60 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isEvidence = (market: JudgedMarket) => ['suggestive', 'strong'].includes(bestVerdict(market) ?? '');

test('of 40 markets without an edge at most 5 have a champion with evidence', async () => {
  const markets = await judged(0, 40);
  const champions = markets.flatMap(({ champions }) => champions);
  expect(champions.length).toBeGreaterThan(60);
  expect(champions.every(({ outOfSample }) => outOfSample !== null)).toBe(true);
  expect(markets.filter(isEvidence).length).toBeLessThanOrEqual(5);
}, 600_000);

test('where a strong edge was planted it is found', async () => {
  expect((await judged(0.45, 3)).filter(isEvidence)).toHaveLength(3);
}, 300_000);
