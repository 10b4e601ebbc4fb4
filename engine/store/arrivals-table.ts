import type { ArrivalKind } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';

/** A bar that was corrected, or came late. */
export interface ArrivalsTable {
  symbol: string;
  timeframe: Timeframe;
  /** Opening time of the bar, ms since 1970-01-01 UTC, as all times here. */
  time: number;
  kind: ArrivalKind;
  /** Name of the file that it was in, or `HTTP`. */
  source: string;
  /** When it arrived, the last time. */
  at: number;
}
