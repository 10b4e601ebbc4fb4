import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createEngine, type Engine } from '../../../engine/app.ts';
import { createFileGate } from '../../host/file-gate.ts';
import { createServer } from '../app.ts';
import { openSessions } from '../sessions.ts';
import { createStartCodes, type StartCodes } from '../start-codes.ts';
import { openUploads, type Uploads } from '../uploads.ts';

export const TOKEN = 'f'.repeat(64);

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** As they came, compressed or not. */
  readonly bytes: Buffer;
}

export interface TestServer {
  readonly workspace: string;
  readonly port: number;
  readonly server: FastifyInstance;
  readonly engine: Engine;
  readonly uploads: Uploads;
  readonly codes: StartCodes;
  /** Sends exactly these headers and this path, which `fetch` would tidy up. */
  send(options: RequestOptions, body?: string | Buffer): Promise<Answer>;
  /** A well-formed call of an Api method. */
  call(method: string, input: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly renderer?: string;
  readonly maxUploadBytes?: number;
  /** Takes the place of the engine's events. */
  readonly subscribe?: Engine['subscribe'];
  readonly rateLimit?: number;
}

/** A real server over a real engine on a fresh workspace. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const workspace = mkdtempSync(join(tmpdir(), 'regimen-server-'));
  const engine = createEngine({ workspace, role: 'host' });
  const uploads = await openUploads(workspace, options.maxUploadBytes);
  const codes = createStartCodes(() => performance.now());
  const server = await createServer({
    engine: {
      call: engine.call,
      subscribe: options.subscribe ?? engine.subscribe,
      tokenOwner: engine.tokenOwner,
    },
    gate: createFileGate(workspace),
    uploads,
    token: TOKEN,
    codes,
    sessions: openSessions(workspace, Date.now),
    renderer: options.renderer,
    rateLimit: options.rateLimit,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;

  const send: TestServer['send'] = (given, body) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, agent: false, ...given }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
            bytes: Buffer.concat(chunks),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    workspace,
    port,
    server,
    engine,
    uploads,
    codes,
    send,
    call: (method, input) =>
      send(
        {
          method: 'POST',
          path: `/api/${method}`,
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        },
        JSON.stringify(input),
      ),
    async close() {
      await server.close();
      await engine.close();
      await uploads.close();
      rmSync(workspace, { recursive: true });
    },
  };
}
