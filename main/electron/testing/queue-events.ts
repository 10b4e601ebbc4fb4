import type { QueueDto, QueueState } from '../../../engine/contract/dto/index.ts';
import type { EngineEvent } from '../../../engine/contract/events.ts';
import { parseGridSpec } from '../../../engine/contract/grid.ts';
import { exampleConfiguration } from '../../../engine/contract/testing/configuration.ts';

const grid = parseGridSpec(
  { model_types: ['ridge'], symbols: ['EURUSD'], timeframes: ['H1'], days_history: [60], horizons: [12] },
  'a test',
);

export function testQueue(id: number, state: QueueState, more: Partial<QueueDto> = {}): QueueDto {
  return {
    id,
    name: `queue ${id}`,
    state,
    message: null,
    waitingFor: null,
    owner: null,
    priority: 0,
    kind: 'grid',
    grid,
    symbols: grid.symbols,
    timeframes: grid.timeframes,
    totalConfigs: 13,
    skipped: 0,
    impossible: 0,
    completed: 0,
    failed: 0,
    pending: 13,
    crowned: 0,
    pushedOut: 0,
    kept: 0,
    deleted: 0,
    currentIndex: 1,
    progress: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    seconds: 0,
    memoryBytes: null,
    diskBytes: 0,
    ...more,
  };
}

export const changed = (queue: QueueDto): EngineEvent => ({ type: 'queue.changed', queue });

export function progressed(
  queueId: number,
  done: number,
  more: { readonly crowned?: number; readonly failedNow?: boolean; readonly outcome?: string } = {},
): EngineEvent {
  return {
    type: 'queue.progress',
    queueId,
    progress: {
      done,
      toTrain: 13,
      completed: done,
      failed: 0,
      crowned: 0,
      pushedOut: 0,
      kept: 0,
      deleted: done,
      currentIndex: done + 1,
      configuration: exampleConfiguration(),
      description: `configuration ${done}`,
      outcome: 'Model deleted',
      failedNow: false,
      memoryBytes: 300e6,
      elapsedSeconds: done,
      remainingSeconds: 13 - done,
      ...more,
    },
  };
}
