import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { canonicalConfiguration } from '../cells/config-hash.ts';
import { type Configuration, configurationSchema } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { type Calibration, calibrationSchema } from './calibration/calibration.ts';
import type { Scale } from './scaled-member.ts';

/** What a model file holds: everything needed to predict with the model, and to know where it came from. */
export interface ModelFile {
  readonly configuration: Configuration;
  /** Hex SHA-256, see docs/definitions.md, "Identity". */
  readonly configHash: string;
  /** The training key; in a file of version 1 the key of its run. */
  readonly modelKey: string;
  /** Version of the pipeline that trained it. */
  readonly pipelineVersion: number;
  /** Hex SHA-256 of the candles it was trained on. */
  readonly trainingDataDigest: string;
  /** In the order in which members expect their columns. */
  readonly featureNames: readonly string[];
  /** Each as its model type encodes it; of a target with two models those of the long one, then as many of the short one. */
  readonly members: readonly Uint8Array[];
  /** By member, where its output is no return; see `Scale`. */
  readonly scales?: readonly Scale[] | undefined;
  /** By member, of its probabilities, where it says some. */
  readonly calibrations?: readonly Calibration[] | undefined;
}

/**
 * A model file, all numbers little-endian:
 *
 *   0   8 bytes   magic
 *   8   uint32    schema version
 *  12   uint32    length of the whole file
 *  16   32 bytes  SHA-256 of all other bytes
 *  48   uint32    length of the body before compression
 *  52   …         body, compressed with brotli: [length, bytes] of the header JSON, then of each member
 *
 * The first 48 bytes stay as they are in every later version, so that any version can tell a newer file from a
 * damaged one.
 */
const MAGIC = new TextEncoder().encode('RGMODEL\n');
const SCHEMA_VERSION = 3;
/** What is written of a model that learned returns: nothing in it changed since. */
const RETURN_VERSION = 2;
const VERSION_AT = 8;
const LENGTH_AT = 12;
const CHECKSUM_AT = 16;
const BODY_LENGTH_AT = 48;
const BODY_AT = 52;

/** Far above any model that hyper-parameter bounds allow; keeps a forged file from filling the memory. */
const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Higher qualities gain less than 3 % on tree models and nothing on linear ones, at twice the time and more. */
const BROTLI_QUALITY = 4;

const header = {
  configuration: configurationSchema,
  configHash: z.string(),
  pipelineVersion: z.int().positive(),
  trainingDataDigest: z.string(),
  featureNames: z.array(z.string()),
};
const scaleSchema = z.strictObject({ offset: z.number(), slope: z.number() });
/** Nothing in it says how the model was evaluated: equal training keys give equal bytes. */
const headerSchema = z.union([
  z
    .strictObject({
      ...header,
      trainingKey: z.string(),
      scales: z.array(scaleSchema).optional(),
      calibrations: z.array(calibrationSchema).optional(),
    })
    .transform(({ trainingKey, ...rest }) => ({ ...rest, modelKey: trainingKey })),
  // Version 1.
  z.strictObject({ ...header, runKey: z.string() }).transform(({ runKey, ...rest }) => ({
    ...rest,
    modelKey: runKey,
  })),
]);

/** Brotli's highest quality. */
const ARCHIVE_QUALITY = constants.BROTLI_MAX_QUALITY;

/** Bytes of a model file. Equal models give equal bytes. */
export function encodeModelFile(model: ModelFile): Uint8Array<ArrayBuffer> {
  return encode(model, BROTLI_QUALITY);
}

/** The same model in as few bytes as brotli can make it, in some ten times the time. Throws as `decodeModelFile`. */
export function recompressModelFile(file: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  return encode(decodeModelFile(file, name), ARCHIVE_QUALITY);
}

