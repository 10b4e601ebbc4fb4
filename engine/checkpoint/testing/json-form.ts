import { createHash } from 'node:crypto';

const CHUNK_BYTES = 1 << 20;

type Section = readonly [name: string, items: Iterable<object>];

/** Bytes of a checkpoint as versions 1 and 2 wrote it, in chunks of about a megabyte. A header may name another version. */
export function* encodeCheckpoint(header: object, sections: Iterable<Section>): Generator<Uint8Array> {
  const hash = createHash('sha256');
  let parts: string[] = [];
  let size = 0;
  function take(): Buffer {
    const chunk = Buffer.from(parts.join(''));
    hash.update(chunk);
    parts = [];
    size = 0;
    return chunk;
  }
  function add(text: string): boolean {
    parts.push(text);
    size += text.length;
    return size >= CHUNK_BYTES;
  }

  add(`${JSON.stringify({ format: 'regimen-checkpoint', version: 2, ...header }).slice(0, -1)},\n`);
  for (const [name, items] of sections) {
    add(`"${name}":[\n`);
    let separator = '';
    for (const item of items) {
      if (add(separator + JSON.stringify(item))) yield take();
      separator = ',\n';
    }
    add(separator === '' ? '],\n' : '\n],\n');
  }
  yield take();
  yield Buffer.from(`"checksum":"${hash.digest('hex')}"}\n`);
}
