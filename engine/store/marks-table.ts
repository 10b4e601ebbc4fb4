/** What people wrote beside a run or a job. */
export interface MarksTable {
  kind: MarkKind;
  /** UUID of a run, number of a job. */
  subject: string;
  favorite: number;
  /** JSON: texts, in the order of the alphabet. */
  tags: string;
  /** Empty: none. */
  note: string;
  /** When they were changed last, ms since 1970-01-01 UTC. */
  at: number;
}

export type MarkKind = 'run' | 'job';
