import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HISTORY_SORTS, type HistorySort } from '../contract/api/results.ts';
import { conditionsField } from '../contract/conditions.ts';
import { HISTORY_CONDITIONS } from '../contract/history-columns.ts';
import { RUN_FIGURE_KEYS, RUN_FIGURES, type RunFigureKey } from '../contract/run-figures.ts';
import { TIMEFRAME_MINUTES, type Timeframe } from '../contract/timeframe.ts';
import { createPrng } from '../random/prng.ts';
import type { Store } from './database.ts';
import { isJudgedKey, type JudgedKey } from './run-conditions.ts';
import type { RunFilter } from './run-filter.ts';
import { type ListedRun, listedRuns, matchingRuns, searchRuns } from './run-search.ts';
import { type RunRow, requireRun } from './runs.ts';
import { insertTestRuns } from './testing/runs.ts';
import { CHAMPION_OF, searchedRuns } from './testing/searched-runs.ts';

/** Those that are no judgment of champions. */
const INDEXED = HISTORY_SORTS.filter((sort): sort is Exclude<HistorySort, JudgedKey> => !isJudgedKey(sort));

const DAY_MS = 86_400_000;

let store: Store;
let runs: RunRow[];
/** The best one of each run. */
let strategies: ReadonlyMap<number, Readonly<Record<string, number | null>>>;
beforeAll(() => {
  ({ store, runs, strategies } = searchedRuns());
});
afterAll(() => store.close());

/** The same question, asked plainly. */
function matches(run: RunRow, f: RunFilter): boolean {
  const text = f.text?.toLowerCase();
  const message = run.error === null ? '' : (JSON.parse(run.error) as { message: string }).message;
  const places = [run.uuid, run.model_type, run.symbol, run.encoder, message, CHAMPION_OF.get(run.id) ?? ''];
  return (
    (f.symbol === undefined || run.symbol === f.symbol) &&
    (f.model === undefined || run.model_type === f.model) &&
    (f.status === undefined || run.status === f.status) &&
    (f.timeframe === undefined || run.timeframe === f.timeframe) &&
    (f.kept === undefined || (run.kept === 1) === f.kept) &&
    (f.from === undefined || run.created_at >= Date.parse(f.from)) &&
    (f.to === undefined || run.created_at < Date.parse(f.to) + DAY_MS) &&
    (f.minSharpe === undefined || (run.best_sharpe ?? Number.NEGATIVE_INFINITY) >= f.minSharpe) &&
    (text === undefined || places.some((place) => place.toLowerCase().includes(text)))
  );
}

function randomFilter(random: ReturnType<typeof createPrng>): RunFilter {
  const pick = <T>(values: readonly T[]): T => values[random.int(values.length)]!;
  const wanted = { ...pick(runs) };
  const all = {
    symbol: wanted.symbol,
    model: wanted.model_type,
    status: wanted.status,
    timeframe: wanted.timeframe,
    kept: wanted.kept === 1,
    from: new Date(wanted.created_at).toISOString().slice(0, 10),
    to: new Date(pick(runs).created_at).toISOString().slice(0, 10),
    minSharpe: pick([-1, 0, 1]),
    text: pick(['RIDGE', 'usd', wanted.uuid.slice(0, 5), '100% of', 'a_b', 'no variance', 'trending', 'zzz']),
  };
  return Object.fromEntries(Object.entries(all).filter(() => random.int(4) === 0));
}

