import { afterEach, beforeEach, expect, test } from 'vitest';
import { METRICS } from '../backtest/metrics.ts';
import { openStore, type Store } from '../store/database.ts';
import { cellsOf, insertQueue, reopenFailedCells, requireQueue } from '../store/queues.ts';
import { exampleCell } from '../store/testing/example-rows.ts';
import { placeQueue } from '../store/testing/queue-state.ts';
import { findFold, foldsOf, insertValidation, validationsOf } from '../store/validations.ts';
import { encodeFold } from '../validation/fold-blob.ts';
import { forecastFigures } from '../validation/fold-figures.ts';
import type { PlannedFold } from '../validation/spec.ts';
import { commitFold } from './fold-commit.ts';
import type { DueFold } from './fold-work.ts';

const OWNER = JSON.stringify({ host: 'here', pid: 1, processStart: 1 });
const DAY = 86_400_000;

let store: Store;
let queueId: number;
beforeEach(() => {
  store = openStore(':memory:');
  queueId = insertQueue(
    store,
    { name: 'q', spec: { symbols: [], timeframes: [] }, createdAt: 1, kind: 'walk_forward' },
    [exampleCell(1, 'pending', null)],
  );
  placeQueue(store, queueId, 'running', OWNER);
  insertValidation(
    store,
    {
      queue_id: queueId,
      position: 0,
      scheme: 'quick',
      symbol: 'EURUSD',
      timeframe: 'H1',
      config_hash: 'h',
      regime: null,
      spec: '{}',
      created_at: 1,
    },
    [
      { index: 0, cell: 0, key: 'a' },
      { index: 1, cell: 0, key: 'b' },
    ],
  );
});
afterEach(() => store.close());

const FOLDS = [0, 1].map((index): PlannedFold => {
  const test = { from: (100 + index) * DAY, to: (101 + index) * DAY };
  const training = { from: 0, to: 100 * DAY };
  const kind = index === 0 ? 'rolling' : 'aging';
  return { index, kind, model: 0, training, test, trainBars: 9, testBars: 24, settledAt: test.to };
});

function due(): DueFold {
  const [validation] = validationsOf(store) as [DueFold['validation']];
  const spec = {
    configuration: { modelType: 'ridge', symbol: 'EURUSD', timeframe: 'H1' },
    folds: FOLDS,
  } as unknown as DueFold['spec'];
  const folds = ['a', 'b'].map((key, index) => ({ index, key, window: `fold ${index}` }));
  return { index: 0, validation, spec, model: { folds } as unknown as DueFold['model'] };
}

const bytes = encodeFold({
  netReturn: new Float64Array(24),
  marketDay: new Int32Array(24),
  trades: [],
  forecasts: forecastFigures(
    { forecast: new Float64Array(24), firstRow: 0 },
    { labels: new Float64Array(24), horizon: 3 },
  ),
  metrics: new Float64Array(METRICS.length),
  barsPerYear: 6240,
  costs: 0,
});
const TESTED = {
  status: 'tested' as const,
  index: 0,
  seconds: 0.25,
  windows: [
    { window: 'selection', bytes },
    { window: 'fold 0', bytes },
    { window: 'fold 1', bytes },
  ],
};
const FAILED = {
  status: 'failed' as const,
  index: 0,
  seconds: 1,
  error: { code: 'training-failed' as const, message: 'It took too long.', details: {} },
};
const commit = (result: Parameters<typeof commitFold>[3]) =>
  commitFold({ store, now: () => 7 }, requireQueue(store, queueId), due(), result);

test('each test window of a model is a row under its key, and has a line', () => {
  const { outcome, lines } = commit(TESTED);
  expect(outcome).toMatchObject({ status: 'completed', kept: false, crowned: false });
  expect(lines).toEqual([
    expect.stringMatching(/^Fold 1\/1, EURUSD H1, test 1970-04-11 to 1970-04-12: /),
    expect.stringMatching(/^Aging fold 1\/1, EURUSD H1, test 1970-04-12 to 1970-04-13: /),
  ]);
  for (const key of ['a', 'b']) {
    expect(findFold(store, key)).toMatchObject({ model_type: 'ridge', seconds: 0.25, computed_at: 7 });
  }
  expect(store.prepare('SELECT count(*) FROM folds').pluck().get()).toBe(2);
  expect(cellsOf(store, queueId)).toMatchObject([{ state: 'completed', run_id: null }]);
});

test('a model that fails says why in each of its folds, until it is trained again', () => {
  expect(commit(FAILED)).toMatchObject({ outcome: { status: 'failed', error: FAILED.error }, lines: [] });
  for (const { error } of foldsOf(store, 1)) expect(JSON.parse(error!)).toEqual(FAILED.error);
  expect(cellsOf(store, queueId)).toMatchObject([{ state: 'failed', run_id: null }]);
  expect(reopenFailedCells(store, queueId)).toBe(1);
  commit(TESTED);
  expect(cellsOf(store, queueId)).toMatchObject([{ state: 'completed', error: null }]);
});

test('a process that lost the job records nothing', () => {
  const mine = requireQueue(store, queueId);
  placeQueue(store, queueId, 'running', JSON.stringify({ host: 'there', pid: 2, processStart: 2 }));
  expect(() => commitFold({ store, now: () => 7 }, mine, due(), TESTED)).toThrow('has taken over queue');
  expect(findFold(store, 'a')).toBeUndefined();
  expect(cellsOf(store, queueId)).toMatchObject([{ state: 'pending' }]);
});
