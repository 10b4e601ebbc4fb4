import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { createCandleFolder } from '../market/candle-folder.ts';
import type { CandleReader, CandleSource, SeriesRef, StoredSeries } from '../market/candle-source.ts';
import type { LoadedSeries } from '../market/loaded-series.ts';
import type { WrittenSeries } from '../market/write-series.ts';
import type { Store } from './database.ts';
import type { SeriesTable } from './schema.ts';
import { allSeries, deleteSeries, findSeries, saveSeries } from './series.ts';

/** The workspace's candles: files in one folder, each named in the table `series`. */
export interface CandleLibrary extends CandleSource {
  readonly folder: string;
  list(): SeriesTable[];
  /** The stored series itself; undefined if this timeframe is not stored. */
  find(symbol: string, timeframe: Timeframe): SeriesTable | undefined;
  /** The stored series or one resampled from the longest stored timeframe below; undefined if there is neither. */
  load(symbol: string, timeframe: Timeframe): LoadedSeries | undefined;
  /** As `load`; `reader` does the work, in a thread of its own. */
  loadSoon(symbol: string, timeframe: Timeframe, reader: CandleReader): Promise<LoadedSeries | undefined>;
  /** What `load` gives, by name; a series that is stored itself need not be read for it. */
  refer(
    symbol: string,
    timeframe: Timeframe,
  ): { readonly series: SeriesRef; readonly synthetic: boolean } | undefined;
  /** All stored series that one can be read from, or resampled from: the one that `load` takes first. */
  sources(symbol: string, timeframe: Timeframe): StoredSeries[];
  /** The series of one of its sources. */
  loadFrom(source: StoredSeries, timeframe: Timeframe, reader: CandleReader): Promise<LoadedSeries>;
  /**
   * From now on a series is what was written to a file of the folder; `replaces` is the file that it stands in for.
   * @throws EngineError `conflict` if the series has another file by now: nothing is changed then
   */
  record(series: WrittenSeries, importedAt: number, replaces: string | undefined): SeriesTable;
  /** Forgets a stored series and deletes its file; false if it was not stored. */
  remove(symbol: string, timeframe: Timeframe): boolean;
}

export function createCandleLibrary(store: Store, folder: string): CandleLibrary {
  const files = createCandleFolder(folder);

  /** The stored series first, then those that it can be resampled from, the longest first. */
  function sources(symbol: string, timeframe: Timeframe): SeriesTable[] {
    return TIMEFRAMES.filter((t) => TIMEFRAME_MINUTES[t] <= TIMEFRAME_MINUTES[timeframe])
      .reverse()
      .flatMap((t) => findSeries(store, symbol, t) ?? []);
  }

  const sourceOf = (symbol: string, timeframe: Timeframe) => sources(symbol, timeframe)[0];

  return {
    folder,
    candles: files.candles,
    sources,
    loadFrom: files.soon,
    list: () => allSeries(store),

    find: (symbol, timeframe) => findSeries(store, symbol, timeframe),

    load(symbol, timeframe) {
      const source = sourceOf(symbol, timeframe);
      return source && files.now(source, timeframe);
    },

    async loadSoon(symbol, timeframe, reader) {
      const source = sourceOf(symbol, timeframe);
      return source && files.soon(source, timeframe, reader);
    },

    refer(symbol, timeframe) {
      const source = sourceOf(symbol, timeframe);
      if (source === undefined) return undefined;
      const base = { timeframe: source.timeframe, digest: source.digest };
      const series =
        source.timeframe === timeframe
          ? { symbol, ...base }
          : { symbol, timeframe, digest: files.now(source, timeframe).digest, base };
      return { series, synthetic: source.synthetic === 1 };
    },

    record({ firstTime, lastTime, ...series }, importedAt, replaces) {
      const { symbol, timeframe } = series;
      const row: SeriesTable = {
        ...series,
        first_time: firstTime,
        last_time: lastTime,
        synthetic: series.synthetic ? 1 : 0,
        quality: JSON.stringify(series.quality),
        imported_at: importedAt,
      };
      store.transaction(() => {
        if (findSeries(store, symbol, timeframe)?.file !== replaces)
          throw changedMeanwhile(symbol, timeframe);
        saveSeries(store, row);
      });
      if (replaces !== undefined && replaces !== row.file) rmSync(join(folder, replaces), { force: true });
      return row;
    },

    remove(symbol, timeframe) {
      const row = findSeries(store, symbol, timeframe);
      if (row === undefined) return false;
      // The row first: a crash in between leaves a file too many, never a row without its file.
      deleteSeries(store, symbol, timeframe);
      rmSync(join(folder, row.file), { force: true });
      return true;
    },
  };
}

function changedMeanwhile(symbol: string, timeframe: Timeframe): EngineError {
  return new EngineError(
    'conflict',
    `${symbol} ${timeframe} was imported or removed elsewhere in the meantime. Nothing was changed: import it again.`,
    { symbol, timeframe },
  );
}
