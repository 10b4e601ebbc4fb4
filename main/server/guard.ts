import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { HTTP } from '../../engine/contract/bridge.ts';
import { refuse } from './errors.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares without telling by its duration how much was right. */
export function sameToken(given: string | undefined, token: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** From `Authorization: Bearer …`, or from the subprotocols of a WebSocket, where a browser can't set that header. */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer ([!-~]+)$/.exec(headers.authorization ?? '');
  if (bearer !== null) return bearer[1];
  return headers['sec-websocket-protocol']
    ?.split(',')
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(HTTP.tokenSubprotocolPrefix))
    ?.slice(HTTP.tokenSubprotocolPrefix.length);
}

/**
 * Refuses every request that was not addressed to this server by its own name (a foreign name that resolves to this
 * machine is how a web page gets round the same-origin policy), or that a page of another origin sent.
 */
export function guardOrigin(
  server: FastifyInstance,
  scheme: 'http' | 'https',
  hosts: () => readonly string[],
): void {
  server.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? '';
    if (!hosts().includes(host.toLowerCase())) {
      return refuse(reply, 403, 'access-denied', `This server is not ${JSON.stringify(host)}.`);
    }
    const origin = request.headers.origin;
    if (origin !== undefined && origin !== `${scheme}://${host}`) {
      return refuse(reply, 403, 'access-denied', `Requests from ${JSON.stringify(origin)} are not answered.`);
    }
  });
}
