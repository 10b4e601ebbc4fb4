import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { QualityReport } from '../contract/quality.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../contract/timeframe.ts';
import { candleDigest, readCandleFile, writeCandleFile } from '../market/candle-file.ts';
import type { Candles } from '../market/candles.ts';

import { resample } from '../market/resample.ts';
import type { Store } from './database.ts';
import type { SeriesTable } from './schema.ts';
import { allSeries, deleteSeries, findSeries, saveSeries } from './series.ts';

/** A series with the digest that run keys are made of. */
export interface LoadedSeries {
  readonly candles: Candles;
  readonly digest: string;
}

/** The workspace's candles: files in one folder, each named in the table `series`. */
export interface CandleLibrary {
  list(): SeriesTable[];
  /** The stored series itself; undefined if this timeframe is not stored. */
  stored(symbol: string, timeframe: Timeframe): Candles | undefined;
  /** The stored series or one resampled from the longest stored timeframe below; undefined if there is neither. */
  load(symbol: string, timeframe: Timeframe): LoadedSeries | undefined;
  save(candles: Candles, quality: QualityReport, importedAt: number): SeriesTable;
  /** Forgets a stored series and deletes its file; false if it was not stored. */
  remove(symbol: string, timeframe: Timeframe): boolean;
}

const CANDLE_FILE = new RegExp(`^[A-Z0-9._-]{1,32}_(${TIMEFRAMES.join('|')})_[0-9a-f]{12}\\.candles$`);

/** Whether a file is named as the library names its files. */
export function isCandleFileName(name: string): boolean {
  return CANDLE_FILE.test(name);
}

/** Loaded series kept in memory. A queue goes through symbols one after the other, each with a few timeframes. */
const KEPT_SERIES = 8;

export function createCandleLibrary(store: Store, folder: string): CandleLibrary {
  const kept = new Map<string, LoadedSeries>();

  function remember(key: string, load: () => LoadedSeries): LoadedSeries {
    const series = kept.get(key) ?? load();
    // Re-inserting makes it the newest.
    kept.delete(key);
    kept.set(key, series);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_SERIES) break;
      kept.delete(oldest);
    }
    return series;
  }

  function loadStored(row: SeriesTable): LoadedSeries {
    return remember(row.digest, () => ({
      candles: readCandleFile(join(folder, row.file)),
      digest: row.digest,
    }));
  }

  return {
    list: () => allSeries(store),

    stored(symbol, timeframe) {
      const row = findSeries(store, symbol, timeframe);
      return row === undefined ? undefined : loadStored(row).candles;
    },

    load(symbol, timeframe) {
      const row = findSeries(store, symbol, timeframe);
      if (row !== undefined) return loadStored(row);
      const source = TIMEFRAMES.filter((t) => TIMEFRAME_MINUTES[t] < TIMEFRAME_MINUTES[timeframe])
        .reverse()
        .map((t) => findSeries(store, symbol, t))
        .find((r) => r !== undefined);
      if (source === undefined) return undefined;
      return remember(`${source.digest} ${timeframe}`, () => {
        const candles = resample(loadStored(source).candles, timeframe);
        return { candles, digest: candleDigest(candles) };
      });
    },

    save(candles, quality, importedAt) {
      const { symbol, timeframe } = candles;
      const digest = candleDigest(candles);
      const previous = findSeries(store, symbol, timeframe);
      // The name carries the digest: old and new file stand side by side until the row says which one counts.
      const row: SeriesTable = {
        symbol,
        timeframe,
        bars: candles.length,
        first_time: candles.time[0],
        last_time: candles.time[candles.length - 1],
        digest,
        synthetic: candles.synthetic ? 1 : 0,
        file: `${symbol}_${timeframe}_${digest.slice(0, 12)}.candles`,
        quality: JSON.stringify(quality),
        imported_at: importedAt,
      };
      mkdirSync(folder, { recursive: true });
      writeCandleFile(join(folder, row.file), candles);
      saveSeries(store, row);
      if (previous !== undefined && previous.file !== row.file) {
        rmSync(join(folder, previous.file), { force: true });
      }
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
