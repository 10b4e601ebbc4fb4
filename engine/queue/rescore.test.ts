import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChampionDto, MetricsDto } from '../contract/dto/index.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { create, type Engine, results, train, useEngines } from '../testing/engines.ts';
import { CONFIG, outcomeOf } from '../testing/workspace.ts';

/** Champions whose scores are not of today's data and rules, and the runs that come after them. */

const { createWorkspace, open, close } = useEngines();

const GRID: GridSpecInput = {
  name: 'First',
  model_types: ['ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [60, 100],
  horizons: [6],
};
/** Others of the same market, worse ones among them. */
const LATER: GridSpecInput = { ...GRID, name: 'Later', model_types: ['ridge'], horizons: [24] };
const COSTS = 'costs.default.commission_per_side';

const champions = (engine: Engine) => engine.call('champions.list', {});
const set = (engine: Engine, changes: Record<string, unknown>) => engine.call('settings.set', { changes });
const place = ({ regime, runId }: ChampionDto) => `${regime} ${runId}`;
const auditOf = async (engine: Engine, { runId, regime }: ChampionDto) =>
  (await engine.call('history.get', { run: runId })).audit.filter((row) => row.regime === regime);

/** A day, so many days before the newest demo candle. */
async function dayBefore(engine: Engine, days: number): Promise<string> {
  const series = await engine.call('market.list', {});
  const newest = Math.max(...series.map(({ last }) => Date.parse(last)));
  return new Date(newest - days * 86_400_000).toISOString().slice(0, 10);
}

/** What the strategy of a champion did in a run, alone in the champion's regime. */
async function figuresIn(engine: Engine, champion: ChampionDto, run: string): Promise<MetricsDto> {
  const { strategies, regimes } = await engine.call('history.get', { run });
  return strategies[champion.strategyIndex]!.regimes[regimes.indexOf(champion.regime)]!;
}

async function modelOf(workspace: string, engine: Engine, run: string): Promise<Buffer> {
  const { artifactFile } = await engine.call('history.get', { run });
  return readFileSync(join(workspace, 'artifacts', artifactFile!));
}

describe('champions that were chosen under other costs', () => {
  it('have the scores that their models are given under those of today, to the bit, before anyone competes', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const { champions: cheap } = await train(engine, GRID);
    expect(cheap.length).toBeGreaterThan(1);
    const asTrained = await engine.call('history.get', { run: cheap[0]!.runId });
    await set(engine, { [COSTS]: 0.00005 });
    await train(engine, LATER);
    const dear = await champions(engine);
    const again = dear.filter((champion) => champion.scoredAgain !== null);
    expect(again.length).toBeGreaterThan(0);
    expect(dear.every(({ stale }) => stale === null)).toBe(true);

    // Each configuration trained anew under those costs is the same model, and is told the same figures.
    await set(engine, { 'model_management.delete_non_best_models': false });
    await train(engine, { ...GRID, name: 'Anew' });
    const { runs } = await engine.call('history.search', { limit: 100 });
    for (const champion of again) {
      const old = cheap.find((before) => place(before) === place(champion))!;
      const { modelType, daysHistory, horizon } = champion;
      const anew = runs.find(
        (run) =>
          run.uuid !== champion.runId &&
          run.modelType === modelType &&
          run.daysHistory === daysHistory &&
          run.horizon === horizon,
      )!;
      const figures = await figuresIn(engine, champion, anew.uuid);
      expect(await modelOf(workspace, engine, anew.uuid)).toEqual(
        await modelOf(workspace, engine, champion.runId),
      );
      expect(champion.sharpe).not.toBe(old.sharpe);
      // Stored results have single precision.
      expect(Math.fround(champion.sharpe!)).toBe(figures.sharpe);
      expect(Math.fround(champion.maxDrawdown!)).toBe(figures.maxDrawdown);
      expect(champion.trades).toBe(figures.trades);
      expect(champion.achievedAt).toBe(old.achievedAt);

      const audit = await auditOf(engine, champion);
      expect(audit.find(({ decision }) => decision === 'rescored')).toMatchObject({
        newScore: champion.sharpe,
        oldScore: champion.sharpe,
        oldStoredScore: old.sharpe,
        trades: champion.trades,
      });
    }
    // Those that were left without a score have left, and say so.
    for (const gone of cheap.filter(
      (before) => !dear.some((champion) => place(champion) === place(before)),
    )) {
      const audit = await auditOf(engine, gone);
      expect(audit.some((row) => row.decision === 'pushed_out' && row.oldStoredScore === gone.sharpe)).toBe(
        true,
      );
    }
    // What the run itself came to stays.
    const { strategies, basis } = await engine.call('history.get', { run: cheap[0]!.runId });
    expect({ strategies, basis }).toEqual({ strategies: asTrained.strategies, basis: asTrained.basis });
  });

  it('have their old scores again once the costs are what they were', async () => {
    const engine = open(createWorkspace());
    const { champions: before } = await train(engine, GRID);
    await set(engine, { [COSTS]: 0.00002 });
    await train(engine, { ...LATER, horizons: [48] });
    await set(engine, { [COSTS]: 0 });
    await train(engine, { ...LATER, horizons: [36] });
    const after = await champions(engine);
    const survivors = after.filter(
      (champion) => champion.scoredAgain !== null && before.some((old) => place(old) === place(champion)),
    );
    expect(survivors.length).toBeGreaterThan(0);
    for (const champion of survivors) {
      const { scoredAgain: _now, p: _p, luck: _luck, verdictReason: _why, ...figures } = champion;
      const {
        scoredAgain: _then,
        p: _pThen,
        luck: _luckThen,
        verdictReason: _whyThen,
        ...old
      } = before.find((c) => place(c) === place(champion))!;
      expect(figures).toEqual(old);
    }
  });
});

