import type { Candles } from '../../market/candles.ts';
import { qualityReport } from '../../market/quality/quality.ts';
import { candleDigest } from '../../market/series/candle-file.ts';
import type { SeriesTable } from '../schema.ts';

/** What the database says of a stored series. */
export function seriesRow(candles: Candles): SeriesTable {
  const { symbol, timeframe, length, time, synthetic } = candles;
  const digest = candleDigest(candles);
  return {
    symbol,
    timeframe,
    bars: length,
    first_time: time[0] ?? 0,
    last_time: time[length - 1] ?? 0,
    digest,
    synthetic: synthetic ? 1 : 0,
    file: `${symbol}_${timeframe}_${digest.slice(0, 12)}.candles`,
    quality: JSON.stringify(qualityReport(candles)),
    imported_at: 0,
  };
}
