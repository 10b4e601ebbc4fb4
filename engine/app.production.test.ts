import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from './app.ts';
import type { TrainedNameDto, TrainingDto } from './contract/dto/index.ts';
import { within } from './testing/within.ts';
import { prepareWorkspaces, type Workspaces } from './testing/workspace.ts';

/** Production trainings of a window or server: planned, begun, followed, interrupted and asked for once more. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const RIDGE = { ...PLACE, modelType: 'ridge', target: 'return', period: '1y', skipValidation: true } as const;

let workspaces: Workspaces;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
});
afterAll(() => workspaces.removeAll());

async function hosted(workspace: string, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = createEngine({ workspace, role: 'host' });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

async function ended({ call }: Engine, id: string): Promise<TrainingDto> {
  for (;;) {
    const training = await call('production.training', { id });
    if (training.state !== 'running' && training.state !== 'pending') return training;
    await delay(50);
  }
}

/** Number of the job that is at work. */
async function running({ call }: Engine): Promise<number> {
  for (;;) {
    const queue = (await call('queue.list', {})).find(({ state }) => state === 'running');
    if (queue !== undefined) return queue.id;
    await delay(20);
  }
}

describe('a production training in a host', () => {
  test('is planned, goes through its stages, and ends in production', async () => {
    const workspace = workspaces.create();
    await hosted(workspace, async (engine) => {
      const { call } = engine;
      const plan = await call('production.plan', RIDGE);
      expect(plan).toMatchObject({
        problems: [],
        skipped: ['validation', 'thresholds', 'verdict'],
        names: [{ name: 'DEMO_EURUSD H4', production: null }],
      });
      expect(plan.names[0]!.stages.map(({ stage, leftOut }) => [stage, leftOut])).toEqual([
        ['search', true],
        ['train', false],
        ['validate', true],
        ['compare', false],
        ['promote', false],
      ]);
      expect(await call('queue.list', {})).toEqual([]);
      const begun = await call('production.start', { ...RIDGE, optimize: true, trials: 2 });
      expect(begun).toMatchObject({ title: 'DEMO_EURUSD H4', state: 'pending', origin: 'server' });
      await expect(call('production.start', RIDGE)).rejects.toThrow('at work already');
      const done = await ended(engine, begun.id);
      // Lists have all of it but what is long.
      const short = (result: TrainedNameDto) => {
        const { report, hyperparameters, ...others } = result;
        expect([report, hyperparameters]).not.toContain(null);
        return others;
      };
      const names = done.names.map((one) => ({ ...one, result: short(one.result!) }));
      expect(await call('production.trainings', {})).toEqual([{ ...done, names }]);
      expect(done).toMatchObject({ state: 'completed', error: null });
      const [{ stages, result }] = done.names as [TrainingDto['names'][number]];
      expect(stages.map(({ stage, state, queueIds }) => [stage, state, queueIds.length])).toEqual([
        ['search', 'done', 1],
        // What the search ends with is trained already.
        ['train', 'done', 0],
        ['validate', 'left_out', 0],
        ['compare', 'done', 0],
        ['promote', 'done', 0],
      ]);
      expect(result).toMatchObject({ status: 'promoted', report: { passed: true } });
      expect(await call('production.show', PLACE)).toMatchObject({ production: result!.version });

      // What is in production is compared with from now on; what is asked for is there already.
      const next = await call('production.plan', { ...RIDGE, force: true });
      expect(next.skipped).toEqual(['validation', 'thresholds', 'verdict', 'comparison']);
      const again = await call('production.plan', { ...RIDGE, skipValidation: false });
      expect(again.names[0]).toMatchObject({ production: result!.version });
      expect(again.names[0]!.stages[1]).toMatchObject({ models: 0 });
      const all = await call('production.plan', { dryRun: true });
      expect(all.names.map(({ name }) => name)).toEqual(['DEMO_EURUSD H4']);
    });
  });

  test('what stands in the way of it is told at its option, and throws nothing', async () => {
    const workspace = workspaces.create();
    await hosted(workspace, async ({ call }) => {
      const problems = async (input: object) =>
        (await call('production.plan', input)).problems.map(({ path }) => path);
      expect(await problems({ ...RIDGE, minAccuracy: 0.5 })).toEqual(['minAccuracy']);
      expect(await problems({ ...RIDGE, symbol: 'GBPCHF' })).toEqual(['symbol']);
      expect(await problems({})).toEqual(['symbol']);
      expect(await problems({ ...RIDGE, horizon: 400, timeframe: 'D1' })).toEqual(['horizon']);
    });
  });

  test('is interrupted by a person who cancels its job; one that the end of the host interrupts goes on with the next', async () => {
    const workspace = workspaces.create();
    await hosted(workspace, async (engine) => {
      const { call } = engine;
      const slow = { ...RIDGE, modelType: 'xgboost', optimize: true, trials: 300 };
      const { id, asked } = await call('production.start', slow);
      await call('queue.cancel', { queueId: await running(engine) });
      const training = await ended(engine, id);
      expect(training).toMatchObject({ state: 'interrupted', error: expect.stringContaining('cancelled') });
      const { id: next } = await call('production.start', asked as typeof slow);
      expect(next).not.toBe(id);
      await running(engine);
    });
    // It closed while that was at work.
    await within(workspace, async ({ call }) => {
      const [last] = await call('production.trainings', {});
      expect(last).toMatchObject({ state: 'running', names: [{ result: null }] });
      expect((await call('queue.list', {})).map(({ state }) => state)).toContain('paused');
      expect(await call('production.list', {})).toEqual([]);
    });
    await hosted(workspace, async (engine) => {
      const { call } = engine;
      const before = (await call('queue.list', {})).map(({ id }) => id);
      await running(engine);
      const { id } = (await call('production.trainings', {}))[0]!;
      await call('jobs.cancel', { jobId: id });
      expect(await ended(engine, id)).toMatchObject({ state: 'cancelled' });
      // The search that was interrupted is the one that went on.
      expect((await call('queue.list', {})).map((queue) => queue.id)).toEqual(before);
    });
  });
});
