import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HISTORY_SORTS } from '../../contract/api/results.ts';
import type { Condition } from '../../contract/conditions.ts';
import { RUN_FIGURE_KEYS } from '../../contract/run-figures.ts';
import { createPrng } from '../../random/prng.ts';
import { insertChampion } from '../champions.ts';
import { openStore, type Store } from '../database.ts';
import { saveMarks } from '../marks.ts';
import type { Judged } from '../run-conditions.ts';
import type { RunFilter } from '../run-filter.ts';
import { GROUP_COLUMNS } from '../run-kinds.ts';
import { matchingRuns, searchRuns } from '../run-search.ts';
import { exampleChampion } from '../testing/example-rows.ts';
import { insertTestRuns } from '../testing/runs.ts';
import { FIGURES } from './columns.ts';
import { dropRunImage, keepRunImage, runImage } from './load.ts';

const RUNS = 300;

let folder: string;
let store: Store;
/** Numbers of runs: one after the other, all of one piece of the image, or so far apart that most pieces are in its file. */
let apart: number;
async function begin(distance: number): Promise<void> {
  apart = distance;
  folder = mkdtempSync(join(tmpdir(), 'regimen-image-'));
  store = openStore(join(folder, 'regimen.db'));
  const runs = insertTestRuns(store, RUNS);
  insertChampion(store, exampleChampion(7, 'bull_trending', 1));
  saveMarks(store, 'run', runs[8]!.uuid, { favorite: true, tags: ['good'], note: '' }, 1);
  // Figures that many have, that differ beyond 32 bits, that no float32 has, and none.
  store.raw.exec(`
    UPDATE runs SET best_win_rate = 0.1 + (id % 5) * 1e-12 WHERE id % 3 = 0;
    UPDATE runs SET best_trades = 30 WHERE id % 4 = 0;
    UPDATE runs SET best_profit_factor = 1e300 * (id % 7) WHERE id % 2 = 0;
    UPDATE runs SET best_kelly = 1e-310 * (id % 7 - 3) WHERE id % 2 = 0;
    UPDATE runs SET best_sharpe = NULL WHERE id % 9 = 0;
    UPDATE runs SET created_at = created_at / 10000000 * 10000000 + id % 11 WHERE id % 2 = 1`);
  store.raw.pragma('foreign_keys = OFF');
  store.raw.exec(`UPDATE runs SET id = -id * ${apart}; UPDATE runs SET id = -id;
    ${['strategies', 'champions', 'audit', 'cells'].map((table) => `UPDATE ${table} SET run_id = run_id * ${apart}`).join(';')}`);
  store.raw.pragma('foreign_keys = ON');
  await keepRunImage(store);
}
afterEach(() => {
  dropRunImage(store);
  store.close();
  rmSync(folder, { recursive: true });
});

const judged: Judged = () =>
  new Map([
    [7 * apart, { verdict: 'none', p: 0.4, outOfSample: null }],
    [9 * apart, { verdict: 'strong', p: 0.01, outOfSample: { sharpe: 1.5 } }],
  ]);

type Random = ReturnType<typeof createPrng>;

function randomCondition(random: Random, db: Store): Condition {
  const pick = <T>(values: readonly T[]): T => values[random.int(values.length)]!;
  const text = (key: string, ...values: string[]): Condition => ({ key, is: pick(['=', '!=', '~']), values });
  const number = (key: string, ...values: number[]): Condition => ({
    key,
    is: values.length > 1 ? pick(['=', '!=']) : pick(['=', '!=', '<', '<=', '>', '>=']),
    values,
  });
  const row = db.raw
    .prepare('SELECT * FROM runs ORDER BY id LIMIT 1 OFFSET ?')
    .get(random.int(100)) as Record<string, number>;
  const key = pick(RUN_FIGURE_KEYS);
  return pick([
    () => number('winRate', pick([0.1, 0.1 + 2e-12, 0.5])),
    () => number('winRate', 0.1, 0.1 + 2e-12, 0.3),
    () => number('trades', pick([29, 30, 30.5])),
    () => number('profitFactor', pick([1e300, 3e300, 0, 1e39])),
    () => number('kelly', pick([0, 1e-310, -2e-310])),
    () => number('sharpe', row.best_sharpe ?? 0, 1),
    () => number('sharpe', row.best_sharpe ?? 0),
    () => number(key, row[`best_${key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`] ?? 0.25),
    () => number('id', random.int(300) * apart),
    () => number('rankIc', 0.01),
    () => number('horizon', 3),
    () => number('job', 1),
    () => number('p', 0.2),
    () => text('symbol', 'eurusd', 'XAUUSD'),
    () => text('modelType', 'RID'),
    () => text('regime', 'bull_trending'),
    () => text('target', 'return'),
    () => text('verdict', 'strong'),
    () => ({ key: 'kept', is: '=', values: [1] }) as const,
  ])();
}

