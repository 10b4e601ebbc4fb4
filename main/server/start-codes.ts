import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { HTTP } from '../../engine/contract/bridge.ts';
import { refuse } from './errors.ts';
import { sameToken } from './guard.ts';

const LIFETIME_MS = 60_000;

/** Codes for addresses that others may see, as in a list of processes: each lets one request in, for a minute. */
export interface StartCodes {
  issue(): string;
  /** False for a code that is unknown, was used, or is too old. */
  redeem(code: string): boolean;
}

/** `now`: milliseconds, on any clock that does not jump. */
export function createStartCodes(now: () => number): StartCodes {
  const open = new Map<string, number>();
  return {
    issue() {
      const code = randomBytes(32).toString('hex');
      open.set(code, now() + LIFETIME_MS);
      return code;
    },
    redeem(code) {
      // All are compared, so that the duration tells nothing.
      const [known] = [...open.keys()].filter((issued) => sameToken(code, issued));
      if (known === undefined) return false;
      const until = open.get(known)!;
      open.delete(known);
      return now() <= until;
    },
  };
}

/** `GET /start?code=…`: leads a browser that brings a code to the page, with the token; it is asked for without one. */
export function addStartRoute(server: FastifyInstance, codes: StartCodes, token: string): void {
  server.get<{ Querystring: { code?: unknown } }>(HTTP.start, async (request, reply) => {
    const { code } = request.query;
    if (typeof code !== 'string' || !codes.redeem(code)) {
      return refuse(
        reply,
        403,
        'access-denied',
        'This address was used already, or is older than a minute. Open the link that Regimen printed when it was started last.',
      );
    }
    return reply.header('cache-control', 'no-store').redirect(`/?${HTTP.tokenParameter}=${token}`, 303);
  });
}
