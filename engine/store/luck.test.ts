import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_WIDTH } from '../pipeline/luck.ts';
import { BLOCKS } from '../pipeline/observer.ts';
import { createPrng } from '../random/prng.ts';
import { openStore, type Store } from './database.ts';
import {
  countLuck,
  countTogether,
  floatsOf,
  noteUncounted,
  sampledCells,
  shortKey,
  type TriedCell,
  windowName,
} from './luck.ts';
import { RESERVOIR, readSamples, sampleHash } from './luck-sample.ts';
import { findDamage } from './soundness.ts';
import { exampleTried } from './testing/example-rows.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

/** Cells of one window with random figures; sums are multiples of what real ones are multiples of. */
function cells(count: number, strategies: number): TriedCell[] {
  const prng = createPrng(7);
  return Array.from({ length: count }, (_, n) => {
    const tried = exampleTried(n);
    const scopes = tried.luck.scopes.map((scope) => {
      if (scope.count === 0) return scope;
      const sample = Float32Array.from({ length: strategies * SAMPLE_WIDTH }, () => prng.normal());
      for (let s = 0; s < strategies; s++) sample[s * SAMPLE_WIDTH] = 3 * s;
      return {
        count: strategies,
        sharpeSum: Math.round(prng.normal() * 2 ** 12) / 2 ** 12,
        sharpeSquares: Math.round(prng.float() * 2 ** 24) / 2 ** 24,
        standardized: {
          count: strategies - 1,
          sum: Float64Array.from({ length: 4 }, () => Math.round(prng.normal() * 2 ** 20) / 2 ** 20),
        },
        maxima: Float64Array.from({ length: 500 }, () => prng.normal()),
        sample,
      };
    });
    return { ...tried, luck: { ...tried.luck, scopes } };
  });
}

function counted(tried: readonly TriedCell[]) {
  store.close();
  store = openStore(':memory:');
  for (const cell of tried) store.transaction(() => countLuck(store, cell));
  return rows();
}

function countedTogether(tried: readonly TriedCell[]) {
  store.close();
  store = openStore(':memory:');
  for (let from = 0; from < tried.length; from += 3) {
    const group = tried.slice(from, from + 3);
    store.transaction(() =>
      countTogether(store, () => {
        for (const cell of group) countLuck(store, cell);
      }),
    );
  }
  return rows();
}

