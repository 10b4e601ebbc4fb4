/** What people write beside a run or a job, to find it again. Nothing is chosen or computed by it. */
export interface MarksDto {
  readonly favorite: boolean;
  /** In the order of the alphabet. */
  readonly tags: readonly string[];
  /** Empty: none. */
  readonly note: string;
}

export const UNMARKED: MarksDto = { favorite: false, tags: [], note: '' };

/** Marks with what has them: a run by its UUID, a job by its number. */
export interface MarkedDto extends MarksDto {
  readonly kind: 'run' | 'job';
  readonly subject: string;
  /** `run 12`, `job 3`. */
  readonly title: string;
  /** ISO 8601 UTC: when they were changed last. */
  readonly changedAt: string;
}

export interface TagDto {
  readonly tag: string;
  readonly runs: number;
  readonly jobs: number;
}

export interface MarksListDto {
  /** What was changed last first. */
  readonly marked: readonly MarkedDto[];
  /** Every tag that there is, in the order of the alphabet. */
  readonly tags: readonly TagDto[];
}
