import type { FastifyInstance } from 'fastify';
import { MOST_INPUT } from '../../engine/contract/api/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import { readJson } from '../../engine/contract/json-text.ts';

/** Reads JSON bodies: measured before they are read, as `readJson` does, and without keys that reach for prototypes. */
export function addJsonParser(server: FastifyInstance): void {
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const read = readJson(String(body), MOST_INPUT);
    if ('problem' in read) {
      done(new EngineError('invalid-input', `The JSON of the request ${read.problem}.`));
    } else if (reachesForPrototypes(read.value)) {
      done(
        new EngineError(
          'invalid-input',
          'The JSON of the request has a key that no input has: __proto__ or constructor.',
        ),
      );
    } else done(null, read.value);
  });
}

function reachesForPrototypes(value: unknown): boolean {
  const open = [value];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    if (Object.hasOwn(at, '__proto__') || Object.hasOwn(at, 'constructor')) return true;
    for (const inner of Object.values(at)) if (typeof inner === 'object') open.push(inner);
  }
  return false;
}
