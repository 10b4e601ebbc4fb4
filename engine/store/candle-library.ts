import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { namedFile } from '../files/named-file.ts';
import { createCandleFolder } from '../market/series/candle-folder.ts';
import type { CandleReader, CandleSource, SeriesRef, StoredSeries } from '../market/series/candle-source.ts';
import type { LoadedSeries } from '../market/series/loaded-series.ts';
import type { DayStart } from '../market/time/day-start.ts';
import type { Session } from '../market/time/trading-week.ts';
import type { Store } from './database.ts';
import { formerCandles } from './former-candles.ts';
import type { SeriesTable } from './schema.ts';
import { allSeries, findSeries, sessionOf } from './series.ts';
import { createSeriesRecords, type SeriesRecords } from './series-records.ts';

/** The workspace's candles: files in one folder, each named in the table `series`. */
export interface CandleLibrary extends CandleSource, SeriesRecords {
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
  /** When a symbol trades, as its stored series tell. */
  session(symbol: string): Session;
  /** When a symbol's day begins, by the configuration and its stored series. */
  dayStart(symbol: string): DayStart;
}

/** What configurations are bound to. */
export type BindingLibrary = Pick<CandleLibrary, 'list' | 'find' | 'load' | 'refer' | 'session' | 'dayStart'>;

/** `dayStartOf` is asked whenever a timeframe is resampled: the configuration may change. */
export function createCandleLibrary(
  store: Store,
  folder: string,
  dayStartOf: (session: Session) => DayStart,
): CandleLibrary {
  const files = createCandleFolder(folder);
  const pathOf = (file: string) => namedFile(folder, file);

  /** The stored series first, then those that it can be resampled from, the longest first; read as they are asked for. */
  function* currentSources(symbol: string, timeframe: Timeframe): Generator<SeriesTable, undefined> {
    for (const t of notLonger(timeframe).reverse()) {
      const series = findSeries(store, symbol, t);
      if (series !== undefined) yield series;
    }
  }

  const sourceOf = (symbol: string, timeframe: Timeframe) => currentSources(symbol, timeframe).next().value;

  /** Most bars, most evidence of when a market trades: its shortest series says. */
  function session(symbol: string): Session {
    for (const timeframe of TIMEFRAMES) {
      const series = findSeries(store, symbol, timeframe);
      if (series !== undefined) return sessionOf(series);
    }
    return 'currency-week';
  }

  const dayStart = (symbol: string) => dayStartOf(session(symbol));

  return {
    folder,
    candles: files.candles,
    loadFrom: files.soon,
    session,
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

    ...createSeriesRecords(store, pathOf),
  };
}

/** Timeframes that one can be made from, itself included, ascending. */
function notLonger(timeframe: Timeframe): Timeframe[] {
  return TIMEFRAMES.filter((t) => TIMEFRAME_MINUTES[t] <= TIMEFRAME_MINUTES[timeframe]);
}
