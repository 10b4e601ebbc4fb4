import type { SeriesDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { SeriesTable } from '../store/schema.ts';

export function seriesDto(row: SeriesTable): SeriesDto {
  return {
    symbol: row.symbol,
    timeframe: row.timeframe,
    bars: row.bars,
    first: new Date(row.first_time).toISOString(),
    last: new Date(row.last_time).toISOString(),
    digest: row.digest,
    synthetic: row.synthetic === 1,
    quality: storedJson(row.quality, `the quality report of ${row.symbol} ${row.timeframe}`),
  };
}
