import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Engine } from '../../../engine/app.ts';
import { answerOtherMethods, checkRequest, sendRefusal } from './checks.ts';
import { addClassicRoutes } from './classic-routes.ts';
import { addLiveRoutes } from './live-routes.ts';
import { addDocumentation, describeRoutes } from './openapi.ts';
import { addJobRoutes } from './routes.ts';

export interface JobApiOptions {
  readonly engine: Pick<Engine, 'call' | 'subscribe'>;
  /** Lets nobody in without a token. */
  readonly authorize: onRequestAsyncHookHandler;
  /** Requests a minute of each token. */
  readonly rateLimit: number;
}

/** `/api/v1` and what programs of earlier training servers ask for, with a document and a page that describe it. */
export async function addJobApi(
  server: FastifyInstance,
  { engine, authorize, rateLimit }: JobApiOptions,
): Promise<void> {
  await server.register(async (described) => {
    await describeRoutes(described);
    await described.register(async (api) => {
      api.setValidatorCompiler(checkRequest as never);
      api.setSerializerCompiler(serializerCompiler);
      api.setErrorHandler(sendRefusal);
      api.addHook('onRequest', authorize);
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      await api.register(fastifyRateLimit, {
        max: rateLimit,
        timeWindow: '1 minute',
        keyGenerator: (request) => request.access?.id ?? request.ip,
        errorResponseBuilder: (_request, { after }) =>
          Object.assign(new Error(`Too many requests of this token: go on in ${after}.`), {
            statusCode: 429,
          }),
      });
      const refuseOthers = answerOtherMethods(api);
      addJobRoutes(api, engine);
      addLiveRoutes(api, engine);
      addClassicRoutes(api, engine);
      refuseOthers();
    });
    await addDocumentation(described);
  });
}
