import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Engine } from '../../../engine/app.ts';
import { jobRequestSchema } from '../../../engine/contract/job-request.ts';
import { jobStatusSchema, submittedJobSchema } from '../../../engine/contract/job-status.ts';
import { streamJob } from './job-events.ts';
import {
  CHANGE_ANSWERS,
  COMMON_ANSWERS,
  confirmSchema,
  JOB_ANSWERS,
  jobEventsSchema,
  jobListSchema,
  jobParams,
  listQuery,
  submitHeaders,
} from './schemas.ts';
import { mayChange, submit, V1 } from './submit.ts';

/** Jobs over HTTP, for other programs. */
export function addJobRoutes(
  instance: FastifyInstance,
  { call, subscribe }: Pick<Engine, 'call' | 'subscribe'>,
): void {
  const server = instance.withTypeProvider<ZodTypeProvider>();

  server.post(
    `${V1}/jobs`,
    {
      ...mayChange,
      schema: {
        operationId: 'submitJob',
        tags: ['jobs'],
        summary: 'Ask for a job',
        description:
          'A grid, a walk-forward validation, a search or a production training. It begins when its turn comes; `queue.max_parallel_jobs` of the configuration says how many jobs run at a time.',
        headers: submitHeaders,
        body: jobRequestSchema,
        response: { 202: submittedJobSchema.describe('It is in the queue.'), ...CHANGE_ANSWERS },
      },
    },
    (request, reply) => submit(call, request, reply, { request: request.body }),
  );

  server.get(
    `${V1}/jobs`,
    {
      schema: {
        operationId: 'listJobs',
        tags: ['jobs'],
        summary: 'All jobs',
        querystring: listQuery,
        response: { 200: jobListSchema.describe('By priority and age.'), ...COMMON_ANSWERS },
      },
    },
    async (request) => ({ jobs: [...(await call('jobs.statuses', request.query))] }),
  );

  server.get(
    `${V1}/jobs/:job_id`,
    {
      schema: {
        operationId: 'getJob',
        tags: ['jobs'],
        summary: 'How a job is',
        params: jobParams,
        response: { 200: jobStatusSchema.describe('As it is now.'), ...JOB_ANSWERS },
      },
    },
    async (request) => call('jobs.status', { jobId: request.params.job_id }),
  );

  server.post(
    `${V1}/jobs/:job_id/cancel`,
    {
      ...mayChange,
      schema: {
        operationId: 'cancelJob',
        tags: ['jobs'],
        summary: 'End a job, and keep what is done',
        params: jobParams,
        response: { 200: jobStatusSchema.describe('It is cancelled, or about to be.'), ...CHANGE_ANSWERS },
      },
    },
    async (request) => call('jobs.cancel', { jobId: request.params.job_id }),
  );

  server.post(
    `${V1}/jobs/:job_id/confirm`,
    {
      ...mayChange,
      schema: {
        operationId: 'confirmJob',
        tags: ['jobs'],
        summary: 'Answer a sequential job that awaits confirmation',
        params: jobParams,
        body: confirmSchema,
        response: { 200: jobStatusSchema.describe('It goes on, or is completed.'), ...CHANGE_ANSWERS },
      },
    },
    async (request) => call('jobs.confirm', { jobId: request.params.job_id, goOn: request.body.go_on }),
  );

  server.get(
    `${V1}/jobs/:job_id/events`,
    {
      // A stream that is compressed arrives in lumps.
      compress: false,
      schema: {
        operationId: 'followJob',
        tags: ['jobs'],
        summary: 'How a job is, whenever that changes',
        description:
          'Server-sent events: `status` with the same content as `GET /jobs/{job_id}`, at once and with each change, and `end` with the last one.',
        params: jobParams,
        response: {
          200: {
            description: 'Events until the job has ended.',
            content: { 'text/event-stream': { schema: jobEventsSchema } },
          },
          ...JOB_ANSWERS,
        },
      },
    },
    async (request, reply) => {
      const jobId = request.params.job_id;
      const first = await call('jobs.status', { jobId });
      const stream = streamJob({ engine: { call, subscribe }, jobId, first });
      return reply
        .type('text/event-stream')
        .header('x-accel-buffering', 'no')
        .send(stream as never);
    },
  );
}
