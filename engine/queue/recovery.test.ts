import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../contract/events.ts';
import { create, results, seenByProcess, stateOf, useEngines } from '../testing/engines.ts';
import { CONFIG, outcomeOf, SMALL_GRID, TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open, close, outcomeWithoutInterruption } = useEngines();

describe('the disk', () => {
  test('with less room than storage.min_free_mb, a queue does not start, and says how much there is', async () => {
    const engine = open(createWorkspace(CONFIG.replace('min_free_mb: 0', 'min_free_mb: 1000000')));
    const queueId = await create(engine);
    await expect(engine.call('queue.start', { queueId })).rejects.toThrow(
      /^Only \d+ MB are free on the disk of .*; storage.min_free_mb asks for 1000000. Make room, then resume.$/,
    );
    expect(await stateOf(engine, queueId)).toBe('pending');
  });
});

describe('a crash', () => {
  /** A workspace as a process leaves it that was killed with two results permanent. */
  async function crashed(config?: string): Promise<{ workspace: string; queueId: number }> {
    const workspace = createWorkspace(config);
    const engine = open(workspace, { processes: seenByProcess(999_999_999) });
    const queueId = await create(engine);
    const progressed = results(engine, 2);
    await engine.call('queue.start', { queueId });
    await progressed;
    // What another process finds while that one, as far as it can see, is no more.
    const finder = open(workspace);
    expect(await stateOf(finder, queueId)).toBe('crashed');
    await close(finder);
    // The process that seemed dead sees that the queue is no longer its own, and keeps its hands off.
    await expect(engine.call('queue.wait', { queueId })).rejects.toThrow(
      'Another process has taken over queue',
    );
    await close(engine);
    return { workspace, queueId };
  }

  test('is offered for recovery: how far it was, and what is best', async () => {
    const { workspace, queueId } = await crashed();
    const host = open(workspace, { role: 'host' });
    const recovery = (await host.call('recovery.list', {}))[0]!;
    const { completed, pending, message } = await host.call('queue.get', { queueId });
    expect(recovery).toMatchObject({
      queueId,
      name: 'Crash test',
      progress: completed / 12,
      remaining: pending,
      resumed: false,
    });
    expect(recovery.recommendation).toBe(
      completed > 6 ? 'Resume to complete remaining work' : 'Resume to save partial progress',
    );
    expect(message).toBe(
      'Stopped when process 999999999 ended without notice. Everything committed until then is kept.',
    );
    expect(host.isTraining()).toBe(false);
    await host.call('recovery.resume', { queueId });
    expect((await host.call('queue.wait', { queueId })).completed).toBe(12);
    expect(await host.call('recovery.list', {})).toEqual([]);
  });

  test('can be dismissed: the queue is paused, and can be resumed like any other', async () => {
    const { workspace, queueId } = await crashed();
    const engine = open(workspace);
    await engine.call('recovery.dismiss', { queueId });
    expect(await engine.call('recovery.list', {})).toEqual([]);
    expect(await stateOf(engine, queueId)).toBe('paused');
    await expect(engine.call('recovery.resume', { queueId })).rejects.toThrow(
      'it has nothing to recover from',
    );
  });

  test('with recovery.auto_resume_on_crash, a host goes on by itself and says so', async () => {
    const { workspace, queueId } = await crashed(`${CONFIG}recovery: { auto_resume_on_crash: true }\n`);
    const command = open(workspace);
    expect(await stateOf(command, queueId)).toBe('crashed');
    await close(command);
    const host = open(workspace, { role: 'host' });
    const resumed = Promise.withResolvers<EngineEvent>();
    host.subscribe((event) => {
      if (event.type === 'queue.resumed') resumed.resolve(event);
    });
    expect(host.isTraining()).toBe(true);
    expect(await resumed.promise).toEqual({ type: 'queue.resumed', queueId, name: 'Crash test' });
    expect(await host.call('recovery.list', {})).toMatchObject([{ queueId, resumed: true }]);
    expect((await host.call('queue.wait', { queueId })).completed).toBe(12);
    expect(await host.call('recovery.list', {})).toEqual([]);
    const feed = (await host.call('feed.recent', {})).map((line) => line.message);
    expect(feed).toContain('Going on with queue "Crash test" after a crash (recovery.auto_resume_on_crash).');
  });
});

test('a host refuses a workspace in which another process trains, and names it', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const queueId = await create(engine, SMALL_GRID);
  await engine.call('queue.start', { queueId });
  const other = seenByProcess(1);
  expect(() => open(workspace, { role: 'host', processes: other })).toThrowError(
    expect.objectContaining({
      code: 'workspace-busy',
      message: expect.stringContaining(`process ${process.pid} runs queue ${queueId} "Crash test"`),
    }),
  );
  await engine.call('queue.cancel', { queueId });
  await engine.call('queue.wait', { queueId });
});

test('a clock that is set back while a queue trains takes nothing back', async () => {
  let now = Date.UTC(2026, 0, 5, 12);
  const workspace = createWorkspace();
  const engine = open(workspace, { now: () => now });
  const queueId = await create(engine);
  const progressed = results(engine, 2);
  const remaining: number[] = [];
  engine.subscribe((event) => {
    if (event.type === 'queue.progress') remaining.push(event.progress.remainingSeconds);
  });
  await engine.call('queue.start', { queueId });
  await progressed;
  now -= 24 * 3_600_000;
  expect(await engine.call('queue.wait', { queueId })).toMatchObject({
    state: 'completed',
    completed: 12,
    seconds: 0,
  });
  expect(Math.min(...remaining)).toBeGreaterThanOrEqual(0);
  await close(engine);
  expect(outcomeOf(workspace)).toEqual(await outcomeWithoutInterruption(TWELVE));
});