function randomFilter(random: Random, db: Store): RunFilter {
  const uuid = db.raw
    .prepare('SELECT uuid FROM runs ORDER BY id LIMIT 1 OFFSET ?')
    .pluck()
    .get(random.int(200)) as string;
  const start = random.int(30);
  const all: RunFilter = {
    symbol: 'EURUSD',
    model: 'ridge',
    status: random.int(2) === 0 ? 'completed' : 'failed',
    timeframe: 'H1',
    kept: random.int(2) === 0,
    from: '2026-01-03',
    to: '2026-01-20',
    minSharpe: [-1, 0, 1][random.int(3)],
    favorite: random.int(2) === 0,
    tag: 'Good',
    text: [
      uuid.slice(start, start + 1 + random.int(8)),
      uuid.slice(0, 5).toUpperCase(),
      '-',
      'a',
      'usd',
      'variance',
      'ing',
      '0000',
    ][random.int(8)],
    filter: Array.from({ length: 1 + random.int(2) }, () => randomCondition(random, db)),
  };
  const chance: Partial<Record<keyof RunFilter, number>> = { filter: 2, favorite: 20, tag: 20, text: 4 };
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => random.int(chance[key as keyof RunFilter] ?? 7) === 0),
  );
}

/** As a new one, with the highest number. */
function copyRun(db: Store): void {
  const columns = db.raw.prepare<[], string>("SELECT name FROM pragma_table_info('runs')").pluck().all();
  const values = columns.map((name) => {
    if (name === 'id') return '(SELECT max(id) + 1 FROM runs)';
    if (name === 'uuid') return 'lower(substr(hex(randomblob(16)), 1, 8)) || substr(uuid, 9)';
    return name === 'run_key' ? 'lower(hex(randomblob(32)))' : name;
  });
  db.raw.exec(
    `INSERT INTO runs SELECT ${values.join(', ')} FROM runs WHERE id = (SELECT min(id) FROM runs WHERE id > ${20 * apart})`,
  );
}

/** Pages by the image are those that the database gives. @returns how many searches it was used for */
function compare(db: Store, random: Random, times: number): number {
  let used = 0;
  for (let i = 0; i < times; i++) {
    const filter = randomFilter(random, db);
    const order = { sort: HISTORY_SORTS[random.int(HISTORY_SORTS.length)]!, descending: random.int(2) === 0 };
    const all = matchingRuns(db, filter, order, -1, 0, judged);
    if (runImage(db) !== undefined) used++;
    for (const [limit, offset] of [
      [10, 0],
      [7, random.int(all.length + 3)],
      [1000, 5],
    ]) {
      const found = searchRuns(db, filter, order, limit!, offset!, judged);
      expect(found, JSON.stringify({ filter, order, limit, offset })).toEqual({
        ids: all.slice(offset, offset! + limit!),
        total: all.length,
      });
    }
  }
  return used;
}