describe('when the trading week moves on', () => {
  it('champions are scored on the new windows, and by them alone', async () => {
    const engine = open(createWorkspace());
    await set(engine, { 'evaluation.as_of': await dayBefore(engine, 15) });
    const { champions: lastWeek } = await train(engine, GRID);
    await set(engine, { 'evaluation.as_of': 'week', [COSTS]: 0.000001 });
    expect(new Set((await champions(engine)).map(({ outdated }) => outdated))).toEqual(
      new Set(['the as-of date and the trading costs changed']),
    );
    await train(engine, LATER);
    const now = await champions(engine);
    const again = now.filter(({ scoredAgain }) => scoredAgain !== null);
    expect(again.length).toBeGreaterThan(0);
    expect(now.every(({ stale, outdated }) => stale === null && outdated === null)).toBe(true);
    const newest = (await engine.call('history.search', { limit: 1 })).runs[0]!;
    const { basis } = await engine.call('history.get', { run: newest.uuid });
    for (const champion of again) {
      expect(champion.scoredAgain).toBe(basis.as_of);
      const old = lastWeek.find((before) => place(before) === place(champion))!;
      expect(champion.sharpe).not.toBe(old.sharpe);
      expect((await auditOf(engine, champion)).at(-1)).toMatchObject({ decision: 'rescored' });
    }
    // Nothing has moved since.
    await train(engine, { ...LATER, horizons: [48] });
    for (const champion of await champions(engine)) {
      const rescorings = (await auditOf(engine, champion)).filter(({ decision }) => decision === 'rescored');
      expect(rescorings.length).toBeLessThanOrEqual(1);
    }
  });

  it('no model is scored on bars that it learned from: when the date moves back, it stands aside', async () => {
    const engine = open(createWorkspace());
    const { champions: before } = await train(engine, GRID);
    await set(engine, { 'evaluation.as_of': await dayBefore(engine, 15) });
    await train(engine, LATER);
    const aside = (await champions(engine)).filter(({ stale }) => stale !== null);
    expect(aside.map(place).sort()).toEqual(before.map(place).sort());
    for (const champion of aside) {
      expect(champion.stale).toBe(
        "the as-of date changed, and it learned from bars of today's selection window",
      );
      expect(champion.sharpe).toBe(before.find((old) => place(old) === place(champion))!.sharpe);
      expect((await auditOf(engine, champion)).at(-1)).toMatchObject({
        decision: 'stood_aside',
        reason: `It stands aside: since it was chosen, ${champion.stale}.`,
      });
    }
  });
});

