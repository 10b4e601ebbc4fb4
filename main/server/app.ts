import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { HTTP } from '../../engine/contract/bridge.ts';
import { SECURITY_HEADERS } from '../host/security.ts';
import { requireToken } from './access.ts';
import { type ApiRoutesOptions, addApiRoutes } from './api-routes.ts';
import { refuse, sendError } from './errors.ts';
import { guardOrigin } from './guard.ts';
import { addJobApi } from './jobs/index.ts';
import { addJsonParser } from './json-body.ts';
import { addPage } from './page.ts';
import { answerExpectations, answerUnreadable } from './raw-errors.ts';
import { addSessionRoute, type Sessions } from './sessions.ts';
import { addStartRoute, type StartCodes } from './start-codes.ts';

export const LOOPBACK = '127.0.0.1';
/** The largest grid or list of regimes is a fraction of this. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface ServerOptions extends ApiRoutesOptions {
  readonly token: string;
  /** Codes that are good for the token, once. */
  readonly codes: StartCodes;
  /** Of browsers that were let in at an earlier start. */
  readonly sessions: Sessions;
  /** Folder of the built renderer; without one there is only the Api. */
  readonly renderer?: string | undefined;
  /** Names that it answers to beside those of this machine, in small letters; with `tls` alone. */
  readonly names?: readonly string[];
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Requests a minute that a token may make of the job Api. */
  readonly rateLimit?: number | undefined;
}

const RATE_LIMIT = 600;
/** Wrong tokens that an address may show in a minute. */
const WRONG_TOKENS = 60;

/** The Api over HTTP and WebSocket, and the page that uses it; listens once `listen` is called. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    // Request lines may hold the start link's token: nothing is logged.
    logger: false,
    ...(options.tls !== undefined && { https: options.tls }),
    bodyLimit: MAX_BODY_BYTES,
    // A browser keeps connections open, and `queue.wait` answers when a queue ends.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    // Who names no host is refused with words, as who names a foreign one.
    http: { requireHostHeader: false },
    clientErrorHandler: answerUnreadable,
    // An address that no route can be looked up by; there are no hooks yet.
    frameworkErrors: (error, request, reply) => sendError(error, request, reply.headers(SECURITY_HEADERS)),
  });
  answerExpectations(server);
  // A page may send text anywhere without asking first: only JSON and bytes are read.
  server.removeAllContentTypeParsers();
  addJsonParser(server);
  server.setErrorHandler(sendError);
  server.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, 'not-found', `There is nothing at ${request.method} ${request.url.split('?', 1)[0]}.`),
  );
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });

  // A history of 100,000 runs is megabytes of JSON that shrink to a tenth. The fast levels: this machine trains.
  await server.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    threshold: 2048,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    zlibOptions: { level: 4 },
  });
  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: 1024,
      handleProtocols: (protocols: ReadonlySet<string>) =>
        protocols.has(HTTP.subprotocol) && HTTP.subprotocol,
    },
  });
  // After the plugin, whose hooks end the socket of an upgrade that is refused.
  guardOrigin(server, options.tls === undefined ? 'http' : 'https', () => {
    const { port } = server.server.address() as AddressInfo;
    const names = [LOOPBACK, 'localhost', ...(options.names ?? [])];
    // A browser leaves the usual port of HTTPS out.
    return names.flatMap((name) => (port === 443 ? [name, `${name}:443`] : [`${name}:${port}`]));
  });
  addStartRoute(server, options.codes, options.token);
  await server.register(fastifyRateLimit, { global: false });
  server.decorateRequest('access', null);
  const wrong = server.createRateLimit({ max: WRONG_TOKENS, timeWindow: '1 minute' });
  const mayTry = async (request: FastifyRequest) => {
    const tried = await wrong(request);
    return tried.isAllowed || !tried.isExceeded;
  };
  const isSecure = options.tls !== undefined;
  addSessionRoute(server, { sessions: options.sessions, token: options.token, isSecure, mayTry });
  const authorize = requireToken({ token: options.token, engine: options.engine, mayTry });
  await addJobApi(server, { engine: options.engine, authorize, rateLimit: options.rateLimit ?? RATE_LIMIT });
  await server.register(async (api) => {
    api.addHook('onRequest', authorize);
    api.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    addApiRoutes(api, options);
  });
  if (options.renderer !== undefined) await addPage(server, options.renderer);
  return server;
}
