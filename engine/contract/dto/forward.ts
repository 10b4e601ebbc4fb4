import type { Timeframe } from '../timeframe.ts';

/** Why a version should be trained anew: it earned less than walk-forward promised, or it is too old. */
export const STALE_REASONS = ['left-band', 'expired'] as const;
export type StaleReason = (typeof STALE_REASONS)[number];

/** What walk-forward promised of the first so many market days, and where a healthy model stays above in 95 of 100 cases. Log returns. */
export interface ForwardBandDto {
  /** Number of the validation whose days it was made of. */
  readonly validation: number;
  /** Market days that it is made for. */
  readonly days: number;
  /** Of a day. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** Standard deviations of a sum of independent days, below 0. */
  readonly critical: number;
}

/** A trade on paper. Times are opening times of bars, ISO 8601 UTC; prices as quoted. */
export interface ForwardTradeDto {
  readonly direction: 'LONG' | 'SHORT';
  readonly entryTime: string;
  readonly entryPrice: number;
  /** Null of one that is held still. */
  readonly exitTime: string | null;
  readonly exitPrice: number | null;
  /** time, stop, target, reversal or decision. */
  readonly reason: string | null;
  /** Net log return; of one that is held what it came to by the newest open. */
  readonly net: number;
  readonly cost: number;
}

/** A version that trades on paper, from when it was put in charge on. */
export interface ForwardTestDto {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly begunAt: string;
  /** Null: it is in charge. */
  readonly endedAt: string | null;
  /** Bars that it traded on; opening times of the first and the newest one, null without one. */
  readonly bars: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Market days that are over. */
  readonly days: number;
  /** Trades that are over. */
  readonly trades: number;
  /** Net log return up to the newest open. */
  readonly net: number;
  readonly open: ForwardTradeDto | null;
  /** Null: nothing was validated, so nothing was promised. */
  readonly band: ForwardBandDto | null;
  /** Sum of the days that are over, and the lowest that the band allows of it: null before day 20 and beyond its days. */
  readonly sum: number;
  readonly border: number | null;
  readonly stale: { readonly at: string; readonly reason: StaleReason; readonly text: string } | null;
  /** Opening times of bars that were corrected after it had traded on them, and of bars that came between them later. */
  readonly corrected: readonly string[];
  readonly late: readonly string[];
  /** Why it does not go on; null where it does. */
  readonly problem: string | null;
}

/** Day by day, and trade by trade. */
export interface ForwardDetailDto extends ForwardTestDto {
  readonly curve: {
    /** Market days. */
    readonly days: readonly string[];
    /** Net log return up to the end of each. */
    readonly net: readonly number[];
    /** What was promised, and the band below it; null where there is none. */
    readonly promised: readonly (number | null)[];
    readonly low: readonly (number | null)[];
  };
  readonly tradeList: readonly ForwardTradeDto[];
}
