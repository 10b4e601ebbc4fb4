import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { openStore, type Store } from './database.ts';
import { trainedMarkets } from './evidence.ts';
import { openReadingStore } from './reading.ts';
import type { RunFilter } from './run-filter.ts';
import { areRunGroupsKept, keepRunGroups, keepRunGroupsSoon } from './run-groups.ts';
import { keepRunImage } from './run-image/load.ts';
import { GROUP_COLUMNS } from './run-kinds.ts';
import { matchingRuns, searchRuns } from './run-search.ts';
import { modelStorage } from './run-totals.ts';
import { insertTestRuns } from './testing/runs.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-groups-'));
  store = openStore(join(folder, 'regimen.db'));
  insertTestRuns(store, 200);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const list = GROUP_COLUMNS.join(', ');
const plainly = (db: Store) =>
  db.raw
    .prepare(
      `SELECT ${list}, count(*) AS runs, sum(strategies_tested) AS strategies, sum(artifact_bytes) AS bytes
       FROM runs NOT INDEXED GROUP BY ${list} ORDER BY ${list}`,
    )
    .all();
function kept(db: Store) {
  keepRunGroups(db);
  return db.raw.prepare(`SELECT * FROM temp.run_groups WHERE runs > 0 ORDER BY ${list}`).all();
}

