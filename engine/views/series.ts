import type { SeriesDto } from '../contract/dto/index.ts';
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
    quality: JSON.parse(row.quality),
  };
}
