import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CANDLE_COLUMNS, type Candles } from '../candles.ts';
import {
  columnBytes,
  damaged,
  type Header,
  PREFIX_BYTES,
  readHeader,
  unreadable,
  withColumns,
} from './candle-file.ts';

/** A candle file that is read a stretch at a time: ten million bars are half a gigabyte, and whoever looks at some of them needs no more. */
export interface CandleStretches {
  readonly length: number;
  /** When the file was last written, ms since 1970-01-01 UTC. */
  readonly writtenAt: number;
  /** Bars [from, to), until others are read. Nothing tells whether they are as they were written; see `check`. */
  read(from: number, to: number): Candles;
  /** Index of the first bar whose opening time is >= `time` (ms); `length` if there is none. */
  lowerBound(time: number): number;
  /** Goes through all of it. Throws `artifact-damaged` where its content does not match its checksum. */
  check(): void;
  close(): void;
}

/** Bars that `check` has in memory. */
const CHECKED_BARS = 65_536;
const VALUE_BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Opens a candle file; `digest` is that of the series that it should hold, `name` what messages call it. To be closed. Throws as `readCandleFile`
 * of what its header and its length tell.
 */
export function openCandleFile(path: string, digest?: string, name = path): CandleStretches {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const { header, dataAt } = headerOf(file, name);
    if (digest !== undefined && header.digest !== digest)
      throw damaged(name, 'it holds other bars than those it is named after');
    return stretchesOf(file, header, dataAt, name);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function headerOf(file: number, name: string): { header: Header; dataAt: number } {
  const prefix = new Uint8Array(PREFIX_BYTES);
  const read = readSync(file, prefix, 0, PREFIX_BYTES, 0);
  const { size } = fstatSync(file);
  const dataAt = read < PREFIX_BYTES ? read : PREFIX_BYTES + new DataView(prefix.buffer).getUint32(12, true);
  const bytes = new Uint8Array(Math.min(dataAt, size));
  readSync(file, bytes, 0, bytes.length, 0);
  const found = readHeader(bytes, name);
  const expected = found.dataAt + CANDLE_COLUMNS.length * found.header.length * VALUE_BYTES;
  if (size !== expected) throw damaged(name, `it has ${size} bytes instead of ${expected}`);
  return found;
}

function stretchesOf(file: number, header: Header, dataAt: number, name: string): CandleStretches {
  const { symbol, timeframe, length, synthetic } = header;
  /** Of each column, where its values are read to: what is new each time would be gigabytes of garbage where all of a long file is looked at. */
  const memory: Float64Array[] = CANDLE_COLUMNS.map(() => new Float64Array());
  function values(column: number, from: number, to: number): Float64Array {
    if (memory[column]!.length < to - from) memory[column] = new Float64Array(to - from);
    const found = memory[column]!.subarray(0, to - from);
    const bytes = new Uint8Array(found.buffer, 0, found.byteLength);
    const at = dataAt + (column * length + from) * VALUE_BYTES;
    for (let read = 0; read < bytes.length; ) {
      const more = readSync(file, bytes, read, bytes.length - read, at + read);
      if (more === 0) throw damaged(name, 'it ends before its last bar');
      read += more;
    }
    return found;
  }
  return {
    length,
    writtenAt: fstatSync(file).mtimeMs,
    read: (from, to) =>
      withColumns({ symbol, timeframe, length: to - from, synthetic }, (_, i) => values(i, from, to)),
    lowerBound(time) {
      let [low, high] = [0, length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (values(0, middle, middle + 1)[0]! < time) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    check() {
      const hash = createHash('sha256').update(JSON.stringify([symbol, timeframe, length, synthetic]));
      for (const column of CANDLE_COLUMNS.keys()) {
        for (let from = 0; from < length; from += CHECKED_BARS) {
          hash.update(columnBytes(values(column, from, Math.min(from + CHECKED_BARS, length))));
        }
      }
      if (hash.digest('hex') !== header.digest)
        throw damaged(name, 'its content does not match its checksum');
    },
    close: () => closeSync(file),
  };
}
