import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from './app.ts';
import type { TrainingSummaryDto } from './contract/dto/index.ts';
import type { EngineEvent } from './contract/events.ts';
import { prepareWorkspaces, type Workspaces } from './testing/workspace.ts';

/** Schedules of a window or server and of a command, with real trainings. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const RIDGE = { ...PLACE, modelType: 'ridge', target: 'return', period: '1y', skipValidation: true } as const;

let workspaces: Workspaces;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
});
afterAll(() => workspaces.removeAll());

async function lastRun({ call }: Engine): Promise<TrainingSummaryDto> {
  for (;;) {
    const [run] = (await call('schedule.show', {})).runs;
    if (run !== undefined && run.state !== 'pending' && run.state !== 'running') return run;
    await delay(50);
  }
}

test('a time that comes while a server is open is trained for, and the journal says that a schedule did', async () => {
  const workspace = workspaces.create();
  let ahead = 0;
  const engine = createEngine({ workspace, role: 'host', now: () => Date.now() + ahead });
  const events: EngineEvent[] = [];
  engine.subscribe((event) => events.push(event));
  try {
    const { call } = engine;
    await call('schedule.set', { enabled: true, training: RIDGE });
    ahead = 8 * 86_400_000;
    const run = await lastRun(engine);
    expect(run).toMatchObject({ state: 'completed', origin: 'schedule', schedule: 'weekly' });
    expect(run.names).toMatchObject([{ name: 'DEMO_EURUSD H4', result: { status: 'promoted' } }]);
    const { entries } = await call('production.journal', {});
    expect(entries.map(({ action, by }) => [action, by])).toEqual([
      ['registered', 'schedule'],
      ['promoted', 'schedule'],
    ]);
    expect(events.filter(({ type }) => type === 'training.ended')).toMatchObject([
      { schedule: 'weekly', state: 'completed', message: expect.stringContaining('is in production') },
    ]);

    // Run now, otherwise than it says, by a person; the schedule stays as it is.
    const begun = await call('schedule.start', { force: true, trials: 1, reason: 'now' });
    expect(begun).toMatchObject({
      origin: 'server',
      schedule: 'weekly',
      asked: { optimize: true, trials: 1 },
    });
    expect(await lastRun(engine)).toMatchObject({ id: begun.id, state: 'completed' });
    expect((await call('schedule.show', {})).asked).toMatchObject({ optimize: false, force: false });
    const last = (await call('production.journal', {})).entries.at(-1);
    expect(last).toMatchObject({ action: 'promoted', by: 'server', reason: 'now' });
    expect(last!.skipped).toContain('comparison');
  } finally {
    await engine.close();
  }
});

test('a command does what is due once, and nothing where nothing is', async () => {
  const workspace = workspaces.create();
  let ahead = 0;
  const engine = createEngine({ workspace, role: 'command', now: () => Date.now() + ahead });
  try {
    const { call } = engine;
    await call('schedule.set', { training: RIDGE });
    ahead = 8 * 86_400_000;
    // It is off.
    expect(await call('schedule.run', { due: true })).toEqual({ results: null });
    await call('schedule.set', { enabled: true });
    expect(await call('schedule.run', { due: true })).toEqual({ results: null });
    ahead += 8 * 86_400_000;
    expect(await call('schedule.run', { due: true })).toMatchObject({ results: [{ status: 'promoted' }] });
    expect(await call('schedule.run', { due: true })).toEqual({ results: null });
    expect((await call('production.journal', {})).entries.at(-1)).toMatchObject({ by: 'schedule' });
  } finally {
    await engine.close();
  }
});
