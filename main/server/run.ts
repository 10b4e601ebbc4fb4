import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { createEngine, type Engine } from '../../engine/app.ts';
import { HTTP } from '../../engine/contract/bridge.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { LogLevel } from '../../engine/contract/log-level.ts';
import { createFileGate } from '../host/file-gate.ts';
import { createServer, LOOPBACK } from './app.ts';
import { openInBrowser } from './open-browser.ts';
import { openSessions } from './sessions.ts';
import { createStartCodes } from './start-codes.ts';
import { readTls } from './tls.ts';
import { openUploads } from './uploads.ts';

/** Tried first, so that a browser finds its settings again, which it keeps by address. */
const USUAL_PORT = 4780;
const BUILT_RENDERER = fileURLToPath(new URL('../../out/renderer/', import.meta.url));

export interface RunServerOptions {
  readonly workspace: string;
  /** Fails when it is taken; without one, the usual port or else any free one. */
  readonly port?: number;
  /** Opens the default browser. */
  readonly open?: boolean;
  readonly logLevel?: LogLevel | undefined;
  /** Address to listen at; by default this machine alone. Any other one needs `tls`. */
  readonly host?: string | undefined;
  /** PEM files of a certificate, which says by which names the server may be called, and its key. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly rateLimit?: number | undefined;
  /** Development serves the renderer itself. */
  readonly apiOnly?: boolean;
}

export interface RunningServer {
  readonly engine: Pick<Engine, 'notes' | 'report' | 'saveNow'>;
  /** `http://127.0.0.1:4780` */
  readonly origin: string;
  /** Where a browser starts; holds the token. */
  readonly link: string;
  /** Where a browser can start once, within a minute: for addresses that others may see. */
  startPath(): string;
  /** Pauses what is trained, then closes the workspace. */
  close(): Promise<void>;
}

/** Opens the workspace and serves it. Throws the errors of the workspace, of the certificate, or of the port. */
export async function runServer(options: RunServerOptions): Promise<RunningServer> {
  const { host = LOOPBACK } = options;
  const tls = readTls(host, options.tls);
  if (options.apiOnly !== true && !existsSync(resolve(BUILT_RENDERER, 'index.html'))) {
    throw new EngineError('file-unreadable', 'The user interface is not built. Run: npm run build:renderer');
  }
  const engine = createEngine({ workspace: options.workspace, role: 'host', logLevel: options.logLevel });
  const token = randomBytes(32).toString('hex');
  const codes = createStartCodes(() => performance.now());
  const uploads = await openUploads(engine.workspace);
  const server = await createServer({
    engine,
    gate: createFileGate(engine.workspace),
    uploads,
    token,
    codes,
    sessions: openSessions(engine.workspace, Date.now),
    renderer: options.apiOnly === true ? undefined : BUILT_RENDERER,
    rateLimit: options.rateLimit,
    ...tls,
  });
  async function close(): Promise<void> {
    await server.close();
    await engine.close();
    await uploads.close();
  }
  try {
    await listen(server, host, options.port);
  } catch (error) {
    await close();
    throw error;
  }
  const origin = originOf(server, host, tls.names);
  const link = `${origin}/?${HTTP.tokenParameter}=${token}`;
  const startPath = () => `${HTTP.start}?${HTTP.codeParameter}=${codes.issue()}`;
  if (options.open === true) openInBrowser(`${origin}${startPath()}`);
  return { engine, origin, link, startPath, close };
}

/** Where it is best called: by a name of its certificate, since a browser compares them. */
function originOf(server: FastifyInstance, host: string, names: readonly string[]): string {
  const { port } = server.server.address() as AddressInfo;
  if (host === LOOPBACK && names.length === 0) return `http://${LOOPBACK}:${port}`;
  return `https://${names[0] ?? host}:${port}`;
}

async function listen(server: FastifyInstance, host: string, port: number | undefined): Promise<void> {
  try {
    await server.listen({ host, port: port ?? USUAL_PORT });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const isForeign = error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL';
    if (isForeign) {
      throw new EngineError(
        'invalid-input',
        `--host: ${host} is no address of this machine. Use one that it has, or 0.0.0.0 for all.`,
        {},
        error,
      );
    }
    if (!taken) throw error;
    if (port !== undefined) {
      throw new EngineError(
        'conflict',
        `Port ${port} is taken. Choose another, or leave --port out.`,
        {},
        error,
      );
    }
    await server.listen({ host, port: 0 });
  }
}
