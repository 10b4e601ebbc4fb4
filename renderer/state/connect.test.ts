import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Method } from '../../engine/contract/api/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { exampleConfiguration } from '../../engine/contract/testing/configuration.ts';
import type { Client, Connection } from '../client/client.ts';
import { applyEvents, connect } from './connect.ts';
import { EMPTY_QUEUES, loadQueues, showAnswer, useQueues } from './queues.ts';
import { queueFixture } from './testing/queues.ts';
import { useRevisions } from './topics.ts';
import { useUi } from './ui.ts';
import { loadWorkspace, useWorkspace } from './workspace.ts';

const EMPTY_WORKSPACE = useWorkspace.getState();
let called: Method[];
let answers: Partial<Record<Method, unknown>>;
let tell: (connection: Connection) => void;
let disconnect: () => void;

const fake: Client = {
  kind: 'browser',
  call: async (method) => {
    called.push(method);
    const answer = answers[method];
    if (answer instanceof Error) throw answer;
    return answer as never;
  },
  subscribe: () => () => {},
  onConnection(listener) {
    tell = listener;
    listener('open');
    return () => {};
  },
  hostFile: async () => '',
  reveal: async () => {},
};
/** Lets every promise that is already settled run its course. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(async () => {
  called = [];
  answers = {
    'market.list': [],
    'regimes.list': [],
    'settings.get': { file: 'config.yaml' },
    'champions.list': [],
    'grid.options': { modelTypes: [] },
    'queue.list': [queueFixture({ id: 1 }), queueFixture({ id: 2 })],
    'feed.recent': [],
  };
  useQueues.setState(EMPTY_QUEUES, true);
  useWorkspace.setState(EMPTY_WORKSPACE, true);
  disconnect = connect(fake);
  await settled();
});
afterEach(() => disconnect());

it('reads workspace and queues on connecting', () => {
  expect(useWorkspace.getState().series).toEqual([]);
  expect(useQueues.getState().queues?.map((queue) => queue.id)).toEqual([2, 1]);
  expect(useUi.getState().connection).toBe('open');
});

it('reads everything again after a lost connection, and only then', async () => {
  called = [];
  tell('open');
  await settled();
  expect(called).toEqual([]);
  tell('lost');
  expect(useUi.getState().connection).toBe('lost');
  tell('open');
  await settled();
  expect(called).toContain('queue.list');
  expect(called).toContain('champions.list');
});

it('reads only the part of the workspace that changed', async () => {
  called = [];
  answers['champions.list'] = [{ regime: 'bull_trending' }];
  applyEvents([{ type: 'workspace.changed', what: 'champions' }]);
  await settled();
  expect(called).toEqual(['champions.list']);
  expect(useWorkspace.getState().champions).toHaveLength(1);
});

it('reads champions again when a validation has ended, since their verdicts rest on it', async () => {
  called = [];
  applyEvents([
    { type: 'workspace.changed', what: 'validations' },
    { type: 'queue.changed', queue: queueFixture({ kind: 'walk_forward', state: 'running' }) },
  ]);
  await settled();
  expect(called).toEqual([]);
  applyEvents([{ type: 'queue.changed', queue: queueFixture({ kind: 'walk_forward', state: 'completed' }) }]);
  await settled();
  expect(called).toEqual(['champions.list']);
});

it('moves the topics on that answers depend on', () => {
  const before = useRevisions.getState();
  applyEvents([{ type: 'queue.changed', queue: queueFixture() }]);
  const after = useRevisions.getState();
  expect(after.queues).toBe(before.queues + 1);
  expect(after.runs).toBe(before.runs);
});

it('keeps what was read when a later reading fails, and tells why', async () => {
  answers['market.list'] = new EngineError('store-damaged', 'The database is damaged.');
  await loadWorkspace(['series', 'regimes']);
  expect(useWorkspace.getState().series).toEqual([]);
  expect(useWorkspace.getState().error?.code).toBe('store-damaged');
  answers['market.list'] = [];
  await loadWorkspace(['series']);
  expect(useWorkspace.getState().error).toBeUndefined();
});

it('drops the progress of a finished import', () => {
  applyEvents([{ type: 'market.import', file: 'a.csv', share: 0.5 }]);
  expect(useWorkspace.getState().imports.get('a.csv')).toBe(0.5);
  applyEvents([{ type: 'market.import', file: 'a.csv', share: 1 }]);
  expect(useWorkspace.getState().imports.size).toBe(0);
});

describe('an answer that events have overtaken', () => {
  const progressOf = (done: number): EngineEvent => ({
    type: 'queue.progress',
    queueId: 1,
    progress: {
      done,
      toTrain: 10,
      completed: done,
      failed: 0,
      crowned: 1,
      pushedOut: 0,
      kept: 1,
      deleted: done - 1,
      currentIndex: done + 1,
      configuration: exampleConfiguration(),
      description: 'ridge EURUSD H1, 30 days, 3 bars ahead, normalized',
      outcome: 'Model deleted (no regime improvements)',
      failedNow: false,
      memoryBytes: 300e6,
      elapsedSeconds: 60 + done,
      remainingSeconds: 10,
    },
  });
  const first = () => useQueues.getState().queues?.find((queue) => queue.id === 1);

  it('does not take back their counts', async () => {
    const asked = showAnswer(() => Promise.resolve(queueFixture({ state: 'pausing' })));
    applyEvents([progressOf(7)]);
    await asked;
    expect(first()).toMatchObject({ state: 'pausing', completed: 7, pending: 3 });
    const listed = loadQueues();
    applyEvents([progressOf(8)]);
    await listed;
    expect(first()).toMatchObject({ state: 'running', completed: 8, pending: 2 });
  });

  it('does not take back a state', async () => {
    const asked = showAnswer(() => Promise.resolve(queueFixture({ state: 'pausing' })));
    applyEvents([{ type: 'queue.changed', queue: queueFixture({ state: 'paused', completed: 6 }) }]);
    expect((await asked).state).toBe('pausing');
    expect(first()).toMatchObject({ state: 'paused', completed: 6 });
  });

  it('is asked for again where it is the list', async () => {
    const listed = loadQueues();
    answers['queue.list'] = [queueFixture({ id: 1, state: 'paused' })];
    called = [];
    applyEvents([{ type: 'queue.removed', queueId: 2 }]);
    await listed;
    expect(called).toContain('queue.list');
    expect(useQueues.getState().queues).toEqual([queueFixture({ id: 1, state: 'paused' })]);
  });

  it('is shown where there was no event', async () => {
    await showAnswer(() => Promise.resolve(queueFixture({ state: 'pausing' })));
    expect(first()?.state).toBe('pausing');
    await expect(showAnswer(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(first()?.state).toBe('pausing');
  });
});
