import { EngineError } from '../contract/errors.ts';
import type { WorkerJob, WorkerResult } from '../pipeline/job.ts';

/**
 * Jobs and results as bytes, for workers of other processes: lengths of header and doubles (uint32, little endian), header as JSON, padded with
 * blanks to a multiple of 8, then the numbers of each Float64Array and Float32Array, little endian, then the bytes of each Uint8Array, each at a multiple of 8.
 * In the header `{"$f64": [at, length]}`, `{"$f32": [at, length]}` and `{"$u8": [at, length]}` stand for an array, `at` counted from where those of its kind
 * begin, and `{"$number": "NaN"}` for a number that JSON does not know.
 */
const LENGTHS_BYTES = 8;

/** The same bits come back, NaN and -0 included. */
export function encodeResult(result: WorkerResult): Uint8Array<ArrayBuffer> {
  return encode(result);
}

export function encodeJobs(jobs: readonly WorkerJob[]): Uint8Array<ArrayBuffer> {
  return encode(jobs);
}

/**
 * Anything of plain JSON, numbers that JSON does not know, Float64Array, Float32Array and Uint8Array.
 * @param room bytes that are left free before it, a multiple of 8
 */
export function encode(value: object, room = 0): Uint8Array<ArrayBuffer> {
  const { header, doubles, bytes } = partsOf(value);
  const doublesAt = room + roundUp8(LENGTHS_BYTES + header.length);
  const bytesAt = doublesAt + doubles.size;
  const whole = new Uint8Array(bytesAt + bytes.size).fill(0x20, room, doublesAt);
  const lengths = new DataView(whole.buffer, room);
  lengths.setUint32(0, doublesAt - room - LENGTHS_BYTES, true);
  lengths.setUint32(4, doubles.size, true);
  whole.set(header, room + LENGTHS_BYTES);
  doubles.writeTo(whole, doublesAt);
  bytes.writeTo(whole, bytesAt);
  return whole;
}

/** Bytes that `pack` leaves free, a multiple of 8: whoever sends it on puts the rest of the message there. */
const ROOM_BEFORE = 512;

/**
 * As `encode`, in the memory that `packed`, the only array of the value and made by `pack`, already lies in: nothing of it is copied.
 * Undefined where it does not fit, or that memory has no room.
 */
export function encodeAround(
  value: object,
  packed: Packed,
  room: number,
): Uint8Array<ArrayBuffer> | undefined {
  const { header, doubles, bytes } = partsOf(value);
  const begin = packed.byteOffset - ROOM_BEFORE;
  const headerRoom = ROOM_BEFORE - room - LENGTHS_BYTES;
  if (begin !== 0 || header.length > headerRoom || doubles.size > 0 || bytes.count !== 1) return undefined;
  const whole = new Uint8Array(packed.buffer, 0, ROOM_BEFORE + packed.length).fill(0x20, 0, ROOM_BEFORE);
  const lengths = new DataView(whole.buffer, room);
  lengths.setUint32(0, headerRoom, true);
  lengths.setUint32(4, 0, true);
  whole.set(header, room + LENGTHS_BYTES);
  return whole;
}

/** A value as `pack` makes it. */
export type Packed = Uint8Array<ArrayBuffer>;

/**
 * As `encode`, with room before it in its memory; see `encodeAround`. Nothing is compressed: models and tables are already, and the doubles beside
 * them would become a third smaller for more of the processor's time than all the rest of the way takes.
 */
export const pack = (value: object): Packed => encode(value, ROOM_BEFORE).subarray(ROOM_BEFORE);

/**
 * What `pack` was given. Its arrays lie where `bytes` do.
 * @param what how a message calls it
 * @throws EngineError `data-invalid` for other bytes
 */
export const unpack = (bytes: Uint8Array, what: string): unknown => decode(bytes, what, { copies: false });

