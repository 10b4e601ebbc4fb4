import { z } from 'zod';
import { JOB_KINDS, type JobDto, QUEUE_STATES } from '../dto/index.ts';
import { idField, outputFileField, overwriteField } from './fields.ts';
import { markFilter } from './marks.ts';

const jobFilter = {
  state: z.enum(QUEUE_STATES).optional().describe('only jobs in this state'),
  kind: z.enum(JOB_KINDS).optional().describe('only jobs of this kind'),
  ...markFilter,
};

export const jobInputs = {
  /** By priority and age. */
  'jobs.list': z.strictObject(jobFilter),
  'jobs.get': z.strictObject({ jobId: idField.describe('number of the job (see `jobs list`)') }),
  /** Without `csv`: to `training_jobs_YYYYMMDD_HHMMSS.csv` in ~/.regimen/exports. */
  'jobs.export': z.strictObject({
    ...jobFilter,
    csv: outputFileField.optional().describe('write the table to this CSV file'),
    overwrite: overwriteField,
  }),
} as const;

export interface JobResults {
  'jobs.list': readonly JobDto[];
  'jobs.get': JobDto;
  'jobs.export': { readonly file: string; readonly jobs: number };
}
