import { expect, test } from 'vitest';
import type { HostKind, QueueState } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { runJob } from './run-job.ts';

/** Jobs that go through states, one more each time that somebody looks. */
function jobs(hostKind: HostKind, states: QueueState[], refused?: Error) {
  const removed: number[] = [];
  const started: number[] = [];
  const closing = new AbortController();
  const queues = {
    start: async (id?: number) => {
      started.push(id!);
      if (refused !== undefined) throw refused;
    },
    remove: async (id: number) => void removed.push(id),
    get() {
      const [state] = states.length > 1 ? states.splice(0, 1) : states;
      if (state === undefined) throw new EngineError('not-found', 'There is no queue 7.');
      return { state };
    },
    launcher: {
      outcome: async () => ({ state: states.at(-1), failures: [] }),
      summary: async () => ({ failures: [{ configuration: 'ridge', error: 'lost' }] }),
    },
  };
  return { deps: { queues: queues as never, hostKind, closing: closing.signal }, removed, started, closing };
}

test('a command starts its job, and has what it came to', async () => {
  const { deps, started } = jobs('command line', ['paused']);
  expect(await runJob(deps, 7)).toMatchObject({ state: 'paused' });
  expect(started).toEqual([7]);
});

test('one that a command can not start is removed, and the reason told', async () => {
  const { deps, removed } = jobs('command line', ['pending'], new Error('refused'));
  await expect(runJob(deps, 7)).rejects.toThrow('refused');
  expect(removed).toEqual([7]);
});

test('one of a window takes its turn, is paused and resumed, and is waited for', async () => {
  const { deps, started } = jobs('window', ['pending', 'running', 'paused', 'running', 'completed']);
  expect(await runJob(deps, 7)).toEqual({
    state: 'completed',
    failures: [{ configuration: 'ridge', error: 'lost' }],
  });
  expect(started).toEqual([]);
});

test.each(['cancelled', 'failed', 'awaiting_confirmation'] as const)('%s is an end', async (state) => {
  const { deps } = jobs('server', ['running', state]);
  expect(await runJob(deps, 7)).toEqual({ state, failures: [] });
});

test('one that is removed, or whose workspace is closed, is interrupted', async () => {
  const removed = jobs('window', []);
  await expect(runJob(removed.deps, 7)).rejects.toMatchObject({ details: { interrupted: true } });
  const closed = jobs('window', ['running']);
  const running = runJob(closed.deps, 7);
  closed.closing.abort();
  await expect(running).rejects.toThrow('Regimen was closed');
});