/** @throws EngineError `data-invalid` for bytes that are no result */
export function decodeResult(bytes: Uint8Array): WorkerResult {
  return decode(bytes, 'The result of a worker') as WorkerResult;
}

/** @throws EngineError `data-invalid` for bytes that are no jobs */
export function decodeJobs(bytes: Uint8Array): WorkerJob[] {
  return decode(bytes, 'The jobs of a worker') as WorkerJob[];
}

/**
 * What `encode` was given. Its Uint8Arrays are copies, unless it says that they may lie where `bytes` do.
 * @param what how a message calls it
 * @throws EngineError `data-invalid` for other bytes
 */
export function decode(bytes: Uint8Array, what: string, { copies = true } = {}): unknown {
  try {
    return decoded(bytes, copies);
  } catch (error) {
    const { message } = error as Error;
    throw new EngineError('data-invalid', `${what} can not be read: ${message}.`, {}, error);
  }
}

/** Arrays of one kind, one after the other. */
class Arrays {
  size = 0;
  readonly #placed: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  get count(): number {
    return this.#placed.length;
  }
  place(array: Float64Array | Float32Array | Uint8Array): [at: number, length: number] {
    const at = this.size;
    this.#placed.push({ at, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    this.size = roundUp8(at + array.byteLength);
    return [at, array.length];
  }
  writeTo(whole: Uint8Array, from: number): void {
    for (const { at, bytes } of this.#placed) whole.set(bytes, from + at);
  }
}

function partsOf(value: object): {
  readonly header: Uint8Array;
  readonly doubles: Arrays;
  readonly bytes: Arrays;
} {
  const [doubles, bytes] = [new Arrays(), new Arrays()];
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key, value: unknown) {
    // A Buffer says of itself what JSON it is before it comes here.
    const own = this[key];
    if (own instanceof Uint8Array) return { $u8: bytes.place(own) };
    if (value instanceof Float64Array) return { $f64: doubles.place(value) };
    if (value instanceof Float32Array) return { $f32: doubles.place(value) };
    if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return { $number: Object.is(value, -0) ? '-0' : String(value) };
  });
  return { header: new TextEncoder().encode(text), doubles, bytes };
}

function decoded(whole: Uint8Array, copies: boolean): unknown {
  const lengths = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  const doublesAt = LENGTHS_BYTES + lengths.getUint32(0, true);
  const bytesAt = doublesAt + lengths.getUint32(4, true);
  if (bytesAt > whole.length) throw new RangeError('it is cut off');
  const header = new TextDecoder('utf-8', { fatal: true }).decode(whole.subarray(LENGTHS_BYTES, doublesAt));
  const doubles = whole.subarray(doublesAt, bytesAt);
  const bytes = whole.subarray(bytesAt);
  function part(all: Uint8Array, [at, length]: [number, number], bytesEach: number): Uint8Array {
    const to = at + length * bytesEach;
    if (!(at >= 0 && length >= 0 && to <= all.length)) throw new RangeError('an array is cut off');
    return all.subarray(at, to);
  }
  return JSON.parse(header, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$f64' in value) {
      const { buffer, byteOffset, byteLength } = aligned(part(doubles, value.$f64 as [number, number], 8));
      return new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
    }
    if ('$f32' in value) {
      const { buffer, byteOffset, byteLength } = aligned(part(doubles, value.$f32 as [number, number], 4));
      return new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
    }
    if ('$u8' in value) {
      const found = part(bytes, value.$u8 as [number, number], 1);
      // A Buffer's slice were no copy, and is a Buffer.
      return copies ? new Uint8Array(found) : new Uint8Array(found.buffer, found.byteOffset, found.length);
    }
    if ('$number' in value) return Number(value.$number);
    return value;
  }) as unknown;
}

/** On the same buffer, where a message begins at a multiple of 8. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
}

function roundUp8(n: number): number {
  return Math.ceil(n / 8) * 8;
}
