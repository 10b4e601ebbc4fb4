import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../contract/errors.ts';
import { TIMEFRAMES, type Timeframe } from '../../contract/timeframe.ts';
import { writeFileAtomic } from '../../files/atomic-write.ts';
import { CANDLE_COLUMNS, type CandleColumn, type Candles } from '../candles.ts';

/**
 * A candle file, little endian: magic (8 bytes), version uint32, length of the header uint32, header as JSON padded with
 * blanks to a multiple of 8, then the columns of CANDLE_COLUMNS one after the other as float64.
 */
const MAGIC = 'RGMCANDL';
const VERSION = 1;
export const PREFIX_BYTES = 16;

export interface Header {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly length: number;
  readonly synthetic: boolean;
  readonly digest: string;
}

/** SHA-256 in hex over symbol, timeframe, origin and all columns: the same bars have it wherever they are stored. */
export function candleDigest(candles: Candles): string {
  const { symbol, timeframe, length, synthetic } = candles;
  const hash = createHash('sha256').update(JSON.stringify([symbol, timeframe, length, synthetic]));
  for (const name of CANDLE_COLUMNS) hash.update(columnBytes(candles[name]));
  return hash.digest('hex');
}

/** The bytes of a candle file. */
export function encodeCandles(candles: Candles): Uint8Array {
  const { symbol, timeframe, length, synthetic } = candles;
  const header: Header = { symbol, timeframe, length, synthetic, digest: candleDigest(candles) };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const dataAt = roundUp8(PREFIX_BYTES + json.length);
  const columnSize = length * Float64Array.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(dataAt + CANDLE_COLUMNS.length * columnSize).fill(0x20, PREFIX_BYTES, dataAt);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, dataAt - PREFIX_BYTES, true);
  bytes.set(json, PREFIX_BYTES);
  CANDLE_COLUMNS.forEach((name, i) => {
    bytes.set(columnBytes(candles[name]), dataAt + i * columnSize);
  });
  return bytes;
}

/**
 * Reads the bytes of a candle file; columns become views on one SharedArrayBuffer, the one given if `bytes` lies on one.
 * `name` is what messages call it, `digest` that of the series that it should hold. Throws `artifact-newer`, or
 * `artifact-damaged` if magic, length or digest is wrong.
 */
export function decodeCandles(bytes: Uint8Array, name: string, digest?: string): Candles {
  const { header, dataAt } = readHeader(bytes, name);
  if (digest !== undefined && header.digest !== digest)
    throw damaged(name, 'it holds other bars than those it is named after');
  const { symbol, timeframe, length, synthetic } = header;
  const columnSize = length * Float64Array.BYTES_PER_ELEMENT;
  const expected = dataAt + CANDLE_COLUMNS.length * columnSize;
  if (bytes.length !== expected) throw damaged(name, `it has ${bytes.length} bytes instead of ${expected}`);
  const shared = onSharedMemory(bytes);
  const column = (i: number) =>
    new Float64Array(shared.buffer, shared.byteOffset + dataAt + i * columnSize, length);
  const candles = withColumns({ symbol, timeframe, length, synthetic }, (_, i) => column(i));
  if (candleDigest(candles) !== header.digest) throw damaged(name, 'its content does not match its checksum');
  return candles;
}

/**
 * Writes candles into a folder, atomically. The file is named by their digest: an older file of the series stands beside
 * it until the ledger says which one counts. Throws as `writeFileAtomic`.
 */
export function writeCandleFile(folder: string, candles: Candles): { file: string; digest: string } {
  const bytes = encodeCandles(candles);
  const { header } = readHeader(bytes, 'the new candle file');
  const file = candleFileName(header);
  writeFileAtomic(join(folder, file), bytes);
  return { file, digest: header.digest };
}

/** The name of a series' file in any folder. */
export function candleFileName({
  symbol,
  timeframe,
  digest,
}: Pick<Header, 'symbol' | 'timeframe' | 'digest'>): string {
  return `${symbol}_${timeframe}_${digest.slice(0, 12)}.candles`;
}

const FILE_NAME = new RegExp(`^[A-Z0-9._-]{1,32}_(${TIMEFRAMES.join('|')})_[0-9a-f]{12}\\.candles$`);

