import type { Generated } from 'kysely';

/** An experiment of a tracking server that the workspace is shown in. */
export interface TrackingTable {
  id: Generated<number>;
  /** Address of the server, without a name or password. */
  uri: string;
  experiment: string;
  /** JSON: the process that sends; null: none does. */
  owner: string | null;
  /** When that said last that it lives, ms since 1970-01-01 UTC. */
  seen_at: number | null;
  /** All runs up to this number were sent, or never are. */
  models_up_to: number;
  /** When something was sent last. */
  sent_at: number | null;
}

/** What was sent there. */
export interface TrackedTable {
  tracking_id: number;
  /** Names it within the workspace: `job/12`. */
  key: string;
  /** MLflow's id of its run; null: it may have been made there. */
  remote: string | null;
  /** What of it was sent last; null: not all of it was. */
  version: string | null;
  /** Why it was refused. */
  refusal: string | null;
  /** ms since 1970-01-01 UTC. */
  sent_at: number | null;
}
