import type { Timeframe } from '../timeframe.ts';

/** Bars in a row, oldest first; every list has one value of each. */
export interface BarsDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Bars that there are, and how many of them come before the first of these. */
  readonly total: number;
  readonly earlier: number;
  /** Opening times, ms since 1970-01-01 UTC. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** Index of the regime of each bar into `regimes`. */
  readonly regime: readonly number[];
  /** The unclassified rest last. */
  readonly regimes: readonly string[];
}

/** A stretch of time with a part in what a run learned or was judged by; ms since 1970-01-01 UTC, `to` exclusive. */
export interface RunSpanDto {
  readonly kind: 'training' | 'selection' | 'holdout' | 'fold';
  /** Of a fold, from 1; null of windows. */
  readonly fold: number | null;
  readonly from: number;
  readonly to: number;
}

/** Bars as a run saw them, by its own regimes. They end where its selection window does until the look at the holdout is spent. */
export interface RunBarsDto extends BarsDto {
  readonly runId: string;
  /** Its windows, and the test windows of its newest validation by time. */
  readonly spans: readonly RunSpanDto[];
}