/** Whether a file is named as `writeCandleFile` names its files. */
export function isCandleFileName(name: string): boolean {
  return FILE_NAME.test(name);
}

/** Reads a candle file into shared memory. Throws as `decodeCandles` in words that call it `name`, or `file-unreadable`. */
export function readCandleFile(path: string, digest?: string, name = path): Candles {
  return decodeCandles(readShared(path), name, digest);
}

/** The same candles on one SharedArrayBuffer, so that threads can have them without a copy. */
export function toShared(candles: Candles): Candles {
  if (candles.time.buffer instanceof SharedArrayBuffer) return candles;
  const { symbol, timeframe, length, synthetic } = candles;
  const columnSize = length * Float64Array.BYTES_PER_ELEMENT;
  const buffer = new SharedArrayBuffer(CANDLE_COLUMNS.length * columnSize);
  return withColumns({ symbol, timeframe, length, synthetic }, (name, i) => {
    const column = new Float64Array(buffer, i * columnSize, length);
    column.set(candles[name]);
    return column;
  });
}

export function withColumns(
  series: Pick<Candles, 'symbol' | 'timeframe' | 'length' | 'synthetic'>,
  column: (name: CandleColumn, index: number) => Float64Array,
): Candles {
  const columns = CANDLE_COLUMNS.map((name, i) => [name, column(name, i)]);
  return { ...series, ...(Object.fromEntries(columns) as Record<CandleColumn, Float64Array>) };
}

/** A column's bytes with every NaN in one bit pattern: processors make several, and a digest must not tell. */
export function columnBytes(column: Float64Array): Uint8Array {
  let canonical = column;
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) continue;
    if (canonical === column) canonical = column.slice();
    canonical[i] = Number.NaN;
  }
  return new Uint8Array(canonical.buffer, canonical.byteOffset, canonical.byteLength);
}

/** What the first bytes of a candle file say, up to where its columns begin. Throws as `decodeCandles`. */
export function readHeader(bytes: Uint8Array, name: string): { header: Header; dataAt: number } {
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.slice(from, to));
  if (bytes.length < PREFIX_BYTES || text(0, MAGIC.length) !== MAGIC)
    throw damaged(name, 'it is no candle file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version > VERSION) {
    throw new EngineError(
      'artifact-newer',
      `${name} was written by a newer Regimen (candle file version ${version}, this one reads up to ${VERSION}). Update Regimen.`,
      { file: name },
    );
  }
  const dataAt = PREFIX_BYTES + view.getUint32(12, true);
  if (dataAt > bytes.length || dataAt % 8 !== 0) throw damaged(name, 'its header is cut off');
  let header: unknown;
  try {
    header = JSON.parse(text(PREFIX_BYTES, dataAt));
  } catch {
    throw damaged(name, 'its header can not be read');
  }
  if (!isHeader(header)) throw damaged(name, 'its header is not complete');
  return { header, dataAt };
}

function isHeader(value: unknown): value is Header {
  const header = value as Partial<Header> | null;
  return (
    typeof header === 'object' &&
    typeof header?.symbol === 'string' &&
    TIMEFRAMES.includes(header.timeframe as Timeframe) &&
    Number.isSafeInteger(header.length) &&
    typeof header.synthetic === 'boolean' &&
    typeof header.digest === 'string'
  );
}

export function damaged(name: string, what: string): EngineError {
  return new EngineError(
    'artifact-damaged',
    `${name} is damaged: ${what}. Delete it and import the market data again.`,
    { file: name, reason: what },
  );
}

function onSharedMemory(bytes: Uint8Array): { buffer: SharedArrayBuffer; byteOffset: number } {
  const { buffer, byteOffset } = bytes;
  if (buffer instanceof SharedArrayBuffer && byteOffset % 8 === 0) return { buffer, byteOffset };
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return { buffer: shared, byteOffset: 0 };
}

export function unreadable(path: string, error: unknown): EngineError {
  const { message } = error as Error;
  return new EngineError('file-unreadable', `${path} can not be read: ${message}.`, { file: path }, error);
}

function readShared(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
    let at = 0;
    while (at < bytes.length) {
      const read = readSync(file, bytes, at, bytes.length - at, null);
      if (read === 0) break;
      at += read;
    }
    return bytes.subarray(0, at);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function roundUp8(n: number): number {
  return Math.ceil(n / 8) * 8;
}
