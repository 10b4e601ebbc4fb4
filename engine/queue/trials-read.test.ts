import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStore, type Store } from '../store/database.ts';
import { insertQueue, requireQueue } from '../store/queues.ts';
import { insertTrial, type TrialRow, trialsOf } from '../store/trials.ts';
import { readTrials } from './trials-read.ts';

let folder: string;
let store: Store;
let queueId: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trials-'));
  store = openStore(join(folder, 'regimen.db'));
  queueId = insertQueue(
    store,
    { name: 'a search', kind: 'search', enqueued: false, spec: {} as never, createdAt: 5 },
    [],
  );
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

function rowOf(study: number, trial: number): TrialRow {
  return {
    queue_id: queueId,
    study,
    trial,
    key: `${study} ${trial}`,
    state: 'completed',
    parameters: '{"alpha":0.5}',
    folds: '[]',
    loss: -0.25 * trial,
    same_as: trial === 3 ? 1 : null,
    error: null,
    seconds: 0.125,
    ended_at: 7,
  };
}

const read = () => readTrials(store, requireQueue(store, queueId), 2);

test('what was read is not read again, be trials committed in whatever order', () => {
  const prepare = vi.spyOn(store, 'prepare');
  const expected = () => expect(read()).toEqual(trialsOf(store, queueId));
  expected();
  for (const [study, trial] of [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 2],
    [0, 1],
    [0, 3],
  ] as const) {
    insertTrial(store, rowOf(study, trial));
    expected();
  }
  const before = read();
  insertTrial(store, rowOf(1, 2));
  const after = read();
  expect(after).toHaveLength(7);
  for (const row of before) expect(after).toContain(row);
  // Only from the first that is missing on.
  const statement = prepare.mock.results.at(-1)!.value;
  const all = vi.spyOn(statement, 'all');
  read();
  expect(all.mock.calls).toEqual([
    [queueId, 0, 4],
    [queueId, 1, 3],
  ]);
});

test('what is not what was written is not taken for it', () => {
  insertTrial(store, rowOf(0, 0));
  insertTrial(store, rowOf(0, 1));
  store.raw.exec("UPDATE sums SET sum = sum + 1 WHERE kind = 'trials'");
  expect(read).toThrow(/not what was written|damaged/);
});

test('a job that has the number of one that is gone is another', () => {
  insertTrial(store, rowOf(0, 0));
  const [row] = read();
  expect(read()[0]).toBe(row);
  expect(readTrials(store, { id: queueId, created_at: 6 }, 2)[0]).not.toBe(row);
});
