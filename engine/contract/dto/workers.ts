/** A process elsewhere that trains for hosts. */
export interface WorkerDto {
  readonly name: string;
  /** The machine that it runs on. */
  readonly host: string;
  /** Version of the pipeline: a host gives work to its own only. */
  readonly pipeline: number;
  readonly threads: number;
  /** Configurations in training now, and trained since it was started. */
  readonly busy: number;
  readonly done: number;
  /** Configurations a second, over the last minute. */
  readonly perSecond: number;
  /** `refused`: it would give other results than this host, `reason` says why. `gone`: nothing was heard of it lately. */
  readonly state: 'running' | 'paused' | 'draining' | 'refused' | 'gone';
  readonly reason: string | null;
  /** Since its last sign of life. */
  readonly seenSeconds: number;
  readonly startedAt: string;
}

export interface WorkersDto {
  /** Where workers are met, without user and password; null: training stays on threads of this process. */
  readonly redis: string | null;
  /** Why nobody can be met there. */
  readonly problem: string | null;
  /** By name. */
  readonly workers: readonly WorkerDto[];
}
