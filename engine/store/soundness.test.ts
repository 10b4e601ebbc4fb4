import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertAlert, saveAlertTarget, setAlertState } from './alerts.ts';
import { saveArrivals } from './arrivals.ts';
import { basisDigest, storeBasis } from './bases.ts';
import { saveBrokerTrades } from './broker-trades.ts';
import { insertAudit, insertChampion, rescoreChampion } from './champions.ts';
import { openStore, type Store } from './database.ts';
import { NO_LUCK } from './figure-columns.ts';
import { insertFormerCandles } from './former-candles.ts';
import { appendForwardBars, beginForwardTest } from './forward.ts';
import { laySums } from './lay-sums.ts';
import { spendLook } from './looks.ts';
import { countLuck } from './luck.ts';
import { saveMarks } from './marks.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { deleteQueue, finishCell, insertQueue, replaceCells, updateQueue } from './queues.ts';
import { insertRefit } from './refits.ts';
import { syncRegimes } from './regimes.ts';
import { championOf } from './result-rows.ts';
import { keepRobustness } from './robustness.ts';
import { clearArtifact, insertRun } from './runs.ts';
import { setSchedule } from './schedules.ts';
import { deleteSeries, saveSeries } from './series.ts';
import { insertChange } from './series-changes.ts';
import { columnsOf, type Damage, findDamage, unsoundOwners } from './soundness.ts';
import { insertSubmission, insertTraining } from './submissions.ts';
import { OTHER_TABLES, SUM_KINDS } from './sum-kinds.ts';
import { insertSurvivalJournal, insertSurvivalModel } from './survival.ts';
import { exampleBrokerTrade } from './testing/broker-trade.ts';
import {
  exampleAudit,
  exampleCell,
  exampleChampion,
  exampleLook,
  exampleRobustness,
  exampleStrategy,
  exampleTried,
  FIGURES,
  keptRun,
} from './testing/example-rows.ts';
import { exampleForwardBar } from './testing/forward-bar.ts';
import { exampleJournal, exampleVersion } from './testing/registry-rows.ts';
import {
  exampleSchedule,
  exampleSubmission,
  exampleToken,
  exampleTraining,
} from './testing/submission-rows.ts';
import { exampleSurvivalJournal, exampleSurvivalModel } from './testing/survival-rows.ts';
import { exampleTracked } from './testing/tracking-rows.ts';
import { exampleArrivals, exampleReading, exampleWatchedFile } from './testing/watched-rows.ts';
import { insertToken } from './tokens.ts';
import { insertTracking, setTracked } from './tracked.ts';
import { insertTrial } from './trials.ts';
import { insertFold, insertValidation, updateFold } from './validations.ts';
import { insertJournal, insertVersion, setAlias } from './versions.ts';
import { saveView } from './views.ts';
import { insertWatchedFolder, saveReading, saveWatchedFile } from './watched.ts';
import { setGeneration } from './workspace.ts';

const REGIME = { name: 'bull', title: 'Bull', description: '', rules: [], active: true };
const TRIAL = {
  study: 0,
  trial: 3,
  key: 'k',
  state: 'completed',
  parameters: '{"alpha":1}',
  folds: '[]',
  loss: -0.1,
  same_as: 1,
  error: null,
  seconds: 2,
  ended_at: 5,
} as const;
const SERIES = {
  symbol: 'EURUSD',
  timeframe: 'H1',
  bars: 5,
  first_time: 1,
  last_time: 2,
  digest: 'd',
  synthetic: 0,
  file: 'EURUSD_H1_d.candles',
  quality: '{}',
  imported_at: 3,
} as const;

