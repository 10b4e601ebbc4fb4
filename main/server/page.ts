import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What a build puts there; a name leads nowhere else. */
const FILE = /^[\w-][\w.-]*\.[a-z0-9]{2,11}$/;
const INDEX = 'index.html';

/** Asks again by itself: a build empties the folder before it fills it. */
const BUILDING =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Regimen</title><p>The user interface is being built. This page comes back by itself.</p></html>';
const AGAIN_S = 2;

/** The built page as it is now: what is built while the server runs is served from then on. */
export async function addPage(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    // No path from outside reaches the file system: names are checked below.
    serve: false,
    cacheControl: false,
    setHeaders(reply, path) {
      // What the build puts there bears a hash of its content in its name.
      const hashed = basename(dirname(path)) === 'assets';
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.get('/', (_request, reply) => {
    if (existsSync(join(folder, INDEX))) return reply.sendFile(INDEX);
    return reply
      .code(503)
      .header('cache-control', 'no-store')
      .header('refresh', String(AGAIN_S))
      .type('text/html; charset=utf-8')
      .send(BUILDING);
  });
  server.get<{ Params: { name: string } }>('/:name', ({ params: { name } }, reply) =>
    FILE.test(name) ? reply.sendFile(name) : reply.callNotFound(),
  );
  server.get<{ Params: { name: string } }>('/assets/:name', ({ params: { name } }, reply) =>
    FILE.test(name) ? reply.sendFile(`assets/${name}`) : reply.callNotFound(),
  );
}
