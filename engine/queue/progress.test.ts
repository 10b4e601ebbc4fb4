import { expect, test } from 'vitest';
import type { ResolvedCell } from '../binding/resolver.ts';
import type { EngineEvent, QueueProgress } from '../contract/events.ts';
import type { QueueRow } from '../store/queues.ts';
import type { CommitOutcome } from './commit.ts';
import { createPeakMemory } from './peak-memory.ts';
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
  crowned: true,
  improves: ['bull_trending', 'calm_ranging'],
  pushedOut: [],
  run: 'u',
  metrics: {},
  decisions: [],
  strategiesTested: 4,
  error: null,
};
const DELETED: CommitOutcome = { ...KEPT, kept: false, crowned: false, improves: [] };
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
    feed: {
      debug: () => undefined,
      info: say('info'),
      warn: say('warn'),
      error: say('error'),
      recent: () => [],
    },
    emit: (event) => events.push(event),
    queue: { id: 7, total: 10, crowned: 2, seconds: 100 } as QueueRow,
    before: { skipped: 3, completed: 2, failed: 1, pending: 4 },
    bests: 0,
    bestsBefore: 0,
    pending: [2, 5, 6, 9],
    // One was pushed out before this pass.
    keptModels: (crowned) => ({ crowned, pushedOut: 1, kept: crowned - 1 }),
    seconds: () => seconds,
    memory: createPeakMemory(null, () => 0),
  });
  return {
    lines,
    events,
    begin: (index: number) => progress.started(index, CELL.configuration),
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
    crowned: 2,
    pushedOut: 1,
    kept: 1,
    deleted: 1,
    currentIndex: 6,
    outcome: 'Failed: No variance.',
    failedNow: true,
    elapsedSeconds: 110,
    remainingSeconds: 30,
  });
  expect(lines).toEqual(['error 7 Ridge EURUSD H1, 60 days, 3 bars ahead, normalized: Failed: No variance.']);
});

test('counts go on over failed, kept and deleted ones to the last', () => {
  const { commit, events, lines } = start();
  commit(FAILED);
  expect(commit(KEPT)).toMatchObject({
    done: 5,
    completed: 3,
    failed: 2,
    crowned: 3,
    pushedOut: 1,
    kept: 2,
    deleted: 1,
    currentIndex: 7,
  });
  expect(events.at(-1)).toEqual({ type: 'workspace.changed', what: 'champions' });
  expect(lines.at(-1)).toBe(
    'info 7 Model kept (improves: bull_trending, calm_ranging): 5/7, Ridge EURUSD H1, 60 days, 3 bars ahead, normalized',
  );
  expect(commit(DELETED)).toMatchObject({
    done: 6,
    completed: 4,
    failed: 2,
    crowned: 3,
    kept: 2,
    deleted: 2,
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

test('a model that begins is said once, by its number among all that the queue trains', () => {
  const { begin, commit, lines } = start();
  // Three were done before: the first that is left is the fourth.
  for (const index of [2, 5, 2]) begin(index);
  expect(lines).toEqual([
    'info 7 Training model 4/7: Ridge EURUSD H1, 60 days, 3 bars ahead, normalized',
    'info 7 Training model 5/7: Ridge EURUSD H1, 60 days, 3 bars ahead, normalized',
  ]);
  commit(DELETED);
  begin(9);
  expect(lines.at(-1)).toMatch(/^info 7 Training model 7\/7: /);
});
