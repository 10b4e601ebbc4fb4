import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HISTORY_SORTS } from '../contract/api/results.ts';
import { RUN_FIGURES } from '../contract/run-figures.ts';
import { completedRuns, queryOf } from './completed-runs.ts';
import { openStore, type Store, sqlBuilder } from './database.ts';
import { sampledCells } from './luck.ts';
import { MOST_MEASURED, measuredRates } from './measured-rates.ts';
import { isJudgedKey } from './run-conditions.ts';
import type { RunFilter } from './run-filter.ts';
import { matchingRuns, searchRuns } from './run-search.ts';
import { filesOfModel, keptModels } from './runs.ts';
import { windowsOfKeptRuns } from './shrink.ts';
import { isUnsound, unsoundOf, unsoundOwners } from './soundness.ts';
import { SUM_KINDS } from './sum-kinds.ts';
import { runsLackingTable } from './tables.ts';
import { insertTestRuns } from './testing/runs.ts';

/** What a form or a list asks with every stroke takes as long with 100,000 runs as with 1,000: no query goes through their rows. */

let store: Store;
beforeAll(() => {
  store = openStore(':memory:');
  insertTestRuns(store, 60);
});
afterAll(() => store.close());

/** How SQLite goes about the queries that `work` makes: each step on a line of its own, those about runs or what `about` says. */
function plansOf(work: (store: Store) => unknown, about = /^(SCAN|SEARCH) runs\b|TEMP B-TREE/): string[] {
  const texts: string[] = [];
  const noting: Store = {
    ...store,
    all(query) {
      texts.push(query.compile().sql);
      return store.all(query);
    },
    first(query) {
      texts.push(query.compile().sql);
      return store.first(query);
    },
  };
  work(noting);
  const plans = texts.map((text) => {
    const parameters = Array<null>(text.split('?').length - 1).fill(null);
    const steps = store.raw.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`);
    return steps.all(...parameters).map(({ detail }) => detail);
  });
  return plans.flat().filter((step) => about.test(step));
}

test('runs of a configuration are found by its hash, not among all completed ones', () => {
  expect(plansOf((db) => completedRuns(db, ['a', 'b']))).toEqual([
    'SEARCH runs USING INDEX runs_by_config (config_hash=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
});

/** The same of the statement that `work` prepares. */
function planOfPrepared(work: (store: Store) => unknown, ...parameters: readonly string[]): string[] {
  const texts: string[] = [];
  work({ ...store, prepare: (text) => store.prepare(texts[texts.push(text) - 1]!) });
  const plan = store.raw.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${texts[0]}`);
  return plan.all(...parameters).map(({ detail }) => detail);
}

test('with every result: runs with its figures and no table, not among all completed ones', () => {
  const cell = { configHash: 'a', trainingKey: 'b', evaluationKeys: {} };
  expect(planOfPrepared((db) => runsLackingTable(db, cell), 'a', 'b', 'c')).toContain(
    'SEARCH runs USING INDEX runs_by_config (config_hash=?)',
  );
});

test('the files of a model are found by its name, not among all models that are kept', () => {
  expect(planOfPrepared((db) => filesOfModel(db, 'a'), 'a')).toEqual([
    'SEARCH runs USING INDEX runs_kept_by_model (training_key=?)',
  ]);
});

test('the sample of a window is found among those that have one, not among all cells of its scope', () => {
  const window = { symbol: 'EURUSD', timeframe: 'H1', regime: 'all', window: 'a' };
  expect(planOfPrepared((db) => sampledCells(db, window), 'a', 'b', 'c', 'd')).toEqual([
    'SEARCH luck_cells USING INDEX luck_cells_sampled (symbol=? AND timeframe=? AND regime=? AND window=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
});

test('windows of kept runs are found without the runs of others', () => {
  expect(planOfPrepared(windowsOfKeptRuns)[0]).toBe(
    'SEARCH runs USING INDEX runs_by_artifact (artifact_file>?)',
  );
});

test('kept models are found without the runs of others', () => {
  expect(plansOf((db) => keptModels(db))).toEqual([
    'SEARCH runs USING COVERING INDEX runs_by_artifact (artifact_file>?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ]);
});

test('runs of a grid are found without the rows of others', () => {
  const wanted = { symbol: ['EURUSD'], timeframe: ['H1'], modelType: ['ridge'] } as const;
  const asked = queryOf(wanted).compile(sqlBuilder) as never;
  const plans = plansOf((db) => db.all({ compile: () => asked, isSelectQueryBuilder: true }));
  expect(plans).toEqual(['SEARCH runs USING INDEX runs_figures (status=?)', 'USE TEMP B-TREE FOR DISTINCT']);
});

test('rates are measured by the newest runs of each model type, in the order of an index', () => {
  const plans = plansOf(measuredRates);
  expect(plans.length).toBeGreaterThan(3);
  for (const step of plans) expect(step).toMatch(/^SEARCH runs USING (COVERING )?INDEX runs_by_model_type/);
  const many = openStore(':memory:');
  insertTestRuns(many, MOST_MEASURED + 200, {
    model_type: 'ridge',
    seconds: 1,
    status: 'completed',
    artifact_bytes: 50,
  });
  many.raw.prepare('UPDATE runs SET seconds = 9 WHERE id <= 200').run();
  many.raw.prepare("UPDATE runs SET model_type = 'xgboost', status = 'failed' WHERE id = 700").run();
  many.raw
    .prepare("UPDATE runs SET model_type = 'lasso', artifact_bytes = 70 WHERE id > 697 AND id < 700")
    .run();
  expect([...measuredRates(many)]).toEqual([
    ['lasso', { runs: 2, seconds: 1, bytes: 70 }],
    ['ridge', { runs: MOST_MEASURED, seconds: (497 + 3 * 9) / MOST_MEASURED, bytes: 50 }],
  ]);
  many.close();
});

describe('a page of the history', () => {
  test.each(HISTORY_SORTS.filter(isJudgedKey))(
    'has its champions in order, and reads all others in theirs: %s',
    (sort) => {
      const judged = () => new Map([[1, { verdict: 'none' as const, p: 0.4, outOfSample: { sharpe: 1 } }]]);
      const plans = plansOf((db) => searchRuns(db, {}, { sort, descending: true }, 50, 0, judged));
      expect(plans[0]).toBe('SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)');
      expect(plans.filter((plan) => plan.includes('SCAN runs'))).toEqual([
        'SCAN runs USING COVERING INDEX runs_by_id',
        expect.stringMatching(/^SCAN runs USING COVERING INDEX/),
      ]);
      expect(plans.join()).not.toContain('TEMP B-TREE');
    },
  );

  // Of a job the run does not know: its cells do.
  const ofRuns = HISTORY_SORTS.filter((sort) => sort !== 'job' && !isJudgedKey(sort));
  const isFigure = (sort: string) => Object.hasOwn(RUN_FIGURES, sort);
  test.each(ofRuns.filter((sort) => !isFigure(sort)))(
    'is read in order where all runs are asked for: %s',
    (sort) => {
      const plans = plansOf((db) => searchRuns(db, {}, { sort, descending: true }, 5, 5));
      expect(plans[0]).toMatch(/^SCAN runs USING (COVERING )?INDEX runs_by_/);
      expect(plans.join()).not.toContain('TEMP B-TREE');
    },
  );

  // An index of each would take longer with every run that is recorded.
  test.each(ofRuns.filter(isFigure))('is put in order by what the index of all figures has: %s', (sort) => {
    const plans = plansOf((db) => searchRuns(db, {}, { sort, descending: true }, 5, 5));
    expect(plans[0]).toBe('SCAN runs USING COVERING INDEX runs_figures');
  });

  const filters: readonly RunFilter[] = [
    { symbol: 'EURUSD' },
    { timeframe: 'H1', model: 'ridge' },
    { status: 'completed', kept: true },
    { from: '2026-01-01', to: '2026-02-01', minSharpe: 1 },
    { text: 'eur' },
  ];
  test.each(filters)('takes one index that has all that is asked for: %o', (filter) => {
    for (const sort of HISTORY_SORTS) {
      const plans = plansOf((db) => {
        matchingRuns(db, filter, { sort, descending: false });
        searchRuns(db, filter, { sort, descending: false }, 5, 0);
      });
      expect(plans.filter((step) => step.includes('runs_figures')).length).toBeGreaterThan(0);
      for (const step of plans) {
        // By the number: champions, where they are what is sorted by.
        const ofChampions = isJudgedKey(sort) ? '|INTEGER PRIMARY KEY' : '';
        expect(step).toMatch(
          new RegExp(
            `COVERING INDEX runs_|INDEX runs_errors|TEMP B-TREE FOR (LAST \\w+ OF )?ORDER BY|LAST \\d TERMS${ofChampions}`,
          ),
        );
      }
    }
  });
});

describe('a checksum is found by its owner, not among all of its kind', () => {
  test.each(SUM_KINDS.map(({ kind }) => kind))('when rows are compared: %s', (kind) => {
    const plans = plansOf((db) => unsoundOf(db, kind), /\bsums\b|^SCAN|SUBQUERY/);
    expect(plans).toContain('SEARCH main.sums USING PRIMARY KEY (kind=? AND owner=?)');
    // Rows of a lost owner are looked for by an index, or gathered once.
    const lost = plans.at(-2)!.startsWith('CORRELATED') ? plans.at(-1) : '';
    expect(lost).not.toMatch(/^SCAN/);
  });

  test('when a few owners are asked for', () => {
    const plans = plansOf((db) => unsoundOwners(db, 'runs', [1, 2]), /\bsums\b/);
    plans.push(...plansOf((db) => isUnsound(db, 'queues', { id: '1' }), /\bsums\b/));
    expect(plans).toEqual(Array(2).fill('SEARCH main.sums USING PRIMARY KEY (kind=? AND owner=?)'));
  });

  // Plans don't show what triggers do; their instructions do.
  const changed = SUM_KINDS.flatMap((kind) => [
    [`update of ${kind.kind}`, `UPDATE ${kind.table} SET `] as const,
    [`delete of ${kind.kind}`, `DELETE FROM ${kind.table}`] as const,
  ]);
  test.each(changed)('by the triggers: %s', (_, statement) => {
    const table = / (?:FROM )?(\w+)(?: SET)?\s*$/.exec(statement)![1]!;
    const columns = store.raw.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
    const text = statement.endsWith('SET ')
      ? `${statement}${columns.map((c) => `${c} = ${c}`).join()}`
      : statement;
    const root = store.raw.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'sums'").pluck().get();
    const steps = store.raw
      .prepare<[], { addr: number; opcode: string; p1: number; p2: number }>(`EXPLAIN ${text}`)
      .all();
    let cursors = new Set<number>();
    let opened = 0;
    for (const { addr, opcode, p1, p2 } of steps) {
      if (addr === 0) cursors = new Set(); // of the next program
      if (/^Open(Write|Read)$/.test(opcode) && p2 === root) {
        cursors.add(p1);
        opened++;
      }
      expect(opcode === 'Next' && cursors.has(p1)).toBe(false);
    }
    expect(opened).toBeGreaterThan(0);
  });
});
