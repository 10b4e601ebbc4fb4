import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GridSpecInput } from '../contract/grid.ts';
import { type Engine, results, train, useEngines } from '../testing/engines.ts';
import { brokenPromises } from '../testing/ledger.ts';
import { artifactsOf, CONFIG, outcomeOf } from '../testing/workspace.ts';

/** Evaluation jobs and lists as jobs like any other, and what they leave alone. */

const { createWorkspace, open, close } = useEngines();

const GRID: GridSpecInput = {
  name: 'First',
  model_types: ['ridge', 'lasso', 'linear_regression'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [60, 120],
  horizons: [3, 6],
};
const COSTS = { 'costs.symbols.DEMO_EURUSD.spread_pips': 1.4 };
const KEEP_ALL = `${CONFIG}\nmodel_management: { delete_non_best_models: false }\n`;

const set = (engine: Engine, changes: Record<string, unknown>) => engine.call('settings.set', { changes });
const preview = (engine: Engine) => engine.call('evaluation.preview', {});
const champions = (engine: Engine) => engine.call('champions.list', {});
const refusal = (call: Promise<unknown>) => call.then(() => undefined).catch((error: Error) => error.message);

/** More than threads are given at a time. */
const LONG: GridSpecInput = { ...GRID, horizons: [3, 4, 5, 6, 7, 8] };

/** A workspace with kept models, twelve of them by default, and other costs since. */
async function stale(config = KEEP_ALL, grid = GRID): Promise<{ workspace: string; engine: Engine }> {
  const workspace = createWorkspace(config);
  const engine = open(workspace);
  await train(engine, grid);
  await set(engine, COSTS);
  return { workspace, engine };
}

async function evaluate(engine: Engine) {
  const { queueId } = await engine.call('evaluation.create', {});
  return train(engine, queueId);
}

describe('an evaluation', () => {
  it('is paused and goes on as any job, to the end that it has without', async () => {
    const whole = await stale(KEEP_ALL, LONG);
    await evaluate(whole.engine);
    await close(whole.engine);

    const { workspace, engine } = await stale(KEEP_ALL, LONG);
    const { queueId } = await engine.call('evaluation.create', {});
    expect(await engine.call('jobs.get', { jobId: queueId })).toMatchObject({
      kind: 'evaluation',
      symbols: ['DEMO_EURUSD'],
      timeframes: ['H4'],
      total: 36,
    });
    const progressed = results(engine, 3);
    await engine.call('queue.start', { queueId });
    await progressed;
    await engine.call('queue.pause', { queueId });
    const { state, completed } = await engine.call('queue.wait', { queueId });
    expect(state).toBe('paused');
    expect(completed).toBeGreaterThanOrEqual(3);
    expect(completed).toBeLessThan(36);
    expect((await preview(engine)).kept).toMatchObject({ count: 36 - completed, queued: 36 - completed });
    expect(await refusal(engine.call('evaluation.create', {}))).toMatch(
      /^Nothing more to evaluate again: a job of the queue is to evaluate all \d+ models that are out of date\.$/,
    );
    await close(engine);

    const later = open(workspace);
    await later.call('queue.resume', { queueId });
    expect(await later.call('queue.wait', { queueId })).toMatchObject({ state: 'completed', completed: 36 });
    await close(later);
    expect(outcomeOf(workspace)).toEqual(outcomeOf(whole.workspace));
    expect(brokenPromises(workspace, Object.keys(artifactsOf(workspace)))).toEqual([]);
  });

  it('deletes what wins nothing any more, and counts it', async () => {
    const { workspace, engine } = await stale();
    await set(engine, { 'model_management.delete_non_best_models': true });
    const summary = await evaluate(engine);
    const holders = new Set((await champions(engine)).map(({ runId }) => runId));
    expect(summary).toMatchObject({ completed: 12, kept: holders.size, deleted: 12 - holders.size });
    expect(summary.kept).toBeLessThan(12);
    expect(Object.keys(artifactsOf(workspace))).toHaveLength(holders.size);
    expect((await engine.call('history.search', { kept: true })).total).toBe(holders.size);
    expect(summary.champions.every(({ outdated, stale: aside }) => (outdated ?? aside) === null)).toBe(true);
  });

  it('fails for a model whose file went bad, with the reason, and takes it up again where it is whole', async () => {
    const { workspace, engine } = await stale();
    const folder = join(workspace, 'artifacts');
    const file = readdirSync(folder).find((name) => name.endsWith('.model'))!;
    const bytes = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), bytes.subarray(0, 100));
    const { queueId } = await engine.call('evaluation.create', {});
    const summary = await train(engine, queueId);
    expect(summary).toMatchObject({ state: 'completed', completed: 11, failed: 1 });
    expect(summary.failures.map(({ error }) => error)).toEqual([expect.stringContaining(file)]);
    writeFileSync(join(folder, file), bytes);
    await engine.call('queue.retry', { queueId });
    expect(await train(engine, queueId)).toMatchObject({ completed: 12, failed: 0, failures: [] });
    expect((await preview(engine)).kept.count).toBe(0);
  });

  it('can not be widened as a grid can', async () => {
    const { engine } = await stale();
    const { queueId } = await engine.call('evaluation.create', {});
    expect(await refusal(engine.call('queue.extend', { queueId, grid: GRID }))).toMatch(
      'is no grid; only a grid can be extended.',
    );
  });

  it('writes down what each place was worth before and is now, with standard errors', async () => {
    const { engine } = await stale();
    const before = await champions(engine);
    await evaluate(engine);
    const after = await champions(engine);
    for (const place of before) {
      const { audit } = await engine.call('history.get', { run: place.runId });
      const now = after.find(({ runId, regime }) => runId === place.runId && regime === place.regime);
      const last = audit.filter(
        ({ regime, decision }) =>
          regime === place.regime && decision === (now === undefined ? 'pushed_out' : 'rescored'),
      );
      expect(last).toHaveLength(1);
      expect(last[0]).toMatchObject({ oldStoredScore: place.sharpe });
      expect(last[0]!.reason).toMatch(/^Evaluated again for today's data and rules: /);
      if (now === undefined) continue;
      expect(last[0]).toMatchObject({
        newScore: now.sharpe,
        newScoreError: now.sharpeError,
        oldScoreError: now.sharpeError,
      });
      expect(now).toMatchObject({ achievedAt: place.achievedAt, scoredAgain: null });
    }
  });
});

