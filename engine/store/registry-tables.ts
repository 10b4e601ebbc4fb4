import type { Generated } from 'kysely';
import type { Actor } from '../contract/dto/index.ts';
import type { JournalAction } from '../contract/registry.ts';
import type { Timeframe } from '../contract/timeframe.ts';

/** Models that may be used at a place. A row is never changed and never deleted. Times: ms since 1970-01-01 UTC. */
export interface VersionsTable {
  id: Generated<number>;
  /** See `modelName`. */
  name: string;
  /** When it was made, `YYYYMMDD_HHMMSS` UTC. */
  version: string;
  symbol: string;
  timeframe: Timeframe;
  regime: string | null;
  config_hash: string;
  /** Names its model's bytes. */
  training_key: string;
  /** The version that was in production when it was made. */
  parent: string | null;
  /** Of the model file. */
  bytes: number;
  sha256: string;
  /** JSON of the whole manifest, as the file beside the model has it. */
  manifest: string;
  created_at: number;
}

/** What points to a version; moved by the registry alone. */
export interface AliasesTable {
  name: string;
  alias: string;
  version: string;
  since: number;
}

/** Everything that was done to a name. A row is never changed and never deleted. */
export interface JournalTable {
  id: Generated<number>;
  at: number;
  name: string;
  action: JournalAction;
  /** Which alias moved, from where and to where; null: none did, from nobody, to nobody. */
  alias: string | null;
  from_version: string | null;
  to_version: string | null;
  by: Actor;
  reason: string | null;
  /** JSON of the names of what was not asked. */
  skipped: string;
  /** JSON of the whole report of the gate; null where none was asked. */
  gate: string | null;
}
