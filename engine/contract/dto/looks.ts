import type { Timeframe } from '../timeframe.ts';
import type { Actor } from './queues.ts';

/**
 * The holdout that figures would be from. They are hidden until the look at it is spent: a holdout can be looked at once, after which
 * whoever has seen it chooses by it, too. Times are ISO 8601 UTC.
 */
export interface HoldoutLookDto {
  /** Null of a run of the first release, which does not say it. */
  readonly from: string | null;
  readonly to: string;
  /** When the look was spent, and in what; null: it is not. */
  readonly opened: { readonly at: string; readonly by: Actor } | null;
  /** Why its figures are null, and what shows them, in a sentence; null where they are shown. */
  readonly hidden: string | null;
}

/** A market's holdout whose look is spent. */
export interface LookDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: string | null;
  readonly to: string;
  readonly openedAt: string;
  readonly openedBy: Actor;
  /** What was asked for: a champion, a run, `all`. */
  readonly openedFor: string;
  /** Whether it was spent now; false: it was before. */
  readonly isNew: boolean;
}
