import { createHash, type Hash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { z } from 'zod';
import { EngineError } from '../contract/errors.ts';
import { type JsonLimits, readJson } from '../contract/json-text.ts';
import { FILE_KINDS, openUserFile } from '../files/user-file.ts';

/**
 * The form of a checkpoint file: JSON, one line per item, so that it is written and read piece by piece however large it
 * is; of no line does a reader need more than itself.
 *
 *   {"format":"regimen-checkpoint","version":1,…,        the header: values that are small
 *   "trained":[                                          a section per kind of item
 *   {…},
 *   {…}
 *   ],
 *   …
 *   "checksum":"<SHA-256 in hex of all bytes before this line>"}
 *
 * First keys and last line stay as they are in every later version, so that any version can tell a newer file from a
 * damaged one.
 */
const FORMAT = 'regimen-checkpoint';
const VERSION = 2;
const CHUNK_BYTES = 1 << 20;
/** The longest line has the largest model that there can be in base64, 4 bytes for 3. */
const LONGEST_LINE = 384 << 20;
const LONGEST_HEADER = 4 << 20;
/** A grid of as many keys is as long as a file of it may be. */
const HEADER_LIMITS: JsonLimits = { depth: 16, keys: 20_000, keyLength: 200 };
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const CLOSING_BRACKET = 0x5d;

const trailerOf = (hash: Hash) => Buffer.from(`"checksum":"${hash.digest('hex')}"}\n`);
const TRAILER_BYTES = trailerOf(createHash('sha256')).length;

const prefixSchema = z.looseObject({ format: z.literal(FORMAT), version: z.int().positive() });

export type Section = readonly [name: string, items: Iterable<object>];

/** Bytes of a checkpoint, in chunks of about a megabyte. */
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

  add(`${JSON.stringify({ format: FORMAT, version: VERSION, ...header }).slice(0, -1)},\n`);
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
  yield trailerOf(hash);
}

/**
 * Checks a whole file, without holding it in memory, and returns its header. Yields after each chunk, so that others can have their
 * turn.
 * @throws EngineError `artifact-damaged` if a single bit is not as it was written, `artifact-newer`, `file-unreadable`
 */
export function* verifyCheckpoint(path: string): Generator<void, unknown> {
  const hash = createHash('sha256');
  let tail = Buffer.alloc(0);
  for (const chunk of readChunks(path)) {
    yield;
    const bytes = Buffer.concat([tail, chunk]);
    const end = Math.max(0, bytes.length - TRAILER_BYTES);
    hash.update(bytes.subarray(0, end));
    tail = bytes.subarray(end);
  }
  if (!tail.equals(trailerOf(hash))) throw damaged(path, 'its content does not match its checksum');
  const header = readHeader(path);
  if (header === undefined) throw damaged(path, 'it does not start as a checkpoint does');
  if (header.version > VERSION) {
    throw new EngineError(
      'artifact-newer',
      `The checkpoint ${path} has version ${header.version}; this Regimen reads up to ${VERSION}. Update Regimen to resume from it.`,
      { file: path, version: header.version },
    );
  }
  return header;
}

/** The header alone, unverified; undefined if the file does not begin with one. */
export function readHeader(path: string): z.output<typeof prefixSchema> | undefined {
  const line = firstLine(path)?.toString() ?? '';
  if (!line.endsWith(',')) return undefined;
  const header = readJson(`${line.slice(0, -1)}}`, HEADER_LIMITS);
  return 'value' in header ? prefixSchema.safeParse(header.value).data : undefined;
}

/** Undefined where it does not end, or is longer than any header. */
function firstLine(path: string): Buffer | undefined {
  const parts: Buffer[] = [];
  let length = 0;
  for (const chunk of readChunks(path)) {
    const end = chunk.indexOf(NEWLINE);
    // A copy, since the chunk's memory is used again.
    parts.push(Buffer.from(end < 0 ? chunk : chunk.subarray(0, end)));
    length += chunk.length;
    if (end >= 0) return Buffer.concat(parts);
    if (length > LONGEST_HEADER) break;
  }
  return undefined;
}

/**
 * Items of one section of a verified file, each read when it is asked for, as JSON. `isLater`: the first release wrote no
 * such section.
 */
export function* readSection(path: string, name: string, isLater = false): Generator<Buffer> {
  const start = Buffer.from(`"${name}":[`);
  let inside = false;
  for (const line of readLines(path)) {
    if (inside) {
      if (line[0] === CLOSING_BRACKET) return;
      yield line[line.length - 1] === COMMA ? line.subarray(0, -1) : line;
    } else inside = line.equals(start);
  }
  if (!isLater) throw damaged(path, `it has no "${name}"`);
}

export function damaged(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `The checkpoint ${path} is damaged: ${reason}. Use an earlier checkpoint of the queue, or resume from the database.`,
    { file: path },
    cause,
  );
}

/**
 * Lines without their ends, each valid until the next is asked for. JSON escapes line feeds inside texts, so each byte of
 * that value ends a line.
 */
function* readLines(path: string): Generator<Buffer> {
  let open: Buffer[] = [];
  let length = 0;
  for (const chunk of readChunks(path)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, end);
      yield open.length === 0 ? rest : Buffer.concat([...open, rest]);
      open = [];
      length = 0;
      from = end + 1;
    }
    // A copy, since the chunk's memory is used again.
    open.push(Buffer.from(chunk.subarray(from)));
    length += chunk.length - from;
    if (length > LONGEST_LINE) throw damaged(path, 'it has a line that is longer than any of a checkpoint');
  }
}

/** The chunks share one buffer: each is valid until the next is asked for. */
function* readChunks(path: string): Generator<Buffer> {
  const { descriptor, size } = openUserFile(path, FILE_KINDS.checkpoint);
  try {
    const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, size));
    for (let left = size; left > 0; ) {
      const read = readPiece(path, descriptor, buffer.subarray(0, Math.min(buffer.length, left)));
      if (read === 0) return;
      left -= read;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function readPiece(path: string, descriptor: number, buffer: Buffer): number {
  try {
    return readSync(descriptor, buffer, 0, buffer.length, null);
  } catch (error) {
    const message = `The checkpoint ${path} can not be read: ${(error as Error).message}.`;
    throw new EngineError('file-unreadable', message, { file: path }, error);
  }
}
