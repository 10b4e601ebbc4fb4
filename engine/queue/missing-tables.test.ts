import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../store/database.ts';
import { computeTables, type Engine, train, useEngines } from '../testing/engines.ts';
import { outcomeOf, TWELVE } from '../testing/workspace.ts';

/** Runs that came back from a checkpoint, which has no table of their strategies. */

const { createWorkspace, open, close } = useEngines();

let finished: string;
let checkpoint: string;
let outcome: ReturnType<typeof outcomeOf>;
beforeAll(async () => {
  finished = createWorkspace();
  const engine = open(finished, { threads: 2 });
  await train(engine, TWELVE);
  await close(engine);
  outcome = outcomeOf(finished);
  const folder = join(finished, 'checkpoints', 'training_pipeline');
  const [file] = readdirSync(folder).filter((name) => name.startsWith('queue_'));
  checkpoint = join(folder, file!);
});

async function comeBack(): Promise<{ workspace: string; engine: Engine }> {
  const workspace = createWorkspace();
  const engine = open(workspace, { threads: 2 });
  const { id: queueId } = await engine.call('queue.resume', { checkpoint });
  await engine.call('queue.wait', { queueId });
  return { workspace, engine };
}

/** Closes the engine, and changes rows as this program would. */
async function changed(engine: Engine, workspace: string, sql: string): Promise<void> {
  await close(engine);
  const store = openStore(join(workspace, 'regimen.db'));
  store.raw.exec(sql);
  store.close();
}

async function championsOf(engine: Engine) {
  const champions = await engine.call('champions.list', {});
  return champions.map(({ luck: _luck, p: _p, verdictReason: _why, ...champion }) => champion);
}

const runsOf = async (engine: Engine) => (await engine.call('history.search', { limit: 100 })).runs;

describe('runs without their tables', () => {
  it('say so where they are shown, and everything else of them is there', async () => {
    const whole = open(finished);
    const { engine } = await comeBack();
    const runs = await runsOf(engine);
    expect(runs).toHaveLength(12);
    expect(new Set(runs.map(({ kept }) => kept))).toEqual(new Set([true, false]));
    for (const { uuid, kept } of runs) {
      const remedy = kept
        ? 'evaluating the run again computes it (regimen evaluate)'
        : 'training its deleted model again computes it (regimen evaluate --retrain-deleted)';
      const { strategies, regimes, missingTable, ...rest } = await engine.call('history.get', { run: uuid });
      expect({ strategies, regimes, missingTable }).toEqual({
        strategies: [],
        regimes: [],
        missingTable: `The table of strategies is not in the checkpoint this run came back from; ${remedy}.`,
      });
      const before = await whole.call('history.get', { run: uuid });
      expect(before).toMatchObject({ ...rest, id: before.id });
      expect(before.missingTable).toBeNull();
    }
    expect(await engine.call('regimes.heatmap', {})).toEqual(await whole.call('regimes.heatmap', {}));
    // What luck makes of them is told once all that was tried is counted again.
    expect(await championsOf(engine)).toMatchObject(await championsOf(whole));
  });

  it('are followed bar by bar from their models, and held against what is stored of their best strategies', async () => {
    const whole = open(finished);
    const { engine, workspace } = await comeBack();
    const { uuid: run } = (await runsOf(engine)).find(({ kept }) => kept)!;
    const bestStrategy = (await engine.call('history.get', { run })).bestStrategy!;
    for (const strategyIndex of [bestStrategy, 0, 1, 2, 3]) {
      const asked = { run, strategyIndex };
      expect(await engine.call('run.trace', asked)).toEqual(await whole.call('run.trace', asked));
    }
    await changed(engine, workspace, 'UPDATE strategies SET total_return = 9');
    const reopened = open(workspace);
    await expect(reopened.call('run.trace', { run, strategyIndex: bestStrategy })).rejects.toThrow(
      /gives other figures now than when it was trained/,
    );
  });

  it('are out of date for an evaluation, which gives them their tables and judges nothing', async () => {
    const { engine, workspace } = await comeBack();
    const lost = outcomeOf(workspace);
    expect(lost).not.toEqual(outcome);
    const { kept, deleted, otherModels } = await engine.call('evaluation.preview', {});
    const reason = 'its table of strategies is not in the checkpoint that it came back from';
    expect([kept.reasons, deleted.reasons]).toEqual([
      [{ reason, count: kept.count }],
      [{ reason, count: deleted.count }],
    ]);
    expect(kept.count + deleted.count).toBe(12);
    expect(otherModels).toBe(0);

    const evaluation = await engine.call('evaluation.create', {});
    expect(await train(engine, evaluation.queueId)).toMatchObject({
      state: 'completed',
      completed: kept.count,
    });
    const after = await engine.call('evaluation.preview', {});
    expect(after.kept.count).toBe(0);
    expect(after.deleted).toEqual(deleted);
    await engine.call('queue.remove', { queueId: evaluation.queueId });
    expect(outcomeOf(workspace).ledger.audit).toEqual(outcome.ledger.audit);

    await computeTables(engine);
    const whole = await open(finished).call('champions.list', {});
    expect(await engine.call('champions.list', {})).toEqual(whole);
    await close(engine);
    expect(outcomeOf(workspace)).toEqual(outcome);
  });

  it('get them from ordinary training, too, and are evaluated as all others once rules changed', async () => {
    const { engine } = await comeBack();
    const { queueId } = await engine.call('queue.create', {
      grid: { ...TWELVE, horizons: [3] },
      retrain: true,
    });
    await train(engine, queueId);
    const runs = await runsOf(engine);
    const missing = async (horizon: number, which: readonly boolean[] = [true, false]) => {
      const of = runs.filter((run) => run.horizon === horizon && which.includes(run.kept));
      const details = await Promise.all(of.map(({ uuid: run }) => engine.call('history.get', { run })));
      return details.filter(({ missingTable }) => missingTable !== null).length;
    };
    expect([await missing(3), await missing(6)]).toEqual([0, 6]);

    await engine.call('settings.set', { changes: { 'costs.symbols.DEMO_EURUSD.spread_pips': 1.4 } });
    const { kept, deleted } = await engine.call('evaluation.preview', {});
    expect([...kept.reasons, ...deleted.reasons].map(({ reason }) => reason)).not.toContain(
      expect.stringContaining('checkpoint'),
    );
    await computeTables(engine);
    expect(await missing(6, [true])).toBe(0);
  });

  it('take no table that contradicts what is stored of them', async () => {
    const { engine, workspace } = await comeBack();
    await changed(engine, workspace, 'UPDATE runs SET best_sharpe = 9');
    const reopened = open(workspace, { threads: 2 });
    const { kept } = await reopened.call('evaluation.preview', {});
    const { queueId } = await reopened.call('evaluation.create', {});
    const { failures, failed } = await train(reopened, queueId);
    expect(failed).toBe(kept.count);
    expect(failures[0]!.error).toMatch(/gives other figures now .* Its table of strategies is not taken\.$/);
    expect((await reopened.call('evaluation.preview', {})).kept.count).toBe(kept.count);
  });
});
