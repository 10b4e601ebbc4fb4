import type { QueueDto } from '../../../engine/contract/dto/index.ts';

/** A queue for tests: half of ten cells are done. */
export function queueFixture(changes: Partial<QueueDto> = {}): QueueDto {
  return {
    id: 1,
    name: 'Queue 1',
    state: 'running',
    message: null,
    waitingFor: null,
    owner: null,
    priority: 0,
    kind: 'grid',
    symbols: ['EURUSD'],
    timeframes: ['H1'],
    grid: {
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [30],
      horizons: [3],
      targets: ['return'],
      encoders: ['normalized'],
    },
    totalConfigs: 10,
    skipped: 0,
    impossible: 0,
    completed: 5,
    failed: 0,
    pending: 5,
    crowned: 2,
    pushedOut: 1,
    kept: 1,
    deleted: 4,
    currentIndex: 6,
    progress: 0.5,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    seconds: 60,
    ...changes,
  };
}
