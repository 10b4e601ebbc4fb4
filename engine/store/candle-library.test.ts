import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Candles, sliceCandles } from '../market/candles.ts';
import { candleDigest, isCandleFileName, readCandleFile } from '../market/series/candle-file.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import { resampleSeries } from '../market/series/loaded-series.ts';
import { resample } from '../market/series/resample.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { randomCandles } from '../market/testing/random-candles.ts';
import { type CandleLibrary, createCandleLibrary } from './candle-library.ts';
import { openStore, type Store } from './database.ts';
import { formerCandles } from './former-candles.ts';
import { storedCandleFiles } from './series.ts';
import { filesOfChanges, KEPT_CHANGES } from './series-changes.ts';
import type { ReplacedViews } from './series-records.ts';

let folder: string;
let candleFolder: string;
let store: Store;
let library: CandleLibrary;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
  candleFolder = join(folder, 'candles');
  store = openStore(join(folder, 'regimen.db'));
  library = createCandleLibrary(store, candleFolder, () => 'new_york');
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const hourly = randomCandles(500, 'H1', 1);
function save(candles: Candles) {
  const replaces = library.find(candles.symbol, candles.timeframe)?.file;
  return library.record(writeSeries(candleFolder, candles), 7, replaces);
}
/** Files of the folder, apart from those that are there for an undo alone. */
function filesInUse(): string[] {
  const undo = new Set(filesOfChanges(store).map(({ file }) => file));
  const used = new Set(storedCandleFiles(store).map(({ file }) => file));
  const inUse = new Set([...library.list(), ...formerCandles(store)].map(({ file }) => file));
  const found = readdirSync(candleFolder).filter((file) => inUse.has(file) || !undo.has(file));
  expect(found.every((file) => used.has(file))).toBe(true);
  return found;
}
/** As the next process finds it: nothing remembered. */
const reopened = () => createCandleLibrary(store, candleFolder, () => 'new_york');

it('gives back what was saved, from disk as from memory', () => {
  const row = save(hourly);
  expect(row).toMatchObject({ symbol: 'EURUSD', timeframe: 'H1', bars: 500, synthetic: 0, imported_at: 7 });
  expect(library.list()).toEqual([row]);
  expect(isCandleFileName(row.file)).toBe(true);
  for (const lib of [library, reopened()]) {
    expect(lib.load('EURUSD', 'H1')).toMatchObject({ digest: candleDigest(hourly) });
    expect(lib.load('EURUSD', 'H1')?.candles.close).toEqual(hourly.close);
  }
  expect(library.load('GBPUSD', 'H1')).toBeUndefined();
});

it('resamples from the longest shorter timeframe, and prefers what is stored', () => {
  save(randomCandles(4000, 'M15', 2));
  save(hourly);
  expect(library.load('EURUSD', 'H4')).toMatchObject({
    digest: candleDigest(resample(hourly, 'H4', 'new_york')),
  });
  expect(library.find('EURUSD', 'H4')).toBeUndefined();
  expect(library.load('EURUSD', 'M5')).toBeUndefined();
  const own = randomCandles(100, 'H4', 3);
  save(own);
  expect(library.load('EURUSD', 'H4')?.digest).toBe(candleDigest(own));
});

it('has another thread load the same, once', async () => {
  save(hourly);
  const asked: string[] = [];
  const reader: CandleReader = {
    async readCandles(file) {
      asked.push('read');
      return readCandleFile(file);
    },
    async resample({ candles, timeframe }) {
      asked.push(timeframe);
      return resampleSeries(candles, timeframe, 'new_york');
    },
  };
  const lib = reopened();
  for (const timeframe of ['H4', 'H1', 'D1', 'H4', 'M15'] as const) {
    expect(await lib.loadSoon('EURUSD', timeframe, reader)).toEqual(library.load('EURUSD', timeframe));
  }
  expect(asked).toEqual(['read', 'H4', 'D1']);
  expect(lib.load('EURUSD', 'D1')).toBe(await lib.loadSoon('EURUSD', 'D1', reader));
});

