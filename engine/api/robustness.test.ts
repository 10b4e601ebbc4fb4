import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChampionDto, ChampionRobustnessDto } from '../contract/dto/index.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
let champions: readonly ChampionDto[];
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  await train(engine, { ...SIX, symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'] });
  champions = await engine.call('champions.list', {});
  expect(champions.length).toBeGreaterThan(2);
});
afterAll(() => workspace.dispose());

const tested = (input: { champion?: string } = {}) => workspace.engine.call('champions.robustness', input);
/** Past the engine. */
function inDatabase<T>(work: (db: Database.Database) => T): T {
  const db = rawDatabase(join(workspace.folder, 'regimen.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}
const rows = () => inDatabase((db) => db.prepare('SELECT * FROM robustness ORDER BY 1, 2, 3, 4').all());
const forget = () => inDatabase((db) => db.exec('DELETE FROM robustness'));

describe('champions.robustness', () => {
  it('tests every champion: its own score is the one that it was chosen by', async () => {
    const all = await tested();
    expect(all.map(({ champion, runId, error }) => [champion, runId, error])).toEqual(
      champions.map(({ champion, runId }) => [champion, runId, null]),
    );
    for (const [k, { robustness, run }] of all.entries()) {
      const champion = champions[k]!;
      const { own, scoredBy, neighbors, neighborRatio, neighborMedian, random, costs, withoutBest } =
        robustness!;
      expect({ score: own.score, trades: own.trades, scoredBy }).toEqual({
        score: champion.sharpe,
        trades: champion.trades,
        scoredBy: 'sharpe',
      });
      expect(neighborRatio).toBe(neighborMedian! / own.score!);
      expect(random).toMatchObject({ sets: 1000 });
      expect(random.quantiles.map(({ part }) => part)).toEqual([0.05, 0.25, 0.5, 0.75, 0.95]);
      expect(costs.map(({ factor, trades }) => [factor, trades])).toEqual([
        [1.5, champion.trades],
        [2, champion.trades],
      ]);
      expect(withoutBest.trades).toBe(champion.trades - Math.ceil(champion.trades / 20));
      // Each neighbor is a strategy of the run, with the figures that it has there.
      const detail = await workspace.engine.call('history.get', { run: String(run) });
      const regime = detail.regimes.indexOf(champion.regime);
      for (const { axis, value, score, trades } of neighbors) {
        const wanted = { ...champion.strategy, [axis]: value };
        const strategy = detail.strategies.find((one) =>
          Object.entries(wanted).every(([name, v]) => one[name as keyof typeof wanted] === v),
        )!;
        expect(strategy.regimes[regime]!.trades).toBe(trades);
        expect(strategy.regimes[regime]!.sharpe ?? NaN).toBeCloseTo(score ?? NaN, 4);
      }
    }
    const listed = await workspace.engine.call('champions.list', {});
    expect(listed.map(({ robustness }) => robustness)).toEqual(all.map(({ robustness }) => robustness));
  });

  it('reads from the run of the same configuration what it came to on other symbols', async () => {
    for (const { symbol, regime, symbols, runId } of await tested()) {
      const other = symbol === 'DEMO_EURUSD' ? 'DEMO_USDJPY' : 'DEMO_EURUSD';
      const found = symbols.find((one) => one.symbol === other)!;
      expect(symbols.map((one) => one.symbol)).not.toContain(symbol);
      expect(found.missing).toBeNull();
      const [own, detail] = await Promise.all(
        [runId, String(found.run)].map((run) => workspace.engine.call('history.get', { run })),
      );
      expect(detail).toMatchObject({ symbol: other, modelType: own!.modelType, horizon: own!.horizon });
      const { strategyIndex } = champions.find((one) => one.runId === runId && one.regime === regime)!;
      const figures = detail!.strategies[strategyIndex]!.regimes[detail!.regimes.indexOf(regime)]!;
      expect([found.score, found.trades]).toEqual([figures.sharpe, figures.trades]);
      for (const { symbol: third, missing } of symbols)
        if (third !== other) expect(missing).toBe('this configuration was not trained on it');
    }
  });

  it('keeps what it found: nothing is computed again while nothing has changed', async () => {
    const before = rows();
    expect(before).toHaveLength(champions.length);
    const [first] = champions as [ChampionDto];
    const [one, ...others] = (await tested({ champion: first.champion })) as [ChampionRobustnessDto];
    expect(others).toEqual([]);
    expect(one).toMatchObject({ runId: first.runId, regime: first.regime });
    expect(rows()).toEqual(before);
  });

  it('comes to the same bits again', async () => {
    const before = rows();
    forget();
    await tested();
    expect(rows()).toEqual(before);
  });

  it('is computed again by another score', async () => {
    const { engine } = workspace;
    const byScore = await tested();
    await engine.call('settings.set', { changes: { 'evaluation.score': 'composite' } });
    const [composite] = await tested();
    expect(composite!.robustness).toMatchObject({ scoredBy: 'composite', breakEven: 0.5 });
    expect(composite!.robustness!.own.trades).toBe(byScore[0]!.robustness!.own.trades);
    await engine.call('settings.set', { changes: { 'evaluation.score': 'sharpe' } });
    expect(await tested()).toEqual(byScore);
  });

  it('refuses what is no champion, and says why one can not be tested', async () => {
    const [first] = champions as [ChampionDto];
    await expect(tested({ champion: 'DEMO_EURUSD/H1/nowhere' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('There is no champion DEMO_EURUSD/H1/nowhere.'),
    });
    forget();
    const { artifactFile } = await workspace.engine.call('history.get', { run: first.runId });
    rmSync(join(workspace.folder, 'artifacts', artifactFile!));
    await expect(tested({ champion: first.champion })).rejects.toMatchObject({
      code: 'artifact-damaged',
    });
    const all = await tested();
    for (const { runId, robustness, error } of all) {
      expect(robustness === null).toBe(runId === first.runId);
      if (runId === first.runId) expect(error).toContain('there is no such file');
    }
  });
});
