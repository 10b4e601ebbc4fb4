import type { Generated } from 'kysely';
import type { Timeframe } from '../contract/timeframe.ts';

/** What a series was before it was changed. */
export interface SeriesChangesTable {
  id: Generated<number>;
  symbol: string;
  timeframe: Timeframe;
  action: string;
  source: string | null;
  at: number;
  /** JSON: the row before; null where there was none. */
  series: string | null;
  /** JSON: rows of its former candles before. */
  former: string;
}
