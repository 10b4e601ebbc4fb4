import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/app.ts';
import { refuse } from './errors.ts';
import { sameToken, tokenOf } from './guard.ts';

/** Who asks: the page that was opened with the start link, or a program with a token that was made for it. */
export interface Access {
  /** Tells one from the other. */
  readonly id: string;
  /** It may look, and change nothing. */
  readonly readOnly: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    access: Access | null;
  }
}

export interface AccessOptions {
  /** Of the start link; another one at each start. */
  readonly token: string;
  readonly engine: Pick<Engine, 'tokenOwner'>;
  /** False once too many wrong tokens came from an address of late. */
  readonly mayTry: (request: FastifyRequest) => Promise<boolean>;
}

/** A hook for everything but the page itself, which holds no secrets. */
export function requireToken({ token, engine, mayTry }: AccessOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const given = tokenOf(request.headers);
    if (sameToken(given, token)) {
      request.access = { id: 'page', readOnly: false };
      return undefined;
    }
    const owner = given === undefined ? undefined : engine.tokenOwner(given);
    if (owner !== undefined) {
      request.access = { id: `token ${owner.id}`, readOnly: owner.readOnly };
      return undefined;
    }
    if (!(await mayTry(request))) {
      return refuse(
        reply,
        429,
        'access-denied',
        'Too many wrong tokens came from this address. Wait a minute.',
      );
    }
    return refuse(
      reply.header('www-authenticate', 'Bearer'),
      401,
      'access-denied',
      'The token is missing or wrong. Open the link that Regimen printed when it was started last, or make a token for a program: regimen token create.',
    );
  };
}

/** Ends what a token that only looks may not do; undefined where it may go on. */
export function refuseReadOnly(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.access?.readOnly !== true) return undefined;
  return refuse(
    reply,
    403,
    'access-denied',
    'This token only reads: make one without --read-only for changes.',
  );
}
