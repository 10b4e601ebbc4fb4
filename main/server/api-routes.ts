import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/app.ts';
import { EFFECTS } from '../../engine/contract/api/effects.ts';
import type { ApiResults } from '../../engine/contract/api/index.ts';
import { HTTP } from '../../engine/contract/bridge.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { FileGate } from '../host/file-gate.ts';
import { createHostCall } from '../host/host-call.ts';
import { createPresentState } from '../host/present-state.ts';
import { refuseReadOnly } from './access.ts';
import { refuse } from './errors.ts';
import { streamEvents } from './event-socket.ts';
import type { Uploads } from './uploads.ts';

export interface ApiRoutesOptions {
  readonly engine: Pick<Engine, 'call' | 'subscribe' | 'tokenOwner'>;
  readonly gate: FileGate;
  readonly uploads: Uploads;
}

const textField = { type: 'string', minLength: 1, maxLength: 4096 } as const;
const query = (name: string) => ({
  querystring: { type: 'object', required: [name], properties: { [name]: textField } },
});

/** Everything behind the token: calls, events, files in and out. */
export function addApiRoutes(server: FastifyInstance, { engine, gate, uploads }: ApiRoutesOptions): void {
  const call = createHostCall(engine, gate);
  const present = createPresentState();
  server.addHook('onClose', engine.subscribe(present.note));

  server.post<{ Params: { method: string } }>(`${HTTP.api}:method`, async (request, reply) => {
    const { method } = request.params;
    // What is no method is told below that it is none.
    const changes = Object.hasOwn(EFFECTS, method) && EFFECTS[method as keyof typeof EFFECTS] === 'changes';
    if (changes && refuseReadOnly(request, reply) !== undefined) return reply;
    const result = await call(method, request.body);
    for (const file of served(method, request.body, result)) await uploads.discard(file);
    // Sent as text: fastify would send a string or null as it is.
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(result ?? null));
  });

  server.route({
    method: 'GET',
    url: HTTP.events,
    handler: (_request, reply) =>
      refuse(reply, 426, 'invalid-input', 'Events are sent over a WebSocket only.'),
    wsHandler: (socket) => streamEvents(engine, present, socket),
  });

  server.addContentTypeParser('application/octet-stream', (_request, content, done) => done(null, content));
  server.post<{ Querystring: { name: string }; Body: NodeJS.ReadableStream }>(
    HTTP.upload,
    { schema: query('name') },
    async (request, reply) => {
      if (refuseReadOnly(request, reply) !== undefined) return reply;
      if (request.headers['content-type'] !== 'application/octet-stream') {
        throw new EngineError('invalid-input', 'An upload is sent as application/octet-stream.');
      }
      return { file: await uploads.receive(request.query.name, request.body) };
    },
  );

  server.get<{ Querystring: { file: string } }>(
    HTTP.download,
    { schema: query('file') },
    async (request, reply) => {
      const { file } = request.query;
      if (!gate.hasWritten(file)) {
        throw new EngineError('access-denied', 'Only files that were exported just now can be downloaded.', {
          file,
        });
      }
      const { size } = await stat(file).catch((error: unknown) => {
        throw new EngineError('file-unreadable', `${file} is no longer there.`, { file }, error);
      });
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(basename(file))}`)
        .header('content-length', size)
        .type('application/octet-stream')
        .send(createReadStream(file));
    },
  );
}

/** Uploads that a call has served: of several files those that were imported, since one that was refused may be looked at alone. */
function served(method: string, body: unknown, result: unknown): string[] {
  const WHOLE = ['market.import', 'backup.restore', 'statement.import'];
  if (WHOLE.includes(method)) return [String(Object(body).file)];
  if (method !== 'market.importFiles') return [];
  const { files } = result as ApiResults['market.importFiles'];
  return files.filter(({ refusal }) => refusal === null).map(({ file }) => file);
}
