import { z } from 'zod';
import { ERROR_CODES } from '../../../engine/contract/errors.ts';
import { JOB_STATUSES, jobStatusSchema } from '../../../engine/contract/job-status.ts';

/** What all of `/api/v1` answers with where it can't do what was asked for. */
export const errorSchema = z
  .object({
    code: z.enum(ERROR_CODES),
    message: z.string().describe('what was expected, what was found and what to do'),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Error' });

export const jobListSchema = z.object({ jobs: z.array(jobStatusSchema) }).meta({ id: 'JobList' });

/** An event of the stream, as it is: its data is text. */
const jobEventSchema = z.strictObject({
  id: z.string().describe('counts from 1'),
  event: z.enum(['status', 'end']),
  data: z.string().meta({
    contentMediaType: 'application/json',
    contentSchema: { $ref: '#/components/schemas/JobStatus' },
  }),
});

/** What a reader of the stream hands out: most clients the data alone, read. */
export const jobEventsSchema = z.union([jobStatusSchema, jobEventSchema]);

export const jobParams = z.object({
  job_id: z
    .string()
    .min(1)
    .max(100)
    .meta({ examples: ['1', 'train_xgboost_1764396000.123'] })
    .describe('number of a job, or the id that the answer to its request has'),
});

export const listQuery = z.object({
  status: z.enum(JOB_STATUSES).optional().describe('only jobs that are so'),
});

export const confirmSchema = z.strictObject({
  go_on: z.boolean().default(true).describe('whether full is begun; else quick is what the job came to'),
});

/** A visible name for one request: sent again with it, the request is answered as before and makes no second job. */
export const submitHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[!-~]{1,200}$/, 'an idempotency key has 1 to 200 visible characters of ASCII')
    .optional()
    .describe('sent again with the same key, a request is answered as before and makes no second job'),
});

const refused = (what: string) => errorSchema.describe(what);

/** Answers that any route may give. */
export const COMMON_ANSWERS = {
  400: refused('The request is malformed.'),
  401: refused('The token is missing or wrong.'),
  403: refused('The request comes from where it may not, or its token only reads.'),
  413: refused('The request is too large.'),
  415: refused('The request is not JSON.'),
  429: refused('Too many requests; `retry-after` says when to go on.'),
  500: refused('A broken promise of Regimen itself, or damaged data.'),
} as const;

/** Of what names things in words. */
export const WORDED_ANSWERS = {
  ...COMMON_ANSWERS,
  422: refused('The request is well-formed, but can not be carried out as it is.'),
} as const;

/** Of what asks for something by its name. */
export const NAMED_ANSWERS = {
  ...WORDED_ANSWERS,
  404: refused('There is nothing of this name.'),
} as const;

export const JOB_ANSWERS = {
  ...COMMON_ANSWERS,
  404: refused('There is no such job.'),
} as const;

/** Of what changes something. */
export const CHANGE_ANSWERS = {
  ...JOB_ANSWERS,
  ...WORDED_ANSWERS,
  409: refused('What is there does not allow it.'),
  507: refused('The disk is full.'),
} as const;
