import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchemaCompiler,
} from 'fastify';
import type { z } from 'zod';
import { EngineError } from '../../../engine/contract/errors.ts';
import { plainWords, problemDetails, problemLines, problemsOf } from '../../../engine/contract/problems.ts';
import { refuse, sendError } from '../errors.ts';

const PART: Readonly<Record<string, string>> = {
  body: 'body of the request',
  querystring: 'query of the request',
  params: 'address',
  headers: 'headers of the request',
};

/** What a schema refuses. A rule that no schema can express, of fields that are well formed one by one, is none of these. */
class MalformedRequest extends EngineError {}

/** Answers `invalid-input` with 400 where the document of the routes tells of it, and with 422 where only words can. */
export function sendRefusal(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const isBeyondSchemas =
    error instanceof EngineError && error.code === 'invalid-input' && !(error instanceof MalformedRequest);
  sendError(error, request, reply, isBeyondSchemas ? 422 : undefined);
}

/** Checks each part of a request with its schema of zod, and words what is wrong as the Api does. */
export const checkRequest: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const result = schema.safeParse(data, { error: plainWords });
    if (result.success) return { value: result.data };
    const problems = problemsOf(result.error, schema as Parameters<typeof problemsOf>[1]);
    const lines = problemLines(problems);
    const Refusal = result.error.issues.every(({ code }) => code === 'custom')
      ? EngineError
      : MalformedRequest;
    const error = new Refusal(
      'invalid-input',
      `The ${PART[httpPart ?? 'body']} can't be used:\n${lines}`,
      problemDetails(problems),
    );
    return { error };
  };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'TRACE'] as const;

/** Says of addresses that are there which methods they take; to be called before the first of them is added. */
export function answerOtherMethods(server: FastifyInstance): () => void {
  for (const method of METHODS) if (!server.supportedMethods.includes(method)) server.addHttpMethod(method);
  const taken = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = taken.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    taken.set(url, known);
  });
  return () => {
    for (const [url, methods] of [...taken]) {
      const allowed = [...methods].sort().join(', ');
      const others = METHODS.filter((method) => !methods.has(method));
      server.route({
        method: [...others],
        url,
        schema: { hide: true },
        // Before a body is asked for.
        onRequest: async (request: FastifyRequest, reply: FastifyReply) =>
          refuse(
            reply.header('allow', allowed),
            405,
            'invalid-input',
            `${request.method} is not answered here: use ${allowed}.`,
          ),
        handler: (_request: FastifyRequest, reply: FastifyReply) => reply,
      });
    }
  };
}