describe('a champion stands aside', () => {
  it('whose strategy is no longer in the inference grid', async () => {
    const engine = open(createWorkspace());
    const { champions: before } = await train(engine, GRID);
    await set(engine, { [COSTS]: 0.00002, 'inference_grid.lookback_windows': [60] });
    await train(engine, LATER);
    const aside = (await champions(engine)).filter(({ stale }) => stale !== null);
    expect(aside.map(place).sort()).toEqual(before.map(place).sort());
    expect(new Set(aside.map(({ stale }) => stale))).toEqual(
      new Set(['the trading costs changed, and its strategy is no longer in the inference grid']),
    );
  });

  it('whose model file is missing', async () => {
    const workspace = createWorkspace();
    const engine = open(workspace);
    const { champions: before } = await train(engine, GRID);
    for (const name of readdirSync(join(workspace, 'artifacts'))) rmSync(join(workspace, 'artifacts', name));
    await set(engine, { [COSTS]: 0.00002 });
    await train(engine, LATER);
    const aside = (await champions(engine)).filter(({ stale }) => stale !== null);
    expect(aside.map(place).sort()).toEqual(before.map(place).sort());
    expect(aside[0]!.stale).toBe('the trading costs changed, and its model file can not be read');
  });
});

describe('whatever happens on the way', () => {
  const LONG: GridSpecInput = { ...LATER, horizons: [12, 24, 36, 48], days_history: [60, 80, 100] };
  /** A workspace whose champions are of a week ago. */
  async function lastWeek(): Promise<string> {
    const workspace = createWorkspace(CONFIG);
    const engine = open(workspace);
    await set(engine, { 'evaluation.as_of': await dayBefore(engine, 15) });
    await train(engine, GRID);
    await set(engine, { 'evaluation.as_of': 'week' });
    await close(engine);
    return workspace;
  }

  it('the outcome is the same: with one thread and two, and stopped after any result', async () => {
    const whole = await lastWeek();
    const engine = open(whole);
    await train(engine, LONG);
    await close(engine);
    const expected = outcomeOf(whole);
    expect(expected.ledger.audit.some(({ decision }) => decision === 'rescored')).toBe(true);

    const threads = await lastWeek();
    await train(open(threads, { threads: 2 }), LONG);
    expect(outcomeOf(threads)).toEqual(expected);

    let interrupted = 0;
    for (const after of [0, 1, 5]) {
      const workspace = await lastWeek();
      const cut = open(workspace);
      const queueId = await create(cut, LONG);
      const some = results(cut, after);
      await cut.call('queue.start', { queueId });
      if (after > 0) await some;
      await close(cut);
      const resumed = open(workspace);
      // It may have been done before it was told to stop.
      if ((await resumed.call('queue.get', { queueId })).state !== 'completed') {
        interrupted++;
        await resumed.call('queue.resume', { queueId });
        await resumed.call('queue.wait', { queueId });
      }
      await close(resumed);
      expect(outcomeOf(workspace)).toEqual(expected);
    }
    expect(interrupted).toBeGreaterThan(0);
  });
});

describe('champions that were chosen by another score', () => {
  it('are scored by that of today before anyone competes', async () => {
    const engine = open(createWorkspace());
    const { champions: before } = await train(engine, GRID);
    await set(engine, { 'evaluation.score': 'profit_factor', 'evaluation.min_score': 0 });
    expect((await champions(engine)).map(({ outdated }) => outdated)).toEqual(
      before.map(() => 'what champions are chosen by changed'),
    );
    await train(engine, LATER);
    const after = await champions(engine);
    const old = after.filter(({ scoredAgain }) => scoredAgain !== null);
    expect(old.length).toBeGreaterThan(0);
    for (const champion of old) {
      const last = (await auditOf(engine, champion)).find(({ reason }) => reason?.startsWith('Scored again'));
      expect(last!.reason).toContain('rofit factor');
      const { profitFactor } = await figuresIn(engine, champion, champion.runId);
      expect(last!.reason).toContain(`${profitFactor!.toFixed(3)} with`);
    }
  });
});
