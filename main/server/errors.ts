import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError, type ErrorCode, type ErrorDto } from '../../engine/contract/errors.ts';
import { clientError } from '../host/client-error.ts';
import { HTTP_STATUS } from './http-status.ts';

/**
 * Answers with an `ErrorDto`, always: from the engine, from the server's own checks, or from the HTTP layer. `status` is for errors of the
 * engine, instead of that of their code.
 */
export function sendError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  status?: number,
): void {
  if (error instanceof EngineError) {
    send(reply, status ?? HTTP_STATUS[error.code], clientError(error));
  } else if (error.statusCode !== undefined && error.statusCode < 500) {
    const code = error.statusCode === 429 ? 'access-denied' : 'invalid-input';
    send(reply, error.statusCode, { code, message: error.message, details: {} });
  } else {
    // A defect: whoever started the server needs to see it, token and input left out.
    process.stderr.write(
      `${request.method} ${request.routeOptions.url ?? ''}: ${error.stack ?? error.message}\n`,
    );
    send(reply, 500, clientError(error));
  }
}

/** Ends a request that may not go on, with a status that the error code alone would not give. */
export function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return send(reply, status, { code, message, details: {} });
}

function send(reply: FastifyReply, status: number, dto: ErrorDto): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send(dto);
}