describe('searching runs', () => {
  it('finds what a plain loop over all runs finds', () => {
    const random = createPrng(3);
    const sizes = new Set<number>();
    for (let i = 0; i < 300; i++) {
      const filter = randomFilter(random);
      const expected = runs.filter((run) => matches(run, filter)).map((run) => run.id);
      expect(matchingRuns(store, filter), JSON.stringify(filter)).toEqual(expected.toReversed());
      for (const [limit, offset] of [
        [10, 0],
        [10, 20],
        [expected.length + 1, 0],
        [5, 1000],
      ]) {
        const page = searchRuns(store, filter, { sort: 'id', descending: false }, limit!, offset!);
        expect(page).toEqual({ ids: expected.slice(offset, offset! + limit!), total: expected.length });
      }
      sizes.add(expected.length);
    }
    expect(sizes.size).toBeGreaterThan(30);
  });

  it('takes % and _ in a text for themselves', () => {
    const count = (text: string) => matchingRuns(store, { text }).length;
    expect(count('100% of')).toBeGreaterThan(0);
    expect(count('1%0')).toBe(0);
    expect(count('r_dge')).toBe(0);
    expect(count('   ')).toBe(runs.length);
  });

  /** Of the run's best strategy, by the names that the history sorts by. */
  function figuresOf(runId: number): Readonly<Record<RunFigureKey, number | null>> {
    const best = strategies.get(runId);
    return Object.fromEntries(
      Object.entries(RUN_FIGURES).map(([key, { name }]) => [key, best?.[name] ?? null]),
    ) as Record<RunFigureKey, number | null>;
  }

  it.each(INDEXED)('sorts by %s with ties in the order of ids and nothing last', (sort) => {
    const value = (run: ListedRun): number | string | null =>
      ({
        id: run.id,
        modelType: run.model_type,
        symbol: run.symbol,
        timeframe: TIMEFRAME_MINUTES[run.timeframe as Timeframe],
        daysHistory: run.days_history,
        horizon: run.horizon,
        status: run.status,
        kept: run.kept,
        sharpe: run.best_sharpe,
        ...figuresOf(run.id),
        rankIc: run.rank_ic,
        createdAt: run.created_at,
        job: null,
      })[sort];
    for (const descending of [false, true]) {
      for (const filter of [{}, { status: 'completed' }] as RunFilter[]) {
        const sign = descending ? -1 : 1;
        const expected = runs
          .filter((run) => matches(run, filter))
          .sort((a, b) => {
            const [x, y] = [value(a), value(b)];
            if (x === y) return sign * (a.id - b.id);
            if (x === null || y === null) return x === null ? 1 : -1;
            return x < y ? -sign : sign;
          })
          .map((run) => run.id);
        const page = (limit: number, offset: number) =>
          searchRuns(store, filter, { sort, descending }, limit, offset).ids;
        expect(page(1000, 0)).toEqual(expected);
        expect(page(20, 130)).toEqual(expected.slice(130, 150));
      }
    }
  });

  it.each(INDEXED.filter((sort) => sort !== 'job' && !Object.hasOwn(RUN_FIGURES, sort)))(
    'reads any page by %s in order, without sorting and without going to the table',
    (sort) => {
      for (const descending of [false, true]) {
        const plan = planOf((spied) => searchRuns(spied, {}, { sort, descending }, 400, 10));
        expect(plan).toEqual([expect.stringMatching(/^SCAN runs USING COVERING INDEX runs_by_/)]);
      }
    },
  );

  it('filters on the index that has what its conditions name', () => {
    for (const [text, index] of [
      ['sharpe > 0', 'runs_by_sharpe'],
      ['trades > 3', 'runs_figures'],
      ['synthetic = no', 'runs_figures'],
      ['target = direction', 'runs_figures'],
    ]) {
      const plan = planOf((spied) =>
        matchingRuns(spied, { filter: conditionsField(HISTORY_CONDITIONS).parse(`sharpe > 1, ${text}`) }),
      );
      expect(plan.join()).toContain(`COVERING INDEX ${index}`);
    }
  });

  it.each(['id', ...RUN_FIGURE_KEYS] as const)('filters on an index, and sorts by %s there', (sort) => {
    const plan = planOf((spied) =>
      matchingRuns(
        spied,
        { symbol: 'EURUSD', kept: true, minSharpe: 1, from: '2026-01-01', text: 'a' },
        { sort, descending: true },
      ),
    );
    expect(plan.slice(0, 2)).toEqual([
      'SCAN temp.run_groups',
      expect.stringMatching(
        /^SEARCH runs USING COVERING INDEX runs_figures \(status=\? AND .* AND best_sharpe>\?\)/,
      ),
    ]);
  });

  it('sorts by what the best strategy says now', () => {
    const [first] = runs.filter(({ status }) => status === 'completed');
    store.raw.prepare('UPDATE strategies SET trades = 10000 WHERE run_id = ? AND rank = 1').run(first!.id);
    expect(matchingRuns(store, {}, { sort: 'trades', descending: true }, 1)).toEqual([first!.id]);
    expect(matchingRuns(store, { model: first!.model_type }, { sort: 'trades', descending: true })[0]).toBe(
      first!.id,
    );
  });

  it('gives as many as are asked for, in the order that is asked for', () => {
    const all = matchingRuns(store, { status: 'completed' }, { sort: 'sharpe', descending: false });
    expect(matchingRuns(store, { status: 'completed' }, { sort: 'sharpe', descending: false }, 7)).toEqual(
      all.slice(0, 7),
    );
    expect(matchingRuns(store, {}, undefined, 3, 1)).toEqual([399, 398, 397]);
  });
});

/** How SQLite carries out the one query that `work` makes. */
function planOf(work: (store: Store) => void): string[] {
  let plan: { detail: string }[] = [];
  work({
    ...store,
    all(query) {
      const { sql, parameters } = query.compile();
      plan = store.raw.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
      return store.all(query);
    },
  });
  return plan.map(({ detail }) => detail);
}

describe('listedRuns', () => {
  it('keeps the order it is asked in, and knows no run that is not there', () => {
    expect(listedRuns(store, [9, 3, 100_000, 5]).map((run) => run.id)).toEqual([9, 3, 5]);
  });
});

describe('requireRun', () => {
  it('takes a number, a UUID, or the beginning of one', () => {
    const { uuid } = runs[41]!;
    expect(requireRun(store, '42').uuid).toBe(uuid);
    expect(requireRun(store, uuid).id).toBe(42);
    expect(requireRun(store, uuid.slice(0, 8).toUpperCase()).id).toBe(42);
  });

  it('refuses what names no run, or several', () => {
    expect(() => requireRun(store, '4711')).toThrow(/no run 4711/);
    expect(() => requireRun(store, 'ffffffff')).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => requireRun(store, '0')).toThrow(expect.objectContaining({ code: 'not-found' }));
    const twin = insertTestRuns(store, 1, { id: 401, uuid: `${runs[0]!.uuid.slice(0, 34)}zz` });
    expect(twin).toHaveLength(1);
    expect(() => requireRun(store, runs[0]!.uuid.slice(0, 10))).toThrow(/Give more of it/);
  });
});