it('replaces a series, its file, and what was resampled from it', () => {
  const first = save(hourly);
  const before = library.load('EURUSD', 'D1')?.digest;
  const second = save(sliceCandles(hourly, 0, 400));
  expect(filesInUse()).toEqual([second.file]);
  expect(second.file).not.toBe(first.file);
  expect(library.find('EURUSD', 'H1')?.bars).toBe(400);
  expect(library.load('EURUSD', 'D1')?.digest).not.toBe(before);
});

it('saving the same again changes nothing', () => {
  const first = save(hourly);
  expect(save(hourly)).toEqual(first);
  expect(readdirSync(candleFolder)).toEqual([first.file]);
});

it('still has the old series, whole, when a replacement ends before its row is written', () => {
  const old = save(hourly);
  // The new file is on disk by then: a crash here leaves a file too many.
  store.raw.exec("CREATE TRIGGER crash BEFORE UPDATE ON series BEGIN SELECT raise(ABORT, 'crash'); END");
  expect(() => save(sliceCandles(hourly, 0, 400))).toThrow('crash');
  expect(readdirSync(candleFolder)).toHaveLength(2);
  expect(reopened().load('EURUSD', 'H1')).toMatchObject({ digest: old.digest });
});

it('removes a series with its file, once', () => {
  save(hourly);
  expect(library.remove('EURUSD', 'H1', 8)).toBe(true);
  expect(library.remove('EURUSD', 'H1', 8)).toBe(false);
  expect(filesInUse()).toEqual([]);
  expect(library.load('EURUSD', 'H1')).toBeUndefined();
});

it('refuses what was made from a series that is another one by now', () => {
  const first = save(hourly);
  const late = writeSeries(candleFolder, sliceCandles(hourly, 0, 400));
  const second = save(sliceCandles(hourly, 0, 450));
  for (const replaces of [first.file, undefined]) {
    expect(() => library.record(late, 8, replaces)).toThrow(expect.objectContaining({ code: 'conflict' }));
  }
  expect(library.list()).toEqual([second]);
  expect(library.load('EURUSD', 'H1')?.candles.length).toBe(450);
});

describe('a series that is replaced', () => {
  const other = randomCandles(500, 'H1', 9);
  const replace = (candles: Candles, lost: readonly string[], held: readonly string[] = []) =>
    library.record(writeSeries(candleFolder, candles), 8, library.find('EURUSD', 'H1')?.file, { lost, held });

  it('keeps its former file beside the new one while it has what the new one lacks', async () => {
    const first = save(hourly);
    const second = replace(other, ['view']);
    expect(readdirSync(candleFolder).sort()).toEqual([first.file, second.file].sort());
    expect(library.list()).toEqual([second]);
    const sources = reopened().sources('EURUSD', 'H4');
    expect(sources.map(({ digest }) => digest)).toEqual([second.digest, first.digest]);
    expect(library.sources('EURUSD', 'M15')).toEqual([]);
    expect(library.load('EURUSD', 'H4')?.digest).toBe(candleDigest(resample(other, 'H4', 'new_york')));
    const reader: CandleReader = {
      readCandles: async (file) => readCandleFile(file),
      resample: async ({ candles, timeframe, dayStart }) => resampleSeries(candles, timeframe, dayStart),
    };
    for (const timeframe of ['H1', 'H4'] as const) {
      const loaded = await library.loadFrom(sources[1]!, timeframe, 'new_york', reader);
      expect(loaded.digest).toBe(
        candleDigest(timeframe === 'H1' ? hourly : resample(hourly, timeframe, 'new_york')),
      );
    }
  });

  it('loses a former file when the next one has all that it was kept for, not before', () => {
    const first = save(hourly);
    replace(other, ['a', 'b']);
    const third = replace(sliceCandles(hourly, 0, 450), [], ['a']);
    expect(filesInUse().sort()).toEqual([first.file, third.file].sort());
    const last = replace(sliceCandles(hourly, 0, 460), [], ['a', 'b', 'c']);
    expect(filesInUse()).toEqual([last.file]);
    expect(library.sources('EURUSD', 'H1')).toHaveLength(1);
  });

  it('that comes back is no former one any more, and its file stays', () => {
    const first = save(hourly);
    replace(other, ['a']);
    replace(hourly, []);
    expect(filesInUse()).toEqual([first.file]);
    expect(library.sources('EURUSD', 'H1')).toHaveLength(1);
  });

  it('that is removed takes its former files with it, and no other series', () => {
    save(hourly);
    const four = save(randomCandles(100, 'H4', 3));
    replace(other, ['a']);
    library.remove('EURUSD', 'H1', 9);
    expect(filesInUse()).toEqual([four.file]);
    expect(library.sources('EURUSD', 'H4').map(({ digest }) => digest)).toEqual([four.digest]);
  });
});

