import { EngineError } from '../../contract/errors.ts';
import type { Timeframe } from '../../contract/timeframe.ts';
import { namedFile } from '../../files/named-file.ts';
import { candlesWithin } from '../candles.ts';
import type { DayStart } from '../time/day-start.ts';
import { candleFileName, readCandleFile } from './candle-file.ts';
import type { CandleReader, CandleSource, SeriesRef, StoredSeries } from './candle-source.ts';
import { type LoadedSeries, resampleSeries } from './loaded-series.ts';

/** A folder of candle files, and the series last read from it. */
export interface CandleFolder extends CandleSource {
  /** A stored series, or one resampled from it, read by the caller's own thread. Throws as `readCandleFile`. */
  now(stored: StoredSeries, timeframe: Timeframe, dayStart: DayStart): LoadedSeries;
  /** As `now`; `reader` does the work, once for all who wait for it. */
  soon(
    stored: StoredSeries,
    timeframe: Timeframe,
    dayStart: DayStart,
    reader: CandleReader,
  ): Promise<LoadedSeries>;
}

/** Series kept in memory. A queue goes through symbols one after the other, each with a few timeframes. */
const KEPT_SERIES = 8;

export function createCandleFolder(folder: string): CandleFolder {
  const kept = new Map<string, LoadedSeries>();
  const coming = new Map<string, Promise<LoadedSeries>>();

  const keyOf = (stored: StoredSeries, timeframe: Timeframe, dayStart: DayStart) =>
    stored.timeframe === timeframe ? stored.digest : `${stored.digest} ${timeframe} ${dayStart}`;
  const pathOf = (stored: StoredSeries) => namedFile(folder, candleFileName(stored));

  function remembered(key: string): LoadedSeries | undefined {
    const series = kept.get(key);
    return series === undefined ? undefined : remember(key, series);
  }

  function remember(key: string, series: LoadedSeries): LoadedSeries {
    // Re-inserting makes it the newest.
    kept.delete(key);
    kept.set(key, series);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_SERIES) break;
      kept.delete(oldest);
    }
    return series;
  }

  function now(stored: StoredSeries, timeframe: Timeframe, dayStart: DayStart): LoadedSeries {
    const key = keyOf(stored, timeframe, dayStart);
    const known = remembered(key);
    if (known !== undefined) return known;
    if (stored.timeframe !== timeframe) {
      return remember(
        key,
        resampleSeries(now(stored, stored.timeframe, dayStart).candles, timeframe, dayStart),
      );
    }
    const { digest } = stored;
    return remember(key, { candles: readCandleFile(pathOf(stored), digest), digest });
  }

  async function read(
    stored: StoredSeries,
    timeframe: Timeframe,
    dayStart: DayStart,
    reader: CandleReader,
  ): Promise<LoadedSeries> {
    if (stored.timeframe !== timeframe) {
      const { candles } = await soon(stored, stored.timeframe, dayStart, reader);
      return reader.resample({ candles, timeframe, dayStart });
    }
    const { digest } = stored;
    return { candles: await reader.readCandles(pathOf(stored), digest), digest };
  }

  async function soon(
    stored: StoredSeries,
    timeframe: Timeframe,
    dayStart: DayStart,
    reader: CandleReader,
  ): Promise<LoadedSeries> {
    const key = keyOf(stored, timeframe, dayStart);
    const known = remembered(key) ?? coming.get(key);
    if (known !== undefined) return known;
    const reading = read(stored, timeframe, dayStart, reader);
    coming.set(key, reading);
    try {
      return remember(key, await reading);
    } finally {
      coming.delete(key);
    }
  }

  return {
    now,
    soon,
    async candles(ref, reader) {
      const stored = ref.base === undefined ? ref : { ...ref.base, symbol: ref.symbol };
      const series = await soon(stored, ref.timeframe, ref.base?.dayStart ?? 'utc', reader);
      if (series.digest !== ref.digest) throw otherBars(ref, series.digest);
      return ref.view === undefined ? series.candles : candlesWithin(series.candles, ref.view);
    },
  };
}

function otherBars(ref: SeriesRef, digest: string): EngineError {
  return new EngineError(
    'conflict',
    `${ref.symbol} ${ref.timeframe} made from ${ref.base?.timeframe} has other bars here (${digest.slice(0, 12)}) than expected (${ref.digest.slice(0, 12)}). All that train together must be the same version of Regimen.`,
    { symbol: ref.symbol, timeframe: ref.timeframe },
  );
}
