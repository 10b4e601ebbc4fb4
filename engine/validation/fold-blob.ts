import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { METRICS } from '../backtest/metrics.ts';
import { EngineError } from '../contract/errors.ts';
import type { FoldResult, ForecastFigures, TestedWindow } from '../pipeline/job.ts';

/**
 * What became of one test window, as it is stored: length of the header (uint32, little endian), header as JSON, then, zstd, the net
 * returns of its bars and their market days, byte by byte in planes: first bytes of all values, then second ones, ….
 */
const VERSION = 1;

interface Header {
  readonly version: number;
  readonly bars: number;
  readonly barsPerYear: number;
  readonly costs: number;
  readonly forecasts: ForecastFigures;
  /** In the order of `names`; null where a figure is not defined. */
  readonly names: readonly string[];
  readonly metrics: readonly (number | null)[];
  /** Entry, exit, direction and stake of each trade, one after the other. */
  readonly trades: readonly number[];
}

/** All of a fold's window but its name, which depends on the job that asked for it. */
export type StoredFold = Omit<FoldResult, 'window'>;

/** Equal results give equal bytes. */
export function encodeFold(fold: StoredFold): Uint8Array<ArrayBuffer> {
  const { netReturn, marketDay, trades, forecasts, metrics, barsPerYear, costs } = fold;
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: VERSION,
      bars: netReturn.length,
      barsPerYear,
      costs,
      forecasts,
      names: METRICS,
      metrics: [...metrics].map((value) => (Number.isNaN(value) ? null : value)),
      trades: trades.flatMap(({ entry, exit, direction, stake }) => [entry, exit, direction, stake]),
    } satisfies Header),
  );
  const body = zstdCompressSync(Buffer.concat([planes(netReturn), planes(marketDay)]));
  const bytes = new Uint8Array(4 + header.length + body.length);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  bytes.set(body, 4 + header.length);
  return bytes;
}

/** @throws EngineError `artifact-damaged`, `store-newer` */
export function decodeFold(bytes: Uint8Array): StoredFold {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'artifact-damaged',
      'What is stored of a fold is not what was written: it can\'t be read. Restore a backup, or validate again once "verify" has said what is wrong.',
      {},
      error,
    );
  }
}

function decode(bytes: Uint8Array): StoredFold {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  if (header.version > VERSION) {
    throw new EngineError(
      'store-newer',
      `A fold has version ${header.version}; this Regimen reads up to ${VERSION}. Update Regimen.`,
    );
  }
  const { bars, barsPerYear, costs, forecasts, trades: flat } = header;
  const body = zstdDecompressSync(bytes.subarray(4 + length));
  const netReturn = new Float64Array(bars);
  const marketDay = new Int32Array(bars);
  if (body.length !== netReturn.byteLength + marketDay.byteLength) throw new RangeError('a body is cut off');
  fromPlanes(body.subarray(0, netReturn.byteLength), netReturn);
  fromPlanes(body.subarray(netReturn.byteLength), marketDay);
  const value = (name: string) => header.metrics[header.names.indexOf(name)] ?? Number.NaN;
  const trades: TestedWindow['trades'][number][] = [];
  for (let i = 0; i < flat.length; i += 4) {
    const direction = flat[i + 2]! > 0 ? 1 : -1;
    trades.push({ entry: flat[i]!, exit: flat[i + 1]!, direction, stake: flat[i + 3]! });
  }
  return {
    netReturn,
    marketDay,
    trades,
    forecasts,
    metrics: Float64Array.from(METRICS, value),
    barsPerYear,
    costs,
  };
}

type Values = Float64Array | Int32Array;

function bytesOf(values: Values): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function planes(values: Values): Uint8Array {
  const { length, BYTES_PER_ELEMENT: each } = values;
  const bytes = bytesOf(values);
  const out = new Uint8Array(bytes.length);
  for (let b = 0; b < each; b++) {
    for (let i = 0; i < length; i++) out[b * length + i] = bytes[i * each + b]!;
  }
  return out;
}

function fromPlanes(from: Uint8Array, values: Values): void {
  const { length, BYTES_PER_ELEMENT: each } = values;
  const out = bytesOf(values);
  for (let b = 0; b < each; b++) {
    for (let i = 0; i < length; i++) out[i * each + b] = from[b * length + i]!;
  }
}
