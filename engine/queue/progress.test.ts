import { expect, test } from 'vitest';
import type { ResolvedCell } from '../binding/resolver.ts';
import type { EngineEvent, QueueProgress } from '../contract/events.ts';
import type { QueueRow } from '../store/queues.ts';
import type { CommitOutcome } from './commit.ts';
import { createProgress } from './progress.ts';

const CELL = {
  configuration: {
    modelType: 'ridge',
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon: 3,
    encoder: 'normalized',
  },
} as ResolvedCell;
const KEPT: CommitOutcome = {
  status: 'completed',
  kept: true,
  improves: ['bull_trending', 'calm_ranging'],
  strategiesTested: 4,
  error: null,
};
const DELETED: CommitOutcome = { ...KEPT, kept: false, improves: [] };
const FAILED: CommitOutcome = {
  ...DELETED,
  status: 'failed',
  error: { code: 'training-failed', message: 'No variance.', details: {} },
};

/** A queue of 10: 3 skipped, 2 completed and 1 failed before, 4 left. */
function start() {
  const lines: string[] = [];
  const events: EngineEvent[] = [];
  let seconds = 0;
  const say = (level: string) => (queueId: number | null, text: string) =>
    void lines.push(`${level} ${queueId} ${text}`);
  const progress = createProgress({
    feed: { info: say('info'), warn: say('warn'), error: say('error'), recent: () => [] },
    emit: (event) => events.push(event),
    queue: { id: 7, total: 10, kept: 2, deleted: 5, seconds: 100 } as QueueRow,
    before: { skipped: 3, completed: 2, failed: 1, pending: 4 },
    pending: [2, 5, 6, 9],
    seconds: () => seconds,
  });
  return {
    lines,
    events,
    commit(outcome: CommitOutcome): QueueProgress {
      seconds += 10;
      progress.committed(CELL, outcome);
      const told = events.findLast((event) => event.type === 'queue.progress');
      if (told === undefined) throw new Error('Nothing was told.');
      return told.progress;
    },
  };
}

test('a cell that failed is done and counted as failed, neither kept nor deleted', () => {
  const { commit, lines } = start();
  expect(commit(FAILED)).toMatchObject({
    done: 4,
    toTrain: 7,
    completed: 2,
    failed: 2,
    kept: 2,
    deleted: 5,
    currentIndex: 5,
    outcome: 'Failed: No variance.',
    failedNow: true,
    elapsedSeconds: 110,
    remainingSeconds: 30,
  });
  expect(lines).toEqual([
    'info 7 Training model 4/7: ridge EURUSD H1, 60 days, 3 bars ahead, normalized',
    'error 7 ridge EURUSD H1, 60 days, 3 bars ahead, normalized: Failed: No variance.',
  ]);
});

test('counts go on over failed, kept and deleted ones to the last', () => {
  const { commit, events, lines } = start();
  commit(FAILED);
  expect(commit(KEPT)).toMatchObject({
    done: 5,
    completed: 3,
    failed: 2,
    kept: 3,
    deleted: 5,
    currentIndex: 6,
  });
  expect(events.at(-1)).toEqual({ type: 'workspace.changed', what: 'champions' });
  expect(lines.at(-1)).toBe('info 7 Model kept (improves: bull_trending, calm_ranging)');
  expect(commit(DELETED)).toMatchObject({
    done: 6,
    completed: 4,
    failed: 2,
    kept: 3,
    deleted: 6,
    failedNow: false,
    outcome: 'Model deleted (no regime improvements)',
  });
  expect(commit(FAILED)).toMatchObject({
    done: 7,
    completed: 4,
    failed: 3,
    currentIndex: null,
    elapsedSeconds: 140,
    remainingSeconds: 0,
  });
});
