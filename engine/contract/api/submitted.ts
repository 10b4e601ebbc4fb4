import { z } from 'zod';
import type { TokenDto } from '../dto/tokens.ts';
import { jobRequestSchema } from '../job-request.ts';
import { JOB_STATUSES, type JobStatusDto, type SubmittedJobDto, type WrittenJobDto } from '../job-status.ts';
import { idField } from './fields.ts';

const jobId = z
  .string()
  .min(1)
  .max(200)
  .describe('number of a job, or what a production training was called when it was asked for');

/** Jobs as programs ask for them and follow them. */
export const submittedInputs = {
  /** Makes a job of any kind, which begins when its turn comes in the window or server that is open on the workspace. */
  'jobs.submit': z.strictObject({
    request: jobRequestSchema,
    key: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('asked for once: the same key again is the same job, and has the same answer'),
    label: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .optional()
      .describe('what the job is called by in its id'),
  }),
  /** The same job for a terminal, for HTTP and as a file; nothing begins. */
  'jobs.write': z.strictObject({
    request: jobRequestSchema,
    origin: z
      .string()
      .regex(/^https?:\/\/[A-Za-z0-9.:[\]-]{1,260}$/, 'an origin is http://HOST:PORT')
      .default('http://127.0.0.1:4780')
      .describe('where the server is, of the call over HTTP'),
  }),
  'jobs.status': z.strictObject({ jobId }),
  /** By priority and age. */
  'jobs.statuses': z.strictObject({
    status: z.enum(JOB_STATUSES).optional().describe('only jobs that are so'),
  }),
  'jobs.cancel': z.strictObject({ jobId }),
  'jobs.confirm': z.strictObject({
    jobId,
    goOn: z.boolean().default(true).describe('whether full is begun; else quick is what it came to'),
  }),
  /** Who may use the server: the token itself is told this once, and kept as a digest. */
  'token.create': z.strictObject({
    name: z.string().trim().min(1).max(80).default('token').describe('what it is for'),
    readOnly: z.boolean().default(false).describe('it may look, and change nothing'),
  }),
  'token.list': z.strictObject({}),
  'token.revoke': z.strictObject({ id: idField.describe('number of the token (see `token list`)') }),
} as const;

export interface SubmittedResults {
  'jobs.submit': SubmittedJobDto & {
    /** It was asked for before, under the same key. */
    readonly repeated: boolean;
  };
  'jobs.write': WrittenJobDto;
  'jobs.status': JobStatusDto;
  'jobs.statuses': readonly JobStatusDto[];
  'jobs.cancel': JobStatusDto;
  'jobs.confirm': JobStatusDto;
  'token.create': TokenDto & { readonly token: string };
  'token.list': readonly TokenDto[];
  'token.revoke': TokenDto;
}
