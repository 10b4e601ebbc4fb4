import { createHash, type Hash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { z } from 'zod';
import { EngineError } from '../contract/errors.ts';
import { type JsonLimits, readJson } from '../contract/json-text.ts';
import { FILE_KINDS, openUserFile } from '../files/user-file.ts';

/**
 * What all versions of a checkpoint file have in common, so that any version can tell a newer file from a damaged one: the first
 * line, `{"format":"regimen-checkpoint","version":1,…,`, and the last one, `"checksum":"<SHA-256 in hex of all bytes before this
 * line>"}`.
 */
export const FORMAT = 'regimen-checkpoint';
export const VERSION = 4;
/** The first that grows in blocks. */
export const FIRST_OF_BLOCKS = 3;
export const CHUNK_BYTES = 1 << 20;
/** Most headers are shorter than that, and files hundreds of times as long. */
const HEADER_CHUNK_BYTES = 16 << 10;
const LONGEST_HEADER = 4 << 20;
/** A grid of as many keys is as long as a file of it may be. */
const HEADER_LIMITS: JsonLimits = { depth: 16, keys: 20_000, keyLength: 200 };
const NEWLINE = 0x0a;

/** Does not end the hash, which goes on over this line. */
export const trailerOf = (hash: Hash) => Buffer.from(`"checksum":"${hash.copy().digest('hex')}"}\n`);
export const TRAILER_BYTES = trailerOf(createHash('sha256')).length;

const prefixSchema = z.looseObject({ format: z.literal(FORMAT), version: z.int().positive() });

export type Prefix = z.output<typeof prefixSchema>;

/** What the first line says, unverified, and how long it is with its end; undefined if a file does not begin as a checkpoint does. */
export function readPrefix(path: string): { readonly prefix: Prefix; readonly length: number } | undefined {
  const line = firstLine(path);
  const text = line?.toString() ?? '';
  if (line === undefined || !text.endsWith(',')) return undefined;
  const header = readJson(`${text.slice(0, -1)}}`, HEADER_LIMITS);
  const prefix = 'value' in header ? prefixSchema.safeParse(header.value).data : undefined;
  return prefix === undefined ? undefined : { prefix, length: line.length + 1 };
}

/** Undefined where it does not end, or is longer than any header. */
function firstLine(path: string): Buffer | undefined {
  const parts: Buffer[] = [];
  let length = 0;
  for (const chunk of readChunks(path, HEADER_CHUNK_BYTES)) {
    const end = chunk.indexOf(NEWLINE);
    // A copy, since the chunk's memory is used again.
    parts.push(Buffer.from(end < 0 ? chunk : chunk.subarray(0, end)));
    length += chunk.length;
    if (end >= 0) return Buffer.concat(parts);
    if (length > LONGEST_HEADER) break;
  }
  return undefined;
}

export function damaged(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `The checkpoint ${path} is damaged: ${reason}. Use an earlier checkpoint of the queue, or resume from the database.`,
    { file: path },
    cause,
  );
}

export function newer(path: string, version: number): EngineError {
  return new EngineError(
    'artifact-newer',
    `The checkpoint ${path} has version ${version}; this Regimen reads up to ${VERSION}. Update Regimen to resume from it.`,
    { file: path, version },
  );
}

/** The chunks share one buffer: each is valid until the next is asked for. */
export function* readChunks(path: string, bytes = CHUNK_BYTES): Generator<Buffer> {
  const { descriptor, size } = openUserFile(path, FILE_KINDS.checkpoint);
  try {
    const buffer = Buffer.alloc(Math.min(bytes, size));
    for (let left = size; left > 0; ) {
      const read = readPiece(path, descriptor, buffer.subarray(0, Math.min(buffer.length, left)), null);
      if (read === 0) return;
      left -= read;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

export interface OpenSource {
  readonly size: number;
  /** All bytes of `into`, from `position`. @throws EngineError `artifact-damaged` where the file ends before, `file-unreadable` */
  read(into: Buffer, position: number): Buffer;
  close(): void;
}

/** Throws as `openUserFile`. */
export function openSource(path: string): OpenSource {
  const { descriptor, size } = openUserFile(path, FILE_KINDS.checkpoint);
  return {
    size,
    read(into, position) {
      for (let at = 0; at < into.length; ) {
        const read = readPiece(path, descriptor, into.subarray(at), position + at);
        if (read === 0) throw damaged(path, 'it became shorter while it was read');
        at += read;
      }
      return into;
    },
    close: () => closeSync(descriptor),
  };
}

function readPiece(path: string, descriptor: number, buffer: Buffer, position: number | null): number {
  try {
    return readSync(descriptor, buffer, 0, buffer.length, position);
  } catch (error) {
    const message = `The checkpoint ${path} can not be read: ${(error as Error).message}.`;
    throw new EngineError('file-unreadable', message, { file: path }, error);
  }
}
