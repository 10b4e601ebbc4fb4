import { rmSync } from 'node:fs';
import { EngineError } from '../contract/errors.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { namedFile } from '../files/named-file.ts';
import { createCandleFolder } from '../market/candle-folder.ts';
import type { CandleReader, CandleSource, SeriesRef, StoredSeries } from '../market/candle-source.ts';
import type { DayStart } from '../market/day-start.ts';
import type { LoadedSeries } from '../market/loaded-series.ts';
import type { Session } from '../market/trading-week.ts';
import type { WrittenSeries } from '../market/write-series.ts';
import type { Store } from './database.ts';
import { deleteFormerCandles, formerCandles, insertFormerCandles } from './former-candles.ts';
import type { SeriesTable } from './schema.ts';
import { allSeries, deleteSeries, findSeries, saveSeries, sessionOf } from './series.ts';

/** Digests of views that runs need, by what becomes of them when a series is replaced. */
export interface ReplacedViews {
  /** The former file has them, and the new one has not. */
  readonly lost: readonly string[];
  /** The new file has them. */
  readonly held: readonly string[];
}

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
  /**
   * All stored series that one can be read from, or resampled from: the one that `load` takes, others as they are now, then
   * what former files have.
   */
  sources(symbol: string, timeframe: Timeframe): StoredSeries[];
  /** The series of one of its sources. */
  loadFrom(
    source: StoredSeries,
    timeframe: Timeframe,
    dayStart: DayStart,
    reader: CandleReader,
  ): Promise<LoadedSeries>;
  /**
   * From now on a series is what was written to a file of the folder; `replaces` is the file that it stands in for. That one is
   * deleted unless it has views which runs need and the new one lacks (`lost`); so are former ones that are needed no more.
   * @throws EngineError `conflict` if the series has another file by now, `store-damaged` as `namedFile`: nothing is changed then
   */
  record(
    series: WrittenSeries,
    importedAt: number,
    replaces: string | undefined,
    views?: ReplacedViews,
  ): SeriesTable;
  /** When a symbol's day begins, by the configuration and its stored series. */
  dayStart(symbol: string): DayStart;
  /**
   * Forgets a stored series and deletes its files, former ones included; false if it was not stored.
   * @throws EngineError `store-damaged` as `namedFile`: nothing is changed then
   */
  remove(symbol: string, timeframe: Timeframe): boolean;
}

/** `dayStartOf` is asked whenever a timeframe is resampled: the configuration may change. */
export function createCandleLibrary(
  store: Store,
  folder: string,
  dayStartOf: (session: Session) => DayStart,
): CandleLibrary {
  const files = createCandleFolder(folder);
  const pathOf = (file: string) => namedFile(folder, file);

  /** The stored series first, then those that it can be resampled from, the longest first. */
  function currentSources(symbol: string, timeframe: Timeframe): SeriesTable[] {
    return notLonger(timeframe)
      .reverse()
      .flatMap((t) => findSeries(store, symbol, t) ?? []);
  }

  const sourceOf = (symbol: string, timeframe: Timeframe) => currentSources(symbol, timeframe)[0];

  /** Most bars, most evidence of when a market trades: its shortest series says. */
  function dayStart(symbol: string): DayStart {
    for (const timeframe of TIMEFRAMES) {
      const series = findSeries(store, symbol, timeframe);
      if (series !== undefined) return dayStartOf(sessionOf(series));
    }
    return dayStartOf('currency-week');
  }

  /** Keeps the record of a file that is still needed, forgets those that no longer are; returns what can be deleted. */
  function retire(
    before: SeriesTable | undefined,
    now: SeriesTable,
    at: number,
    { lost, held }: ReplacedViews,
  ): string[] {
    const unneeded: string[] = [];
    for (const former of formerCandles(store, now.symbol)) {
      if (former.timeframe !== now.timeframe) continue;
      const isBack = former.file === now.file;
      if (!isBack && !former.views.every((view) => held.includes(view))) continue;
      deleteFormerCandles(store, former.file);
      if (!isBack) unneeded.push(former.file);
    }
    if (before === undefined || before.file === now.file) return unneeded;
    if (lost.length === 0) return [...unneeded, before.file];
    const { file, symbol, timeframe, digest } = before;
    insertFormerCandles(store, { file, symbol, timeframe, digest, replacedAt: at, views: lost });
    return unneeded;
  }

  return {
    folder,
    candles: files.candles,
    loadFrom: files.soon,
    dayStart,

    sources(symbol, timeframe) {
      const usable = notLonger(timeframe);
      const former = formerCandles(store, symbol).filter((candles) => usable.includes(candles.timeframe));
      return [...currentSources(symbol, timeframe), ...former];
    },

    list: () => allSeries(store),

    find: (symbol, timeframe) => findSeries(store, symbol, timeframe),

    load(symbol, timeframe) {
      const source = sourceOf(symbol, timeframe);
      return source && files.now(source, timeframe, dayStart(symbol));
    },

    async loadSoon(symbol, timeframe, reader) {
      const source = sourceOf(symbol, timeframe);
      return source && files.soon(source, timeframe, dayStart(symbol), reader);
    },

    refer(symbol, timeframe) {
      const source = sourceOf(symbol, timeframe);
      if (source === undefined) return undefined;
      const named = { timeframe: source.timeframe, digest: source.digest };
      const synthetic = source.synthetic === 1;
      if (source.timeframe === timeframe) return { series: { symbol, ...named }, synthetic };
      const base = { ...named, dayStart: dayStart(symbol) };
      const { digest } = files.now(source, timeframe, base.dayStart);
      return { series: { symbol, timeframe, digest, base }, synthetic };
    },

    record({ firstTime, lastTime, ...series }, importedAt, replaces, views = { lost: [], held: [] }) {
      const { symbol, timeframe } = series;
      const row: SeriesTable = {
        ...series,
        first_time: firstTime,
        last_time: lastTime,
        synthetic: series.synthetic ? 1 : 0,
        quality: JSON.stringify(series.quality),
        imported_at: importedAt,
      };
      const unneeded = store.transaction(() => {
        const before = findSeries(store, symbol, timeframe);
        if (before?.file !== replaces) throw changedMeanwhile(symbol, timeframe);
        saveSeries(store, row);
        return retire(before, row, importedAt, views).map(pathOf);
      });
      for (const path of unneeded) rmSync(path, { force: true });
      return row;
    },

    remove(symbol, timeframe) {
      const row = findSeries(store, symbol, timeframe);
      if (row === undefined) return false;
      const former = formerCandles(store, symbol).filter((candles) => candles.timeframe === timeframe);
      const paths = [row, ...former].map(({ file }) => pathOf(file));
      // The rows first: a crash in between leaves a file too many, never a row without its file.
      store.transaction(() => {
        deleteSeries(store, symbol, timeframe);
        for (const { file } of former) deleteFormerCandles(store, file);
      });
      for (const path of paths) rmSync(path, { force: true });
      return true;
    },
  };
}

/** Timeframes that one can be made from, itself included, ascending. */
function notLonger(timeframe: Timeframe): Timeframe[] {
  return TIMEFRAMES.filter((t) => TIMEFRAME_MINUTES[t] <= TIMEFRAME_MINUTES[timeframe]);
}

function changedMeanwhile(symbol: string, timeframe: Timeframe): EngineError {
  return new EngineError(
    'conflict',
    `${symbol} ${timeframe} was imported or removed elsewhere in the meantime. Nothing was changed: import it again.`,
    { symbol, timeframe },
  );
}