const PLACE = { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull', run_id: 1 };
const VALIDATION = (queue_id: number) => ({
  queue_id,
  position: 0,
  scheme: 'quick' as const,
  symbol: 'EURUSD',
  timeframe: 'H1' as const,
  config_hash: 'h',
  regime: null,
  spec: '{}',
  created_at: 1,
});
const FOLD = {
  key: 'l',
  symbol: 'EURUSD',
  timeframe: 'H1' as const,
  model_type: 'ridge',
  result: Uint8Array.of(1, 2),
  seconds: 0.5,
  computed_at: 1,
};

let store: Store;
let queueId: number;
beforeEach(() => {
  store = openStore(':memory:');
  queueId = fill(store);
});
afterEach(() => store.close());

/** Rows in every table, by the functions that write them. */
function fill(into: Store): number {
  syncRegimes(into, [REGIME as never]);
  saveSeries(into, SERIES);
  insertFormerCandles(into, {
    file: 'f',
    symbol: 'EURUSD',
    timeframe: 'H1',
    digest: 'e',
    replacedAt: 1,
    views: ['v'],
  });
  insertChange(into, {
    symbol: 'EURUSD',
    timeframe: 'H1',
    action: 'replace',
    source: 'x.csv',
    at: 1,
    series: SERIES,
    former: [],
  });
  const cells = [1, 2, 3].map((n) => exampleCell(n, 'pending', null));
  const id = insertQueue(into, { name: 'q', spec: { a: 1 }, createdAt: 1 }, cells);
  for (const n of [1, 2]) {
    into.transaction(() => {
      insertRun(into, keptRun(n), [exampleStrategy(0), exampleStrategy(1)]);
      insertAudit(into, exampleAudit(n));
      finishCell(into, id, n - 1, 'completed', n);
    });
  }
  into.raw.exec('UPDATE audit SET at = at');
  into.raw.exec("INSERT INTO decision_answers VALUES ('none', 1, 2, '[]', '')");
  storeBasis(into, '{}');
  insertChampion(into, exampleChampion(1, 'bull', 1.5));
  countLuck(into, exampleTried());
  keepRobustness(into, PLACE, 'key', exampleRobustness(1.5));
  spendLook(into, exampleLook());
  const validation = insertValidation(into, VALIDATION(id), [{ index: 0, cell: 0, key: 'k' }]);
  updateFold(into, { validation_id: validation, fold_index: 0, key: 'l', reused: 1, error: null });
  insertRefit(into, {
    validation_id: validation,
    model_key: 'k',
    artifact_file: 'ridge.model',
    artifact_bytes: 1,
    train_from: 1,
    train_to: 2,
    train_bars: 3,
    as_of: 4,
    seconds: 0.5,
    created_at: 5,
    error: null,
  });
  insertFold(into, FOLD);
  insertFold(into, { ...FOLD, seconds: 9 });
  insertTrial(into, { ...TRIAL, queue_id: id });
  insertVersion(into, exampleVersion());
  setAlias(into, { name: 'EURUSD H1 bull', alias: 'production', version: '20261121_143022', since: 1 });
  insertJournal(into, exampleJournal());
  insertToken(into, exampleToken());
  insertSubmission(into, exampleSubmission());
  insertTraining(into, exampleTraining());
  insertWatchedFolder(into, { folder: '/exports', options: '{}', owner: null, added_at: 3 });
  saveWatchedFile(into, exampleWatchedFile());
  saveReading(into, exampleReading(), 3);
  saveArrivals(into, ...exampleArrivals());
  const charged = {
    name: 'EURUSD H1 bull',
    version: '20261121_143022',
    symbol: 'EURUSD',
    timeframe: 'H1',
  } as const;
  saveBrokerTrades(into, '1', [exampleBrokerTrade()]);
  saveView(into, { table: 'history', name: 'Best', query: { sort: 'sharpe' } }, 1);
  into.raw.exec('UPDATE runs SET kept = 1');
  saveMarks(into, 'job', '1', { favorite: true, tags: ['gold'], note: 'Again.' }, 1);
  saveAlertTarget(into, { name: 'desk', options: '{}', created_at: 1 });
  insertAlert(into, { id: 'a', target: 'desk', at: 1, event: 'job-done', alert: '{}' });
  setAlertState(into, 'job 1', 'completed');
  beginForwardTest(into, { ...charged, at: 5 });
  appendForwardBars(into, 1, [exampleForwardBar()]);
  insertSurvivalModel(into, exampleSurvivalModel());
  insertSurvivalJournal(into, exampleSurvivalJournal());
  setSchedule(into, exampleSchedule());
  setTracked(into, exampleTracked(insertTracking(into, 'http://host', 'regimen')));
  return id;
}

const damage = () => findDamage(store.raw);

/** Without the triggers, as a disk changes rows: nothing sees it. Undone again. */
function unseen(work: () => void): void {
  store.raw.exec('PRAGMA foreign_keys = OFF; SAVEPOINT untouched');
  const triggers = store.raw
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck();
  for (const name of triggers.all()) store.raw.exec(`DROP TRIGGER ${name}`);
  try {
    work();
  } finally {
    store.raw.exec('ROLLBACK TO untouched; RELEASE untouched; PRAGMA foreign_keys = ON');
  }
}

function whileChanged(sql: string, look: () => void): void {
  unseen(() => {
    store.raw.exec(sql);
    look();
  });
}

describe('checksums', () => {
  it('cover every table', () => {
    const tables = store.raw
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    expect(new Set([...SUM_KINDS.map(({ table }) => table), ...OTHER_TABLES])).toEqual(new Set(tables));
    for (const table of tables) {
      expect(store.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBeGreaterThan(0);
    }
  });

  it('find a changed value in every column, and name its row', () => {
    expect(damage()).toEqual([]);
    for (const kind of SUM_KINDS) {
      const columns = columnsOf(store.raw, kind);
      expect(columns.length).toBeGreaterThan(1);
      const where = kind.table === 'runs' ? ' WHERE id = 1' : '';
      unseen(() => {
        store.raw.exec('PRAGMA ignore_check_constraints = ON');
        for (const column of columns) {
          const change = `CASE typeof(${column}) WHEN 'null' THEN 7 WHEN 'text' THEN ${column} || '!' WHEN 'blob' THEN x'00' ELSE ${column} + 100 END`;
          store.raw.exec(`SAVEPOINT sound; UPDATE OR IGNORE ${kind.table} SET ${column} = ${change}${where}`);
          expect(damage(), `${kind.table}.${column}`).not.toEqual([]);
          store.raw.exec('ROLLBACK TO sound; RELEASE sound');
        }
        store.raw.exec('PRAGMA ignore_check_constraints = OFF');
      });
    }
    const kinds = (sql: string) => {
      let found: Damage[] = [];
      whileChanged(sql, () => {
        found = damage();
      });
      return found;
    };
    expect(kinds('UPDATE strategies SET sharpe = 9 WHERE run_id = 2')).toEqual([
      { kind: 'strategies', owner: 2 },
    ]);
    expect(kinds('UPDATE runs SET kept = 0 WHERE id = 2')).toEqual([{ kind: 'run_states', owner: 2 }]);
    expect(kinds("UPDATE champions SET symbol = 'DURUSD'")).toEqual([
      { kind: 'champions', owner: 'DURUSD H1 bull 1' },
      { kind: 'champions', owner: 'EURUSD H1 bull 1' },
    ]);
    expect(kinds("UPDATE configurations SET configuration = '{}'")).toHaveLength(3);
    expect(kinds("UPDATE bases SET basis = '[]'")).toEqual([{ kind: 'bases', owner: basisDigest('{}') }]);
    expect(kinds("UPDATE sums SET sum = sum + 1 WHERE kind = 'audit' AND owner = 1")).toEqual([
      { kind: 'audit', owner: 1 },
    ]);
    expect(damage()).toEqual([]);
  });

  it('find rows that are gone, and results of a job that are gone or in another order', () => {
    const lost = (sql: string) => whileChanged(sql, () => expect(damage()).not.toEqual([]));
    lost('DELETE FROM audit WHERE run_id = 2');
    lost('DELETE FROM strategies WHERE strategy_index = 1');
    lost('DELETE FROM luck_maxima');
    const broken = { kind: 'links', owner: queueId };
    for (const sql of [
      // The newest result without a trace but for what is left of the chain.
      `DELETE FROM runs WHERE id = 2; DELETE FROM strategies WHERE run_id = 2; DELETE FROM audit WHERE run_id = 2;
       DELETE FROM sums WHERE owner = 2 AND kind <> 'cells'`,
      'DELETE FROM links WHERE position = 2',
      'UPDATE links SET position = 5 - position',
      "UPDATE links SET link = 'x' WHERE position = 1",
    ]) {
      whileChanged(sql, () => expect(damage()).toContainEqual(broken));
    }
  });

  it('follow whatever is changed, and take a queue along that is removed', () => {
    const [champion] = [exampleChampion(1, 'bull', 1.5)];
    rescoreChampion(store, championOf(champion), { ...FIGURES, ...NO_LUCK, sharpe: 3, basis: '{}' });
    updateQueue(store, queueId, { priority: 4, seconds: 1.25 });
    replaceCells(store, queueId, { b: 2 }, [exampleCell(1, 'completed', 1), exampleCell(4, 'pending', null)]);
    insertRun(store, keptRun(4), [exampleStrategy(0)]);
    finishCell(store, queueId, 1, 'failed', 4);
    clearArtifact(store, 2);
    deleteSeries(store, 'EURUSD', 'H1');
    syncRegimes(store, [{ ...REGIME, name: 'bear' } as never]);
    setGeneration(store, 3);
    expect(damage()).toEqual([]);
    deleteQueue(store, queueId);
    expect(damage()).toEqual([]);
    expect(
      store.raw.prepare("SELECT count(*) FROM sums WHERE kind IN ('cells', 'queues')").pluck().get(),
    ).toBe(0);
  });

  it('never make a damaged row a sound one, whatever is changed in it later', () => {
    whileChanged(
      'UPDATE runs SET best_sharpe = 99 WHERE id = 2; UPDATE runs SET kept = 0 WHERE id = 2',
      () => {
        // As a later version does, which gives a table a column.
        laySums(store.raw, () => store.raw.exec('ALTER TABLE queues ADD COLUMN more TEXT'));
        clearArtifact(store, 2);
        store.raw.exec('UPDATE runs SET best_sharpe = 98 WHERE id = 2');
        expect(damage()).toEqual([{ kind: 'run_states', owner: 2 }]);
      },
    );
  });

  it('are told of a few rows, too', () => {
    whileChanged('UPDATE strategies SET sharpe = 9 WHERE run_id = 2', () => {
      expect(unsoundOwners(store, 'strategies', [1, 2, 3])).toEqual(new Set([2]));
    });
  });
});

it('the migration lays them over the rows of the version before', () => {
  const db = new Database(':memory:');
  migrate(db, MIGRATIONS.slice(0, 12), ':memory:');
  // What that version did not know yet.
  store.raw.exec(`UPDATE runs SET selection = NULL;
    UPDATE champions SET luck_score = NULL, skewness = NULL, kurtosis = NULL`);
  const copied = ['runs', 'strategies', 'champions', 'audit', 'queues', 'cells', 'series', 'regimes'];
  for (const table of copied) {
    const rows = store.raw.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
    for (const row of rows) {
      const known = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      const names = Object.keys(row).filter((name) => known.includes(name));
      db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(
        names.map((name) => row[name]),
      );
    }
  }
  migrate(db, MIGRATIONS, ':memory:');
  expect(findDamage(db)).toEqual([]);
  const sums = (of: Database.Database) =>
    of
      .prepare(
        `SELECT * FROM sums WHERE kind NOT IN ('schema', 'workspace', 'former_candles', 'series_changes', 'looks', 'robustness', 'validations',
           'validation_folds', 'folds', 'refits', 'trials', 'versions', 'aliases', 'journal', 'tokens',
           'submissions', 'trainings', 'watched_folders', 'watched_files', 'file_readings', 'schedules', 'tracking', 'tracked',
           'survival_models', 'survival_journal', 'arrivals', 'forward_tests', 'forward_bars', 'alert_targets', 'alerts', 'alert_states', 'broker_trades', 'marks', 'views') AND kind NOT GLOB 'luck_*' ORDER BY 1, 2`,
      )
      .all();
  expect(sums(db)).toEqual(sums(store.raw));
  const links = (of: Database.Database) => of.prepare('SELECT * FROM links ORDER BY 1, 2').all();
  expect(links(db)).toEqual(links(store.raw));
  expect(links(db)).toHaveLength(2);
  db.close();
});
