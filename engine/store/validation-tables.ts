import type { Generated } from 'kysely';
import type { Timeframe } from '../contract/timeframe.ts';
import type { ValidationScheme } from '../contract/validation.ts';

/** One thing that is validated in folds, by one job. */
export interface ValidationsTable {
  id: Generated<number>;
  /** The job; its row may be gone. */
  queue_id: number;
  /** Within the job, from 0. */
  position: number;
  scheme: ValidationScheme;
  symbol: string;
  timeframe: Timeframe;
  config_hash: string;
  /** The regime whose signals alone are traded; null: all. */
  regime: string | null;
  /** JSON: what is validated and in which folds; see `ValidationSpec`. */
  spec: string;
  created_at: number;
}

export interface ValidationFoldsTable {
  validation_id: number;
  fold_index: number;
  /** Of the job: the cell whose model is tested. */
  cell_index: number;
  /** Names the figures, in `folds` once they are there. */
  key: string;
  /** 1: another job had computed it. */
  reused: number;
  /** JSON ErrorDto of one that failed. */
  error: string | null;
}

/** The model that a validation ends with. */
export interface RefitsTable {
  validation_id: number;
  /** Names what it was trained from; null of one that failed, like the next. */
  model_key: string | null;
  /** Name in the artifact folder. */
  artifact_file: string | null;
  artifact_bytes: number;
  /** Of its training window, ms UTC. */
  train_from: number;
  train_to: number;
  /** Bars that it learned from. */
  train_bars: number;
  /** The day as of which it is trained on all data. */
  as_of: number;
  seconds: number;
  created_at: number;
  /** JSON ErrorDto of one that failed. */
  error: string | null;
}

/** A test window's figures by their key, whichever jobs asked for them. */
export interface FoldsTable {
  id: Generated<number>;
  key: string;
  symbol: string;
  timeframe: Timeframe;
  model_type: string;
  /** See `encodeFold`. */
  result: Uint8Array;
  /** That its model took, and all of its windows. */
  seconds: number;
  computed_at: number;
}
