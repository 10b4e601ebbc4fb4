import type { TrainingSummaryDto } from './training.ts';

/** When production trainings begin by themselves, and which. Times are ISO 8601 UTC. */
export interface ScheduleDto {
  readonly name: string;
  readonly enabled: boolean;
  /** Five fields, as crontab has them. */
  readonly cron: string;
  /** IANA time zone. */
  readonly zone: string;
  /** `Every Sunday at 02:00 (UTC)`. */
  readonly sentence: string;
  /** What is trained, in words: `every name in production`. */
  readonly title: string;
  /** What it asks for, as `production.start` takes it. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** The next times, whether it is on or not. */
  readonly next: readonly string[];
  /** A time that passed without it: it is made up for once, as soon as a window or server is open on the workspace. */
  readonly missed: string | null;
  /** The last trainings that it began, newest first. */
  readonly runs: readonly TrainingSummaryDto[];
}
