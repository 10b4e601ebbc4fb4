import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistorySort } from '../contract/api/results.ts';
import { conditionsField } from '../contract/conditions.ts';
import { HISTORY_CONDITIONS } from '../contract/history-columns.ts';
import type { Store } from './database.ts';
import type { RunFilter } from './run-filter.ts';
import { jobsOfRuns } from './run-jobs.ts';
import { matchingRuns, searchRuns } from './run-search.ts';
import type { RunRow } from './runs.ts';
import { CHAMPION_OF, searchedRuns } from './testing/searched-runs.ts';

let store: Store;
let runs: RunRow[];
/** The best one of each run. */
let strategies: ReadonlyMap<number, Readonly<Record<string, number | null>>>;
beforeAll(() => {
  ({ store, runs, strategies } = searchedRuns());
});
afterAll(() => store.close());

describe('conditions on columns', () => {
  const conditions = (text: string) => conditionsField(HISTORY_CONDITIONS).parse(text);
  const found = (text: string) => matchingRuns(store, { filter: conditions(text) }, FIRST, -1, 0, judged);
  const plainly = (is: (run: RunRow) => boolean) => runs.filter(is).map(({ id }) => id);
  const best = (run: RunRow, name: string) => strategies.get(run.id)?.[name] ?? null;
  const FIRST = { sort: 'id', descending: false } as const;
  /** As of the two champions, one of which was validated. */
  const judged = () =>
    new Map([
      [7, { verdict: 'none' as const, p: 0.4, outOfSample: null }],
      [90, { verdict: 'strong' as const, p: 0.01, outOfSample: { sharpe: 1.5 } }],
    ]);

  it('keeps the runs whose columns are as asked', () => {
    const cases: [string, (run: RunRow) => boolean][] = [
      ['sharpe >= 1', (run) => run.best_sharpe !== null && run.best_sharpe >= 1],
      [
        'sharpe < 0, trades > 30',
        (run) => run.best_sharpe !== null && run.best_sharpe < 0 && Number(best(run, 'trades')) > 30,
      ],
      ['symbol = eurusd|gbpusd', (run) => ['EURUSD', 'GBPUSD'].includes(run.symbol)],
      ['symbol != EURUSD', (run) => run.symbol !== 'EURUSD'],
      ['modelType ~ RID', (run) => run.model_type.includes('rid')],
      ['kept = yes, horizon <= 3', (run) => run.kept === 1 && run.horizon <= 3],
      ['synthetic = no', (run) => run.synthetic === 0],
      ['maxDrawdown > 1%', (run) => Number(best(run, 'max_drawdown')) > 0.01],
      ['expectancy > 0', (run) => Number(best(run, 'expectancy')) > 0],
      ['target = return', () => true],
      ['target != return', () => false],
      ['regime = bull_trending', (run) => run.id === 7],
      ['regime != bull_trending', (run) => run.id !== 7],
      ['regime ~ ing', (run) => CHAMPION_OF.has(run.id)],
      ['verdict = no evidence', (run) => run.id === 7],
      ['verdict != none', (run) => run.id === 90],
      ['p < 0.05', (run) => run.id === 90],
      ['outOfSample > 0', (run) => run.id === 90],
    ];
    for (const [text, is] of cases) expect(found(text), text).toEqual(plainly(is));
  });

  it('knows which runs a job has', () => {
    expect(found('job = 1')).toEqual([]);
    store.raw.exec(`INSERT INTO queues (id, name, state, priority, spec, total, crowned, seconds, created_at, retrain, enqueued, kind)
      VALUES (1, 'a', 'completed', 0, '{}', 1, 0, 0, 0, 0, 0, 'grid'), (2, 'b', 'completed', 0, '{}', 1, 0, 0, 0, 0, 0, 'grid');
      INSERT INTO cells (queue_id, cell_index, config_hash, run_key, state, run_id)
      VALUES (1, 0, 'h', 'k', 'completed', 5), (2, 0, 'h', 'k', 'skipped', 5), (2, 1, 'i', 'l', 'completed', 9)`);
    expect([found('job = 1'), found('job = 2'), found('job != 2').length]).toEqual([
      [5],
      [5, 9],
      runs.length - 2,
    ]);
    expect(matchingRuns(store, {}, { sort: 'job', descending: false }, 3)).toEqual([5, 9, 1]);
    expect(jobsOfRuns(store, [5, 9, 10])).toEqual(
      new Map([
        [5, { queueId: 1, name: 'a' }],
        [9, { queueId: 2, name: 'b' }],
      ]),
    );
  });

  it('sorts by what is known of champions alone, and then come all others', () => {
    const page = (
      sort: HistorySort,
      descending: boolean,
      limit: number,
      offset = 0,
      filter: RunFilter = {},
    ) => searchRuns(store, filter, { sort, descending }, limit, offset, judged).ids;
    expect(page('verdict', true, 4)).toEqual([90, 7, 400, 399]);
    expect(page('verdict', false, 4)).toEqual([7, 90, 1, 2]);
    expect(page('p', false, 3)).toEqual([90, 7, 1]);
    expect(page('outOfSample', true, 3)).toEqual([90, 400, 399]);
    expect(page('p', true, 3, 1)).toEqual([90, 400, 399]);
    expect(page('p', true, 3, 4)).toEqual([398, 397, 396]);
    expect(page('p', true, 1000)).toHaveLength(runs.length);
    expect(new Set(page('p', true, 1000)).size).toBe(runs.length);
    const others = { filter: conditions('regime != bull_trending') };
    expect(page('p', true, 2, 0, others)).toEqual([90, 400]);
  });
});
