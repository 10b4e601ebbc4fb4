import { z } from 'zod';
import { JOB_KINDS } from './dto/jobs.ts';
import { HOST_KINDS, QUEUE_STATES } from './dto/queues.ts';

/** What programs tell a job's states apart by; `detail` has the own, finer state. */
export const JOB_STATUSES = [
  'pending',
  'running',
  'awaiting_confirmation',
  'completed',
  'failed',
  'cancelled',
] as const;
export type JobStatusName = (typeof JOB_STATUSES)[number];

/** Those in which nothing will change any more by itself. */
export const ENDED: ReadonlySet<JobStatusName> = new Set(['completed', 'failed', 'cancelled']);

const time = z.iso.datetime().describe('ISO 8601, UTC');
const figure = z.number().nullable();

/** One thing that a job has validated, trained or found so far, where it is about several. */
const partSchema = z.object({
  name: z.string().describe('what it is, in words'),
  symbol: z.string(),
  timeframe: z.string(),
  state: z
    .string()
    .describe('how it is: of a validation its verdict, of a production training what came of it'),
  metrics: z.record(z.string(), figure),
  model_version: z.string().nullable(),
  error: z.string().nullable(),
});

/** A job as programs see it: the same over HTTP and in JSON. Durations are seconds. */
export const jobStatusSchema = z
  .object({
    job_id: z.string(),
    status: z.enum(JOB_STATUSES),
    detail: z.enum(QUEUE_STATES).describe('the own state: pausing and paused, cancelling and crashed, too'),
    message: z.string().nullable().describe('why it is as it is, or what it waits for'),
    kind: z.enum(JOB_KINDS),
    name: z.string(),
    symbols: z.array(z.string()),
    timeframes: z.array(z.string()),
    model_type: z.string().nullable(),
    progress_pct: z.number().min(0).max(100),
    fold: z.int().nullable().describe('of a walk-forward job: the one in work, else how many are done'),
    folds: z.int().nullable(),
    trial: z.int().nullable().describe('of a search: the one in work, else how many are done'),
    trials: z.int().nullable(),
    current: z.int().describe('number of the one in work, else how many are done'),
    total: z.int(),
    unit: z.string().describe('what current and total count: models, folds, trials or names'),
    current_model: z.string().nullable(),
    elapsed: z.number().describe('spent so far, pauses left out'),
    remaining: figure.describe('likely left'),
    metrics: z
      .record(z.string(), figure)
      .describe('so far; averages over counted folds, the best of a search, what the gate found'),
    parts: z.array(partSchema),
    model_version: z.string().nullable(),
    error: z.string().nullable(),
    created_at: time,
    started_at: time.nullable(),
    completed_at: time.nullable(),
    priority: z.int(),
    peak_memory_bytes: z.int().nullable().describe('the most that its process was seen to hold'),
    disk_bytes: z.int().describe('what of it is on disk now'),
    owner_pid: z.int().nullable(),
    owner_kind: z.enum(HOST_KINDS).nullable(),
    jobs: z.array(z.string()).describe('of a production training: the jobs of the queue that it consists of'),
  })
  .meta({ id: 'JobStatus' });

export type JobStatusDto = z.output<typeof jobStatusSchema>;
export type JobPartDto = JobStatusDto['parts'][number];

/** The answer to a job that was asked for. */
export const submittedJobSchema = z
  .object({
    job_id: z.string(),
    status: z.literal('pending'),
    message: z.string(),
  })
  .meta({ id: 'SubmittedJob' });

/** One request as texts that ask for the same job. */
export interface WrittenJobDto {
  /** For a terminal, with the file that it needs. */
  readonly command: string;
  /** A call of curl; its token is a variable of the shell. */
  readonly http: string;
  /** GRID.yaml, SEARCH.yaml, or the request itself. */
  readonly yaml: string;
  /** What a file with that text is called, and the command that reads it, as it is typed behind `regimen`. */
  readonly file: string;
  readonly reads: string;
}

export type SubmittedJobDto = z.output<typeof submittedJobSchema>;
