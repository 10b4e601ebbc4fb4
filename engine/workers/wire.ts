import { EngineError } from '../contract/errors.ts';
import type { WorkerJob, WorkerResult } from '../pipeline/job.ts';

/**
 * Jobs and results as bytes, for workers of other processes: length of the header (uint32, little endian), header as
 * JSON, padded with blanks to a multiple of 8, then the bytes of each array, float64 little endian, each at a multiple of
 * 8. In the header `{"$f64": [at, length]}` and `{"$u8": [at, length]}` stand for an array, `at` counted from the end of
 * the header, and `{"$number": "NaN"}` for a number that JSON does not know.
 */
const LENGTH_BYTES = 4;

/** The same bits come back, NaN and -0 included. */
export function encodeResult(result: WorkerResult): Uint8Array<ArrayBuffer> {
  return encode(result);
}

export function encodeJobs(jobs: readonly WorkerJob[]): Uint8Array<ArrayBuffer> {
  return encode(jobs);
}

/** Anything of plain JSON, numbers that JSON does not know, Float64Array and Uint8Array. */
export function encode(value: object): Uint8Array<ArrayBuffer> {
  const arrays: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  let size = 0;
  function placed(array: Float64Array | Uint8Array): [at: number, length: number] {
    const at = size;
    arrays.push({ at, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    size = roundUp8(size + array.byteLength);
    return [at, array.length];
  }
  const header = new TextEncoder().encode(
    JSON.stringify(value, function (this: Record<string, unknown>, key, value: unknown) {
      // A Buffer says of itself what JSON it is before it comes here.
      const own = this[key];
      if (own instanceof Uint8Array) return { $u8: placed(own) };
      if (value instanceof Float64Array) return { $f64: placed(value) };
      if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
      return { $number: Object.is(value, -0) ? '-0' : String(value) };
    }),
  );
  const dataAt = roundUp8(LENGTH_BYTES + header.length);
  const bytes = new Uint8Array(dataAt + size).fill(0x20, 0, dataAt);
  new DataView(bytes.buffer).setUint32(0, dataAt - LENGTH_BYTES, true);
  bytes.set(header, LENGTH_BYTES);
  for (const { at, bytes: part } of arrays) bytes.set(part, dataAt + at);
  return bytes;
}

/** @throws EngineError `data-invalid` for bytes that are no result */
export function decodeResult(bytes: Uint8Array): WorkerResult {
  return decode(bytes, 'The result of a worker') as WorkerResult;
}

/** @throws EngineError `data-invalid` for bytes that are no jobs */
export function decodeJobs(bytes: Uint8Array): WorkerJob[] {
  return decode(bytes, 'The jobs of a worker') as WorkerJob[];
}

/**
 * What `encode` was given.
 * @param what how a message calls it
 * @throws EngineError `data-invalid` for other bytes
 */
export function decode(bytes: Uint8Array, what: string): unknown {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const dataAt = LENGTH_BYTES + view.getUint32(0, true);
    const header = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataAt));
    function array([at, length]: [number, number], bytesEach: number): ArrayBuffer {
      const from = dataAt + at;
      const to = from + length * bytesEach;
      if (!(from >= dataAt && length >= 0 && to <= bytes.length)) throw new RangeError('an array is cut off');
      // A copy of its own: a Buffer's slice were none.
      return Uint8Array.prototype.slice.call(bytes, from, to).buffer as ArrayBuffer;
    }
    return JSON.parse(header, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      if ('$f64' in value) return new Float64Array(array(value.$f64 as [number, number], 8));
      if ('$u8' in value) return new Uint8Array(array(value.$u8 as [number, number], 1));
      if ('$number' in value) return Number(value.$number);
      return value;
    }) as unknown;
  } catch (error) {
    const { message } = error as Error;
    throw new EngineError('data-invalid', `${what} can not be read: ${message}.`, {}, error);
  }
}

function roundUp8(n: number): number {
  return Math.ceil(n / 8) * 8;
}
