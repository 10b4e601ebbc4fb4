import type { Generated } from 'kysely';

/** A model of what survives, as it was trained. */
export interface SurvivalModelsTable {
  id: Generated<number>;
  /** `20261128_143022`, UTC: when it was made. */
  version: string;
  /** The job that trained it; its row may be gone. */
  queue_id: number;
  /** Version that it goes on from; null: trained anew. */
  parent: string | null;
  model_type: string;
  /** JSON: SurvivalOptions, and the hyper-parameters that were found. */
  options: string;
  /** JSON: how it was judged. */
  figures: string;
  /** The last of the stored folds that it knows. */
  last_fold: number;
  /** Its newest row was known then, ms UTC. */
  known_until: number;
  /** See `encodeSurvival`. */
  model: Uint8Array;
  created_at: number;
}

/** Which model of what survives speaks, since when and why. */
export interface SurvivalJournalTable {
  id: Generated<number>;
  at: number;
  action: string;
  /** Who spoke before, and who speaks from then on; null: nobody. */
  from_version: string | null;
  to_version: string | null;
  by: string;
  reason: string | null;
  /** JSON: lines of the gate that were not asked. */
  skipped: string;
  /** JSON: its lines; null where there was none. */
  gate: string | null;
}