const all = (table: string) => store.raw.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`).all();
const rows = () => ({ maxima: all('luck_maxima'), windows: all('luck_windows'), cells: all('luck_cells') });

const AT = { symbol: 'EURUSD', timeframe: 'H1', regime: 'bull' };

describe('what was tried', () => {
  it('is the same to the bit where cells are counted together, also where samples are cut and cells come twice', () => {
    const tried = cells(8, 800);
    const twice = [...tried, ...tried.slice(0, 2)];
    expect(countedTogether(twice)).toEqual(counted(twice));
    expect(rows().windows[1]).toMatchObject({ below: expect.any(Number) });
    expect(findDamage(store.raw)).toEqual([]);
  });

  it('is written once of cells that are counted together', () => {
    store.raw.exec(
      "CREATE TEMP TRIGGER w AFTER UPDATE ON luck_windows BEGIN SELECT raise(ABORT, 'again'); END; CREATE TEMP TRIGGER m AFTER UPDATE ON luck_maxima BEGIN SELECT raise(ABORT, 'again'); END",
    );
    const tried = cells(3, 4);
    store.transaction(() =>
      countTogether(store, () => {
        for (const cell of tried) countLuck(store, cell);
      }),
    );
    expect(rows().windows[1]).toMatchObject({ count: 12 });
  });

  it('is the maximum and the sum over all cells, each once, of regimes that label a bar', () => {
    const tried = cells(5, 4);
    counted(tried);
    const { maxima, windows } = rows();
    expect(maxima).toMatchObject([{ regime: 'all' }, { regime: 'bull' }]);
    const highest = floatsOf((maxima[1] as { maxima: Uint8Array }).maxima);
    for (let coin = 0; coin < 500; coin++) {
      expect(highest[coin]).toBe(Math.max(...tried.map(({ luck }) => luck.scopes[1]!.maxima[coin]!)));
    }
    const window = windowName(tried[0]!.selection, tried[0]!.luck.days);
    expect(window).toMatch(/^2024-01-01T00:00:00.000Z\/2024-04-01T00:00:00.000Z\/4\/[0-9a-f]{8}$/);
    expect(windows[1]).toMatchObject({ ...AT, window, bars: 1500, count: 20, varying: 15, sampled: 20 });
    const sums = floatsOf((windows[1] as { sums: Uint8Array }).sums);
    const wanted = (day: number) =>
      tried.reduce((sum, { luck }) => sum + luck.scopes[1]!.standardized.sum[day]!, 0);
    expect([...sums]).toEqual([0, 1, 2, 3].map(wanted));
    expect(findDamage(store.raw)).toEqual([]);
  });

  it('comes to the same in any order, however often a cell is counted', () => {
    const tried = cells(12, 5);
    const once = counted(tried);
    expect(counted([...tried.toReversed(), ...tried, tried[3]!])).toEqual(once);
  });

  it('is the maximum of a cell that was counted with fewer strategies, too', () => {
    const [cell] = cells(1, 5);
    counted([cell!]);
    const { scopes } = cell!.luck;
    const more = scopes.map((scope) => ({ ...scope, maxima: scope.maxima.map((x) => x + 1) }));
    const before = rows();
    countLuck(store, { ...cell!, luck: { ...cell!.luck, scopes: more } });
    expect(rows().windows).toEqual(before.windows);
    const { maxima } = rows().maxima[0] as { maxima: Uint8Array };
    expect(floatsOf(maxima)).toEqual(more[0]!.maxima);
  });

  it('is known of a cell from before once it is tried again', () => {
    const [cell] = cells(1, 5);
    const key = shortKey(cell!.evaluationKeys.bull!);
    store.raw
      .prepare(`INSERT INTO luck_cells VALUES ('EURUSD', 'H1', 'bull', ?, 0, NULL, 0, 0, 0, 0, NULL, NULL)`)
      .run(key);
    countLuck(store, cell!);
    const after = rows();
    expect(after).toEqual(counted([cell!]));
    expect(after.cells.every((row) => (row as { counted: number }).counted === 1)).toBe(true);
  });
});

describe('a run that comes without', () => {
  const run = {
    uuid: '0123456789abcdef0123456789abcdef',
    status: 'completed' as const,
    evaluation_keys: null,
  };
  const market = { symbol: 'EURUSD', timeframe: 'H1' };

  it('leaves its cells as not counted, unless they are', () => {
    const [known, other] = cells(2, 3);
    counted([known!]);
    const before = rows();
    for (const { evaluationKeys } of [known!, other!]) {
      noteUncounted(store, { ...run, ...market, evaluation_keys: JSON.stringify(evaluationKeys) });
    }
    const after = rows();
    expect(after).toMatchObject({ maxima: before.maxima, windows: before.windows });
    expect(after.cells).toHaveLength(before.cells.length + 2);
    expect(after.cells).toEqual(expect.arrayContaining(before.cells));
    noteUncounted(store, { ...run, ...market, status: 'failed', evaluation_keys: '{"all":"00"}' });
    expect(rows()).toEqual(after);
  });

  it('stands for all regimes where it does not say what its figures are', () => {
    store.raw.exec("INSERT INTO regimes VALUES ('calm', 0, '{}', 1), ('all', 1, '{}', 1)");
    noteUncounted(store, { ...run, ...market });
    expect(rows().cells).toMatchObject(
      ['all', 'calm', 'regime all'].map((regime) => ({ ...market, regime, counted: 0 })),
    );
  });
});

describe('the sample of a window', () => {
  it('is that of the strategies with the smallest hashes, in any order of cells', () => {
    const tried = cells(24, 250);
    const wanted = tried
      .flatMap(({ evaluationKeys, luck }) => {
        const key = shortKey(evaluationKeys.bull!);
        const { sample, count } = luck.scopes[1]!;
        return Array.from({ length: count }, (_, s) => ({
          hash: sampleHash(key, sample[s * SAMPLE_WIDTH]!),
          first: Math.fround(sample[s * SAMPLE_WIDTH + 1]!),
          last: Math.fround(sample[s * SAMPLE_WIDTH + 16]!),
        }));
      })
      .sort((a, b) => a.hash - b.hash)
      .slice(0, RESERVOIR);
    for (const order of [tried, tried.toReversed()]) {
      counted(order);
      const window = windowName(tried[0]!.selection, tried[0]!.luck.days);
      const { strategies, sum, squares } = readSamples(
        sampledCells(store, { ...AT, window }).map(({ sample }) => sample),
      );
      expect(strategies).toBe(RESERVOIR);
      expect([...sum].filter((_, i) => i % BLOCKS === 0)).toEqual(wanted.map(({ first }) => first));
      expect([...squares].filter((_, i) => i % BLOCKS === BLOCKS - 1)).toEqual(
        wanted.map(({ last }) => last),
      );
      const [row] = store.raw.prepare("SELECT * FROM luck_windows WHERE regime = 'bull'").all();
      expect((row as { sampled: number }).sampled).toBeLessThanOrEqual(2 * RESERVOIR);
      expect(findDamage(store.raw)).toEqual([]);
    }
  });

  it('is uniform: hashes of neighboring indices have nothing to do with each other', () => {
    const hashes = Array.from({ length: 4000 }, (_, i) => sampleHash(shortKey('ab'.repeat(32)), i) / 2 ** 53);
    expect(Math.max(...hashes)).toBeLessThan(1);
    expect(hashes.reduce((a, b) => a + b, 0) / 4000).toBeCloseTo(0.5, 1);
    const products = hashes.slice(1).map((h, i) => (h - 0.5) * (hashes[i]! - 0.5));
    expect(Math.abs(products.reduce((a, b) => a + b, 0) / 3999)).toBeLessThan(4 / 12 / Math.sqrt(3999));
  });
});
