import type { Generated } from 'kysely';
import type { TrainingOrigin, TrainingState } from '../contract/dto/index.ts';

/** Who may use the server. Times: ms since 1970-01-01 UTC. */
export interface TokensTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 of the token, hexadecimal: the token itself is nowhere. */
  digest: string;
  read_only: number;
  created_at: number;
  revoked_at: number | null;
}

/** What was asked for under a key. */
export interface SubmissionsTable {
  key: string;
  /** Digest of the request. */
  request: string;
  /** JSON of the answer. */
  answer: string;
  created_at: number;
}

/** A production training: what it is asked for, and how far it is. */
export interface TrainingsTable {
  id: string;
  /** What the model is called by whoever asked for it. */
  label: string;
  origin: TrainingOrigin;
  /** JSON: the input of `production.train`. */
  wishes: string;
  state: TrainingState;
  /** JSON: numbers of the jobs of the queue that it has made, oldest first. */
  jobs: string;
  /** JSON: the process that does it; null: none yet. */
  owner: string | null;
  /** JSON: `TrainingNameDto[]`. */
  names: string;
  error: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** Name of the schedule that it is one of; it need not be there any more. */
  schedule: string | null;
}

/** When production trainings begin by themselves. */
export interface SchedulesTable {
  name: string;
  enabled: number;
  /** Five fields, as crontab has them. */
  cron: string;
  /** IANA time zone. */
  zone: string;
  /** JSON: the input of `production.train`. */
  wishes: string;
  /** Of its times, those up to here have had their training, or are not to have one. */
  handled_at: number;
}
