import { expect, test } from 'vitest';
import type { QueueDto, QueueState } from '../../engine/contract/dto/index.ts';
import type { EngineEvent, QueueProgress } from '../../engine/contract/events.ts';
import { exampleConfiguration } from '../../engine/contract/testing/configuration.ts';
import { createPresentState } from './present-state.ts';

const threads = (queueId: number, ...training: string[]): EngineEvent => ({
  type: 'queue.threads',
  queueId,
  training: training.map(exampleConfiguration),
});
const progress = (queueId: number, done: number): EngineEvent => ({
  type: 'queue.progress',
  queueId,
  progress: { done } as QueueProgress,
});
const changed = (id: number, state: QueueState): EngineEvent => ({
  type: 'queue.changed',
  queue: { id, state } as QueueDto,
});

function after(...events: EngineEvent[]): readonly EngineEvent[] {
  const present = createPresentState();
  for (const event of events) present.note(event);
  return present.events();
}

test('the newest of each kind and queue is there for whoever comes later', () => {
  const known = after(threads(1, 'a'), progress(1, 1), threads(2, 'x'), threads(1, 'b'), progress(1, 2));
  expect(known).toHaveLength(3);
  expect(known).toEqual(expect.arrayContaining([threads(1, 'b'), progress(1, 2), threads(2, 'x')]));
});

test.each(['running', 'pausing', 'cancelling'] as const)(
  'a queue that is %s is still in training',
  (state) => {
    expect(after(threads(1, 'a'), changed(1, state))).toEqual([threads(1, 'a')]);
  },
);

test.each([changed(1, 'paused'), changed(1, 'completed'), { type: 'queue.removed', queueId: 1 } as const])(
  'a queue that trains no more is forgotten, others are not: %j',
  (event) => {
    expect(after(threads(1, 'a'), progress(1, 1), threads(2, 'x'), event)).toEqual([threads(2, 'x')]);
  },
);

test('what has no bearing on training is not kept', () => {
  expect(after({ type: 'workspace.changed', what: 'series' })).toEqual([]);
});
