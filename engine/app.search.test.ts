import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MarketsToSearch, STRUCTURE, searchMarkets } from './testing/searched-markets.ts';

/** What a search is for: it finds what is there, where it is, and says nothing is there where nothing is. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'searched-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ONE_AT_A_TIME = { ...STRUCTURE, workers: 1 };

/** A penalty above 0.15 leaves out even the hour, and with it all that there is to know. */
const PENALTY = {
  model_types: ['lasso'],
  days_history: [180],
  horizons: [6],
  encoders: ['time_delta'],
  objective: 'spearman',
  pruner: 'none',
  trials: 16,
  workers: 1,
  space: { lasso: { alpha: { type: 'float', low: 0.02, high: 1, log: true } } },
} satisfies MarketsToSearch['search'];

describe('a planted optimum', () => {
  test('of the structure is found by Sharpe, is more than luck, and holds on bars that nothing was chosen by', async () => {
    const [market] = await searchMarkets(folder, { lean: 0.2, seeds: [3], search: ONE_AT_A_TIME });
    const { study, found, defaults } = market!;
    const { encoder, horizon } = study.best!.params;
    expect(encoder).toBe('time_delta');
    expect(horizon).toBeLessThanOrEqual(16);
    expect(study.finding).toMatchObject({ kind: 'above_luck' });
    expect(study.finding!.p).toBeLessThan(0.05);
    expect(found.later).toBeGreaterThan(2);
    expect(defaults.later).toBeLessThan(1);
  });

  test('of a hyper-parameter is found by Spearman, on folds of the training window alone', async () => {
    const [market] = await searchMarkets(folder, { lean: 0.2, seeds: [3], search: PENALTY });
    const { study, search, found } = market!;
    const blind = search.trials.filter(({ params }) => (params.alpha as number) > 0.4);
    expect(blind.length).toBeGreaterThan(0);
    for (const { value } of blind) expect(Math.abs(value!)).toBeLessThan(0.05);
    expect(study.best!.params.alpha).toBeLessThan(0.2);
    expect(study.best!.value).toBeGreaterThan(0.2);
    expect(found.later).toBeGreaterThan(2);
  });
});

describe('a random walk', () => {
  test('has nothing in it, and the search says so', async () => {
    const markets = [
      ...(await searchMarkets(folder, { lean: 0, seeds: [1, 2, 3], search: ONE_AT_A_TIME })),
      ...(await searchMarkets(folder, { lean: 0, seeds: [4], search: PENALTY })),
    ];
    for (const { study, verdicts } of markets) {
      expect(study.finding!.kind).toBe('nothing');
      expect(study.finding!.text).toMatch(/^Nothing here/);
      expect(study.finding!.p).toBeGreaterThanOrEqual(0.05);
      for (const verdict of verdicts) expect(['none', 'too little data']).toContain(verdict);
    }
  });
});