describe.each([1, 700])('an image of runs whose numbers are %d apart', (distance) => {
  beforeEach(() => begin(distance));

  it('finds what the database finds, in its order', () => {
    expect(compare(store, createPrng(1), 90)).toBe(90);
  });

  it('has what is written, taken back, deleted, and written by others', async () => {
    const random = createPrng(2);
    const other = openStore(store.file);
    const any = (db: Store, text: string) => db.raw.prepare(text).run((1 + random.int(RUNS)) * apart);
    const changes: (() => unknown)[] = [
      () => any(store, 'UPDATE runs SET kept = 1 - kept WHERE id = ?'),
      () => any(other, 'UPDATE runs SET kept = 1 - kept WHERE id % 40 = ? % 40'),
      () => any(other, "UPDATE runs SET symbol = 'XAUUSD', best_trades = 77 WHERE id = ?"),
      () =>
        any(
          other,
          'UPDATE runs SET uuid = substr(uuid, 25, 8) || substr(uuid, 9, 16) || substr(uuid, 1, 8) || substr(uuid, 33) WHERE id = ?',
        ),
      () => any(store, 'UPDATE runs SET best_sharpe = best_sharpe + 0.5 WHERE id > ?'),
      () => any(store, 'UPDATE strategies SET win_rate = 0.3 WHERE rank = 1 AND run_id = ?'),
      () =>
        store.raw.exec(
          'DELETE FROM runs WHERE id = (SELECT max(id) FROM runs) AND id NOT IN (SELECT run_id FROM champions)',
        ),
      () => any(other, 'DELETE FROM runs WHERE id = ? AND id NOT IN (SELECT run_id FROM champions)'),
      () => copyRun(store),
      () => copyRun(other),
      () => {
        const undone = () =>
          store.transaction(() => {
            any(store, "UPDATE runs SET symbol = 'NONE', kept = 1 WHERE id > ?");
            any(store, 'DELETE FROM runs WHERE id = ? AND id NOT IN (SELECT run_id FROM champions)');
            expect(runImage(store)).toBeUndefined();
            expect(
              searchRuns(store, { symbol: 'NONE' }, { sort: 'id', descending: true }, 10, 0).total,
            ).toBeGreaterThan(0);
            throw new Error('no');
          });
        expect(undone).toThrow('no');
      },
    ];
    let used = 0;
    for (let i = 0; i < 40; i++) {
      changes[random.int(changes.length)]!();
      used += compare(store, random, 2);
    }
    expect(used).toBe(80);
    other.close();
  });

  it('finds a run by the UUID that another gave it', () => {
    const other = openStore(store.file);
    other.raw.exec(`UPDATE runs SET uuid = '12345678-1234-4123-8123-123456789abc' WHERE id = ${5 * apart}`);
    other.close();
    const found = searchRuns(store, { text: '123456789ab' }, { sort: 'id', descending: true }, 10, 0);
    expect(found.ids).toEqual([5 * apart]);
  });

  it('is told of every column that it has', () => {
    const noted = store.raw
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'run_changes_on_update'")
      .pluck()
      .get() as string;
    const columns = /UPDATE OF (.*) ON runs/.exec(noted)![1]!.split(', ');
    expect(new Set(columns)).toEqual(new Set([...GROUP_COLUMNS, ...FIGURES, 'uuid']));
  });

  it('is made while others write', async () => {
    const db = openStore(store.file);
    const making = keepRunImage(db);
    store.raw.exec(
      `UPDATE runs SET symbol = 'AAA' WHERE id / ${apart} % 50 = 1; UPDATE runs SET kept = 1 - kept WHERE id / ${apart} % 7 = 1`,
    );
    store.raw.exec(`DELETE FROM runs WHERE id > ${290 * apart}`);
    await making;
    expect(compare(db, createPrng(3), 20)).toBe(20);
    db.close();
  });

  it('is made anew where more was changed than is kept in mind', async () => {
    for (let i = 0; i < 40; i++) store.raw.exec('UPDATE runs SET kept = 1 - kept');
    expect(runImage(store)).toBeUndefined();
    await keepRunImage(store);
    expect(compare(store, createPrng(4), 20)).toBe(20);
    expect(store.raw.prepare('SELECT count(*) FROM run_changes').pluck().get()).toBe(10_000);
  });

  it('leaves parts of UUIDs to the database where one is none', async () => {
    store.raw.exec(`UPDATE runs SET uuid = 'abc-zz' WHERE id = ${5 * apart}`);
    expect(compare(store, createPrng(5), 20)).toBe(20);
    expect(searchRuns(store, { text: 'bc-' }, { sort: 'id', descending: true }, 10, 0).ids).toContain(
      5 * apart,
    );
  });

  it('is given up where its file can not be written, and the database answers', async () => {
    const { TMPDIR } = process.env;
    try {
      process.env.TMPDIR = join(folder, 'nowhere');
      const other = openStore(store.file);
      await keepRunImage(other);
      expect(runImage(other) === undefined).toBe(distance > 1);
      compare(other, createPrng(6), 5);
      other.close();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
});
