import type { Generated } from 'kysely';
import type { Actor } from '../contract/dto/index.ts';
import type { Timeframe } from '../contract/timeframe.ts';

/** A look that was spent at a holdout. */
export interface LooksTable {
  id: Generated<number>;
  symbol: string;
  timeframe: Timeframe;
  /** Ms since 1970-01-01 UTC. Null: what was looked at does not say when its holdout began. */
  holdout_from: number | null;
  holdout_to: number;
  opened_at: number;
  opened_by: Actor;
  /** What was asked for: a champion, a run, all. */
  opened_for: string;
}
