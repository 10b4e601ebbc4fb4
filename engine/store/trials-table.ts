/** A trial of a search that has ended. */
export interface TrialsTable {
  queue_id: number;
  /** Position of its study in the search, and its own in that, from 0. */
  study: number;
  trial: number;
  /** Names its losses on all folds: the model of each, and what it is tested on. */
  key: string;
  state: 'completed' | 'pruned' | 'failed';
  /** JSON of the values that it tried. */
  parameters: string;
  /** JSON of its losses, in the order of the study's folds; fewer where it was given up. */
  folds: string;
  /** Their mean. */
  loss: number | null;
  /** The earlier trial of the study that it repeats. */
  same_as: number | null;
  /** JSON ErrorDto. */
  error: string | null;
  /** 0 where it was known. */
  seconds: number;
  /** ms since 1970-01-01 UTC. */
  ended_at: number;
}