describe('deleted models', () => {
  it('are trained again as exactly those, which are no product of axes', async () => {
    const { engine } = await stale(CONFIG);
    const { kept, deleted } = await preview(engine);
    expect(kept.count + deleted.count).toBe(12);
    expect(deleted.reasons).toEqual([{ reason: 'the trading costs changed since', count: deleted.count }]);
    const { runs } = await engine.call('history.search', { limit: 100, kept: false });
    const gone = runs.map(({ modelType, daysHistory, horizon }) => [modelType, daysHistory, horizon]);
    const { queueId } = await engine.call('evaluation.retrain', {});
    expect(await engine.call('jobs.get', { jobId: queueId })).toMatchObject({
      kind: 'list',
      total: deleted.count,
    });
    expect(await train(engine, queueId)).toMatchObject({ completed: deleted.count, failed: 0 });
    const again = await engine.call('queue.results', { queueId });
    expect(again.map(({ modelType, daysHistory, horizon }) => [modelType, daysHistory, horizon])).toEqual(
      gone,
    );
    expect((await preview(engine)).deleted.count).toBe(0);
    expect(await refusal(engine.call('evaluation.retrain', {}))).toMatch(/^Nothing to train again: /);
  });

  it('include one that is kept and whose file is missing', async () => {
    const { workspace, engine } = await stale();
    const folder = join(workspace, 'artifacts');
    rmSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.model'))!));
    expect(await preview(engine)).toMatchObject({ kept: { count: 11 }, deleted: { count: 1 } });
  });
});

describe('what is not touched', () => {
  it('is a regime whose bars stay what they are', async () => {
    const engine = open(createWorkspace(KEEP_ALL));
    await train(engine, GRID);
    const regimes = await engine.call('regimes.list', {});
    const before = await champions(engine);
    const { audit } = await engine.call('history.get', { run: before[0]!.runId });
    // Last: it takes bars that were unclassified.
    await engine.call('regimes.save', { regimes: [...regimes, { name: 'rest', rules: { range: '> 0' } }] });
    await evaluate(engine);
    const after = await champions(engine);
    const luckless = ({ luck: _luck, verdictReason: _why, ...champion }: (typeof after)[number]) => champion;
    expect(after.filter(({ regime }) => regime !== 'rest').map(luckless)).toEqual(before.map(luckless));
    expect(after.some(({ regime }) => regime === 'rest')).toBe(true);
    const now = await engine.call('history.get', { run: before[0]!.runId });
    expect(now.audit.filter(({ regime }) => regime !== 'rest')).toEqual(audit);
    expect(now.regimes).toContain('rest');
  });

  it('is anything, by a regime that takes no bar', async () => {
    const engine = open(createWorkspace(KEEP_ALL));
    await train(engine, GRID);
    const regimes = await engine.call('regimes.list', {});
    await engine.call('regimes.save', {
      regimes: [{ name: 'crash', rules: { returns: '< -5' } }, ...regimes],
    });
    expect(await preview(engine)).toMatchObject({ kept: { count: 0 }, deleted: { count: 0 } });
    expect(await refusal(engine.call('evaluation.create', {}))).toMatch(/^Nothing to evaluate again: /);
    expect(await engine.call('jobs.list', {})).toHaveLength(1);
  });

  it('is a place in a regime that is switched off: it stays, with what it rests on', async () => {
    const engine = open(createWorkspace(KEEP_ALL));
    await train(engine, GRID);
    const regimes = await engine.call('regimes.list', {});
    const before = await champions(engine);
    const { regime } = before[0]!;
    await engine.call('regimes.save', {
      regimes: regimes.map((one) => (one.name === regime ? { ...one, active: false } : one)),
    });
    await evaluate(engine);
    const after = (await champions(engine)).filter((champion) => champion.regime === regime);
    expect(after.map(({ runId, sharpe, trades }) => [runId, sharpe, trades])).toEqual(
      before
        .filter((champion) => champion.regime === regime)
        .map(({ runId, sharpe, trades }) => [runId, sharpe, trades]),
    );
  });
});