describe('a change that is undone', () => {
  const kept = { lost: [], held: [] };
  const other = randomCandles(500, 'H1', 9);
  const bytesOf = (file: string) => readFileSync(join(candleFolder, file));
  const undo = (views: ReplacedViews = kept) => reopened().undo(library.changes()[0]!, 99, views);

  it('brings back row and bytes of a series that was replaced, and of one that was removed', () => {
    const first = save(hourly);
    const bytes = bytesOf(first.file);
    const second = save(other);
    library.remove('EURUSD', 'H1', 8);
    expect(undo()).toEqual(second);
    expect(library.list()).toEqual([second]);
    expect(undo()).toEqual(first);
    expect(library.list()).toEqual([first]);
    expect(bytesOf(first.file)).toEqual(bytes);
    // The replacement is nobody's any more; the import itself can be undone still.
    expect(readdirSync(candleFolder)).toEqual([first.file]);
    expect(undo()).toBeUndefined();
    expect([library.list(), library.changes(), readdirSync(candleFolder)]).toEqual([[], [], []]);
  });

  it('brings back former files, and keeps the one that it leaves where runs need it', () => {
    const first = save(hourly);
    library.record(writeSeries(candleFolder, other), 8, first.file, { lost: ['a'], held: [] });
    const second = library.find('EURUSD', 'H1')!;
    const before = formerCandles(store);
    library.remove('EURUSD', 'H1', 9);
    expect(formerCandles(store)).toEqual([]);
    undo();
    expect(formerCandles(store)).toEqual(before);
    undo({ held: ['a'], lost: ['b'] });
    expect(library.list()).toEqual([first]);
    expect(formerCandles(store)).toMatchObject([{ file: second.file, views: ['b'], replacedAt: 99 }]);
  });

  it('is the newest one, and no older than the last few: what those before kept is deleted', () => {
    const rows = [100, 200, 300, 400, 500].map((bars) => save(sliceCandles(hourly, 0, bars)));
    expect(library.changes()).toHaveLength(KEPT_CHANGES);
    expect(readdirSync(candleFolder).sort()).toEqual(
      rows
        .slice(1)
        .map(({ file }) => file)
        .sort(),
    );
    expect(() => library.undo(library.changes()[1]!, 9, kept)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    for (const row of rows.slice(1, 4).reverse()) expect(undo()).toEqual(row);
    expect(library.changes()).toEqual([]);
    expect(readdirSync(candleFolder)).toEqual([rows[1]!.file]);
  });

  it('takes those with it that it went on with, and none for the same bars once more', () => {
    const first = save(hourly);
    save(hourly);
    const going = (candles: Candles, goesOn: boolean) =>
      library.record(writeSeries(candleFolder, candles), 8, library.find('EURUSD', 'H1')?.file, kept, {
        action: 'import',
        goesOn,
      });
    going(sliceCandles(other, 0, 100), false);
    going(sliceCandles(other, 0, 200), true);
    going(other, true);
    expect(library.changes().map(({ series }) => series?.digest)).toEqual([first.digest, undefined]);
    expect(undo()).toEqual(first);
    expect(readdirSync(candleFolder)).toEqual([first.file]);
  });
});