describe('the kinds of runs', () => {
  it('are counted in pieces while others write, and are the same', async () => {
    const counted = () =>
      store.raw.prepare(`SELECT * FROM temp.run_groups WHERE runs > 0 ORDER BY ${list}`).all();
    const isDone = () => store.raw.prepare('SELECT count(*) FROM temp.run_groups_of').pluck().get() === 1;
    const counting = keepRunGroupsSoon(store);
    let turns = 0;
    for (; !isDone(); turns++) {
      expect(turns).toBeLessThan(1000);
      if (turns < 5) {
        // Before and behind what is counted by now; one of a market that nobody had.
        store.raw.exec(`UPDATE runs SET kept = 1 - kept WHERE id % 7 = ${turns}; UPDATE runs SET symbol = 'AUDJPY' WHERE id = ${turns + 1};
          UPDATE runs SET symbol = 'ZZZ' WHERE id = ${turns + 9}; DELETE FROM runs WHERE id = ${turns + 50}`);
      }
      if (turns === 3) {
        const other = openStore(store.file);
        other.raw.exec("UPDATE runs SET symbol = 'XAGUSD' WHERE id = 20");
        other.close();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await counting;
    expect(turns).toBeGreaterThan(10);
    expect(counted()).toEqual(plainly(store));
    store.raw.exec('DELETE FROM runs WHERE id < 40');
    expect(counted()).toEqual(plainly(store));
  });

  it('are those of the table, whatever is written, taken back or written by another', () => {
    const random = createPrng(5);
    const any = (sql: string) => store.raw.prepare(sql).run(1 + random.int(200));
    const changes = [
      () => any('UPDATE runs SET kept = 1 - kept WHERE id = ?'),
      () => any('UPDATE runs SET artifact_bytes = artifact_bytes + 7 WHERE id % 50 = ? % 50'),
      () => any("UPDATE runs SET symbol = 'XAUUSD', strategies_tested = 3 WHERE id = ?"),
      () => any('DELETE FROM runs WHERE id = ?'),
      () => any('UPDATE runs SET best_sharpe = 1 WHERE id = ?'),
      () => {
        expect(() =>
          store.transaction(() => {
            any('DELETE FROM runs WHERE id > ?');
            kept(store);
            throw new Error('no');
          }),
        ).toThrow('no');
      },
      () => {
        const other = openStore(store.file);
        other.raw.prepare('UPDATE runs SET kept = 1 WHERE id = ?').run(1 + random.int(200));
        other.close();
      },
    ];
    for (let i = 0; i < 80; i++) {
      changes[random.int(changes.length)]!();
      if (i % 3 === 0) expect(kept(store)).toEqual(plainly(store));
    }
    expect(kept(store)).toEqual(plainly(store));
  });

  it('are those of the table where an image tells what others touched, and only those are counted anew', async () => {
    const random = createPrng(6);
    const other = openStore(store.file);
    await keepRunImage(store);
    expect(kept(store)).toEqual(plainly(store));
    const any = (db: Store, sql: string) => db.raw.prepare(sql).run(1 + random.int(200));
    const changes = [
      () => any(other, 'UPDATE runs SET kept = 1 - kept WHERE id = ?'),
      () => any(other, "UPDATE runs SET symbol = 'XAUUSD' WHERE id = ?"),
      () => any(other, 'DELETE FROM runs WHERE id = ?'),
      () => any(other, 'DELETE FROM runs WHERE id = (SELECT max(id) FROM runs) AND ? > 0'),
      () => any(store, "UPDATE runs SET symbol = 'XAUUSD', strategies_tested = 3 WHERE id = ?"),
      () => any(store, 'DELETE FROM runs WHERE id = ?'),
      () => addRun(random.int(2) === 0 ? store : other),
      () => {
        expect(() =>
          store.transaction(() => {
            any(store, 'DELETE FROM runs WHERE id > ?');
            if (random.int(2) === 0) keepRunGroups(store);
            throw new Error('no');
          }),
        ).toThrow('no');
      },
      () => matchingRuns(store, { symbol: 'EURUSD', minSharpe: 0 }),
      () => keepRunGroupsSoon(store),
    ];
    let counted = 0;
    for (let i = 0; i < 120; i++) {
      await changes[random.int(changes.length)]!();
      if (i % 3 > 0) continue;
      const exec = vi.spyOn(store.raw, 'exec');
      expect(kept(store)).toEqual(plainly(store));
      counted += exec.mock.calls.filter(([text]) =>
        text.includes('INSERT INTO temp.run_groups SELECT'),
      ).length;
      exec.mockRestore();
    }
    expect(counted).toBe(0);
    other.close();
  });

  it('are known of a history that is only read', () => {
    for (const largest of [undefined, 0]) {
      const reading = openReadingStore(store.file, largest);
      expect(kept(reading)).toEqual(plainly(store));
      store.raw.prepare('UPDATE runs SET kept = 1 - kept WHERE id < 20').run();
      expect(kept(reading)).toEqual(plainly(reading));
      reading.close();
    }
  });

  it('add up to what summaries say', () => {
    store.raw.exec("DELETE FROM runs WHERE symbol = 'AUDCAD'");
    const markets = store.raw.prepare(
      `SELECT symbol, timeframe, count(*) AS runs, sum(strategies_tested) AS strategies FROM runs NOT INDEXED
       WHERE status = 'completed' GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(trainedMarkets(store)).toEqual(markets.all());
    const models = store.raw.prepare(
      "SELECT count(*) AS n, sum(artifact_bytes) AS bytes FROM runs NOT INDEXED WHERE status = 'completed' AND kept = ?",
    );
    const [deleted, still] = [0, 1].map((kept) => models.get(kept) as { n: number; bytes: number });
    expect(modelStorage(store)).toEqual({
      kept: still!.n,
      bytesKept: still!.bytes,
      deleted: deleted!.n,
      bytesSaved: deleted!.bytes,
    });
  });
});

describe('a page of a long history', () => {
  it('has the same runs and total, be what matches near or far', () => {
    insertMany(4000);
    store.raw.exec("UPDATE runs SET symbol = 'XAUUSD' WHERE id BETWEEN 300 AND 1300 AND id % 7 = 0");
    store.raw.exec("UPDATE runs SET error = NULL, status = 'completed' WHERE symbol = 'XAUUSD'");
    const filters: RunFilter[] = [
      { symbol: 'XAUUSD' },
      { symbol: 'XAUUSD', minSharpe: 0.5 },
      { text: 'xauusd' },
      { text: 'variance' },
      { text: 'ridge', symbol: 'EURUSD' },
      { text: 'a', status: 'failed' },
      { kept: true, timeframe: 'H4' },
      { from: '2026-01-10', to: '2026-01-11' },
      { minSharpe: 1.75, from: '2026-02-10' },
      { filter: [{ key: 'trades', is: '>', values: [55] }] },
      { symbol: 'USDJPY', filter: [{ key: 'winRate', is: '<', values: [-1] }] },
    ];
    for (const filter of filters) {
      for (const sort of ['id', 'sharpe', 'trades', 'timeframe', 'createdAt', 'job'] as const) {
        for (const descending of [false, true]) {
          const all = matchingRuns(store, filter, { sort, descending });
          for (const offset of [0, 40, 3000]) {
            const page = searchRuns(store, filter, { sort, descending }, 50, offset);
            expect(page.ids, JSON.stringify({ filter, sort, offset })).toEqual(
              all.slice(offset, offset + 50),
            );
            expect(page.total).toBe(all.length);
          }
        }
      }
    }
  });
});

describe('the first page of a connection', () => {
  it('has the same runs and total, and counts no kinds where one value of a column is asked for', () => {
    insertMany(1000);
    keepRunGroups(store);
    const filters: readonly (readonly [RunFilter, boolean])[] = [
      [{ symbol: 'EURUSD' }, false],
      [{ status: 'completed' }, false],
      [{ timeframe: 'H1' }, false],
      [{ model: 'ridge', timeframe: 'H4' }, false],
      [{ symbol: 'EURUSD', kept: true, minSharpe: 0.5 }, false],
      [{ symbol: 'EURUSD', text: 'ridge' }, false],
      [{ symbol: 'NONE' }, false],
      [{ text: 'ridge' }, true],
      [{ minSharpe: 1 }, false],
    ];
    for (const [filter, counts] of filters) {
      for (const sort of ['id', 'trades', 'symbol'] as const) {
        const other = openStore(store.file);
        // Too far for a walk in order.
        for (const offset of [0, 700]) {
          const page = searchRuns(other, filter, { sort, descending: true }, 20, offset);
          expect(page, JSON.stringify(filter)).toEqual(
            searchRuns(store, filter, { sort, descending: true }, 20, offset),
          );
        }
        expect(areRunGroupsKept(other), JSON.stringify(filter)).toBe(counts);
        other.close();
      }
    }
  });
});

/** Copies of the runs that there are. */
function insertMany(count: number): void {
  const values = copiedColumns(store, 'value');
  store.raw
    .prepare(
      `INSERT INTO runs WITH RECURSIVE n(value) AS (SELECT 201 UNION ALL SELECT value + 1 FROM n WHERE value < ?)
       SELECT ${values.join(', ')} FROM n JOIN runs ON id = 1 + value * 37 % 200`,
    )
    .run(count);
}

/** A copy of the first run, the newest of all. */
function addRun(db: Store): void {
  const values = copiedColumns(db, '(SELECT max(id) + 1 FROM runs)');
  db.raw.exec(`INSERT INTO runs SELECT ${values.join(', ')} FROM runs WHERE id = (SELECT min(id) FROM runs)`);
}

function copiedColumns(db: Store, id: string): string[] {
  const columns = db.raw.prepare<[], { name: string }>('PRAGMA table_info(runs)').all();
  return columns.map(({ name }) => {
    if (name === 'id') return id;
    return name === 'uuid' || name === 'run_key' ? `${name} || ${id}` : name;
  });
}
