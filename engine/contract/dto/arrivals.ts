import type { Timeframe } from '../timeframe.ts';

/** What is told of bars apart from those that go on with a series: another price, volume or spread than before, or between bars that were there. */
export const ARRIVAL_KINDS = ['corrected', 'late'] as const;
export type ArrivalKind = (typeof ARRIVAL_KINDS)[number];

/** A bar that was corrected, or came late. */
export interface ArrivalDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Opening time of the bar, ISO 8601 UTC. */
  readonly time: string;
  readonly kind: ArrivalKind;
  /** Name of the file that it was in, or `HTTP`. */
  readonly source: string;
  /** When it arrived, the last time. */
  readonly at: string;
}
