import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Engine } from '../../../engine/app.ts';
import { jobStatusSchema, submittedJobSchema } from '../../../engine/contract/job-status.ts';
import { classicSchema, type Market, modelTraining, type Translated, trainingStart } from './classic.ts';
import { CHANGE_ANSWERS, JOB_ANSWERS, jobParams, submitHeaders } from './schemas.ts';
import { mayChange, submit, V1 } from './submit.ts';

/** The addresses and fields of earlier training servers, for programs that speak with one. */
export function addClassicRoutes(instance: FastifyInstance, { call }: Pick<Engine, 'call'>): void {
  const server = instance.withTypeProvider<ZodTypeProvider>();

  async function classic(
    request: FastifyRequest,
    reply: FastifyReply,
    translate: (markets: readonly Market[]) => Translated,
  ) {
    const { submission, notes } = translate(await call('market.list', {}));
    return submit(call, request, reply, submission, notes);
  }

  server.post(
    '/api/training/start',
    {
      ...mayChange,
      schema: {
        operationId: 'startTraining',
        tags: ['classic'],
        summary: 'Validate in folds, in the words of earlier training servers',
        headers: submitHeaders,
        body: classicSchema,
        response: { 202: submittedJobSchema.describe('It is in the queue.'), ...CHANGE_ANSWERS },
      },
    },
    (request, reply) => classic(request, reply, (markets) => trainingStart(request.body, markets)),
  );

  server.post(
    `${V1}/models/train`,
    {
      ...mayChange,
      schema: {
        operationId: 'trainModel',
        tags: ['classic'],
        summary: 'Train a model and ask the gate, in the words of earlier training servers',
        headers: submitHeaders,
        body: classicSchema,
        response: { 202: submittedJobSchema.describe('It is in the queue.'), ...CHANGE_ANSWERS },
      },
    },
    (request, reply) => classic(request, reply, (markets) => modelTraining(request.body, markets)),
  );

  server.get(
    `${V1}/models/training/:job_id`,
    {
      schema: {
        operationId: 'getTraining',
        tags: ['classic'],
        summary: 'How a training is',
        params: jobParams,
        response: { 200: jobStatusSchema.describe('As it is now.'), ...JOB_ANSWERS },
      },
    },
    async (request) => call('jobs.status', { jobId: request.params.job_id }),
  );
}