function encode(model: ModelFile, quality: number): Uint8Array<ArrayBuffer> {
  const { members, modelKey: trainingKey, ...rest } = model;
  // As it is hashed: what a later axis starts with is not written.
  const configuration: unknown = JSON.parse(canonicalConfiguration(model.configuration));
  const json = canonicalize({ ...rest, trainingKey, configuration });
  if (json === undefined) throw new TypeError('the header of a model file has no JSON form');
  const body = joinParts([new TextEncoder().encode(json), ...members]);
  if (body.length > MAX_BODY_BYTES) {
    throw new EngineError(
      'training-failed',
      `The model takes ${body.length} bytes, more than the ${MAX_BODY_BYTES} a model file may hold. Use fewer or ` +
        'smaller trees.',
    );
  }
  const compressed = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
  const file = new Uint8Array(BODY_AT + compressed.length);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint32(VERSION_AT, model.configuration.target === 'return' ? RETURN_VERSION : SCHEMA_VERSION, true);
  view.setUint32(LENGTH_AT, file.length, true);
  view.setUint32(BODY_LENGTH_AT, body.length, true);
  file.set(compressed, BODY_AT);
  file.set(checksum(file), CHECKSUM_AT);
  return file;
}

/**
 * Reads a model file; `name` is how messages call it.
 * @throws EngineError `artifact-damaged` if a single bit is not as it was written, `artifact-newer` if a newer
 * Regimen wrote it.
 */
export function decodeModelFile(file: Uint8Array, name: string): ModelFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < BODY_AT || MAGIC.some((byte, i) => file[i] !== byte)) {
    throw damaged(name, 'it does not start as a Regimen model file does');
  }
  const length = view.getUint32(LENGTH_AT, true);
  if (length !== file.length) {
    throw damaged(name, `it should have ${length} bytes, but has ${file.length}`);
  }
  const stored = file.subarray(CHECKSUM_AT, BODY_LENGTH_AT);
  if (checksum(file).some((byte, i) => stored[i] !== byte)) {
    throw damaged(name, 'its content does not match its checksum');
  }
  const version = view.getUint32(VERSION_AT, true);
  if (version > SCHEMA_VERSION) {
    throw new EngineError(
      'artifact-newer',
      `Model file "${name}" has schema version ${version}; this Regimen reads up to ${SCHEMA_VERSION}. Update ` +
        'Regimen to use it.',
      { file: name, version },
    );
  }
  return readBody(decompress(file.subarray(BODY_AT), view.getUint32(BODY_LENGTH_AT, true), name), name);
}

function decompress(compressed: Uint8Array, length: number, name: string): Uint8Array {
  if (length > MAX_BODY_BYTES) throw damaged(name, `it claims to hold ${length} bytes`);
  let body: Uint8Array;
  try {
    // A copy: a Buffer's slices would share memory with it, and the members would keep the whole body alive.
    body = new Uint8Array(brotliDecompressSync(compressed, { maxOutputLength: Math.max(1, length) }));
  } catch (error) {
    throw damaged(name, 'its content can not be decompressed', error);
  }
  if (body.length !== length) throw damaged(name, `it holds ${body.length} bytes instead of ${length}`);
  return body;
}

function readBody(body: Uint8Array, name: string): ModelFile {
  const parts = splitParts(body);
  if (parts === undefined) throw damaged(name, 'its parts have impossible lengths');
  const [headerBytes, ...members] = parts;
  try {
    return { ...headerSchema.parse(JSON.parse(new TextDecoder().decode(headerBytes))), members };
  } catch (error) {
    throw damaged(name, 'its header is not one that this version writes', error);
  }
}

function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    out.set(part, at + 4);
    at += 4 + part.length;
  }
  return out;
}

/** Reverse of `joinParts`; undefined if the lengths do not add up. */
function splitParts(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const start = at + 4;
    at = start + view.getUint32(at, true);
    parts.push(bytes.slice(start, Math.min(at, bytes.length)));
  }
  return at === bytes.length ? parts : undefined;
}

/** SHA-256 of all bytes but the checksum's own. */
function checksum(file: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  hash.update(file.subarray(0, CHECKSUM_AT));
  hash.update(file.subarray(BODY_LENGTH_AT));
  return hash.digest();
}

function damaged(name: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    `Model file "${name}" is damaged: ${reason}. Restore it from a backup, or train its configuration again.`,
    { file: name, reason },
    cause,
  );
}
