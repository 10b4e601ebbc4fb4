import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type Database from 'better-sqlite3';

/** A value as SQLite hands it to a function. */
type Value = number | bigint | string | Uint8Array | null;

const scratch = Buffer.from(new ArrayBuffer(64 * 1024));
const view = new DataView(scratch.buffer);
/** A part of a plain array is made in a fraction of the time of a buffer's. */
const written = (length: number) => new Uint8Array(scratch.buffer, 0, length);
/** Of UTF-8 in one UTF-16 unit. */
const LARGEST_UNIT = 3;
/** Bytes that are copied sooner than summed by themselves. */
const MOST_COPIED = 4096;
/** Kind of a value and its length, or the value. */
const HEAD = 9;

const NULL = 0;
const NUMBER = 1;
const TEXT = 2;
const BYTES = 3;

/**
 * Bytes of values in their order, so that no other values have the same: kind, length, content. `flush` is given what does not fit
 * at once. A number is a float64 whatever column it comes from: SQLite itself stores whole ones as integers.
 */
function writeValues(values: readonly Value[], flush: (bytes: Uint8Array, isLast: boolean) => void): void {
  let at = 0;
  for (const value of values) {
    if (at + HEAD > scratch.length) {
      flush(written(at), false);
      at = 0;
    }
    if (value === null) {
      scratch[at++] = NULL;
    } else if (typeof value === 'number') {
      scratch[at] = NUMBER;
      // -0 is stored as 0.
      view.setFloat64(at + 1, value + 0, true);
      at += HEAD;
    } else if (typeof value === 'string' && at + HEAD + LARGEST_UNIT * value.length <= scratch.length) {
      const length = scratch.write(value, at + HEAD, 'utf8');
      scratch[at] = TEXT;
      view.setFloat64(at + 1, length, true);
      at += HEAD + length;
    } else if (
      typeof value === 'object' &&
      value.length <= MOST_COPIED &&
      at + HEAD + value.length <= scratch.length
    ) {
      scratch[at] = BYTES;
      view.setFloat64(at + 1, value.length, true);
      scratch.set(value, at + HEAD);
      at += HEAD + value.length;
    } else {
      const bytes = typeof value === 'object' ? value : Buffer.from(String(value));
      scratch[at] = typeof value === 'object' ? BYTES : TEXT;
      view.setFloat64(at + 1, bytes.length, true);
      flush(written(at + HEAD), false);
      flush(bytes, false);
      at = 0;
    }
  }
  flush(written(at), true);
}

/** CRC-32 of a row's values: it finds every single wrong bit, every burst of up to 32, and all but 1 in 4 billion of others. */
export function rowSum(...values: Value[]): number {
  let sum = 0;
  writeValues(values, (bytes) => {
    sum = crc32(bytes, sum);
  });
  return sum;
}

/** The link of a run in the chain of its job: a digest of the link before it and of what never changes in the run. */
export function chainLink(before: Value, ...values: Value[]): string {
  const parts: Uint8Array[] = [];
  let digest = '';
  writeValues([before, ...values], (bytes, isLast) => {
    // Most fit at once, and need not be copied.
    if (isLast && parts.length === 0) digest = hash('sha256', bytes);
    else parts.push(Uint8Array.from(bytes));
  });
  return (digest || hash('sha256', Buffer.concat(parts))).slice(0, LINK_DIGITS);
}

const LINK_DIGITS = 32;

/** Names in SQL. */
export const ROW_SUM = 'regimen_row_sum';
export const CHAIN_LINK = 'regimen_chain_link';

/** What a connection needs before it changes a row: the triggers of checksums call these. */
export function addSumFunctions(db: Database.Database): void {
  const options = { varargs: true, deterministic: true };
  db.function(ROW_SUM, options, rowSum as (...values: unknown[]) => unknown);
  db.function(CHAIN_LINK, options, chainLink as (...values: unknown[]) => unknown);
}
