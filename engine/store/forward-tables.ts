import type { Generated } from 'kysely';
import type { StaleReason } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';

/** A version in production that trades on paper. Times: ms since 1970-01-01 UTC. */
export interface ForwardTestsTable {
  id: Generated<number>;
  name: string;
  version: string;
  symbol: string;
  timeframe: Timeframe;
  begun_at: number;
  /** Bars that close after this time count: those before were there when it came to be in charge. */
  after_close: number;
  /** Since when it is no longer in charge. */
  ended_at: number | null;
  /** JSON: what walk-forward promised; null: nothing was validated. */
  promise: string | null;
  stale_at: number | null;
  stale_reason: StaleReason | null;
  /** Why, as a whole sentence. */
  message: string | null;
}

/** A bar that it traded on, as it was then, see `RecordedBar`. A row is never changed and never deleted. */
export interface ForwardBarsTable {
  test_id: number;
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  day: number;
  regime: string;
  signal: number;
  forecast: number | null;
  confidence: number | null;
  cost: number;
  swap_long: number;
  swap_short: number;
  stake: number;
  range: number;
  choices: number | null;
  /** When it was scored. */
  at: number;
}

export interface ForwardTables {
  forward_tests: ForwardTestsTable;
  forward_bars: ForwardBarsTable;
}
