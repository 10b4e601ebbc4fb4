import { existsSync, readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** A transaction in a write-ahead log: where it is in the file. */
export interface LoggedTransaction {
  readonly from: number;
  readonly to: number;
}

/**
 * The transactions that a database's write-ahead log holds: frames of the log's own salts, each transaction ended by the frame that has
 * the size of the database (https://www.sqlite.org/fileformat2.html#walformat). Checksums are not looked at.
 */
export function loggedTransactions(database: string): LoggedTransaction[] {
  if (!existsSync(`${database}-wal`)) return [];
  const log = readFileSync(`${database}-wal`);
  if (log.length < HEADER_BYTES) return [];
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  const salts = log.subarray(16, 24);
  const transactions: LoggedTransaction[] = [];
  let from = HEADER_BYTES;
  for (let at = from; at + frameBytes <= log.length; at += frameBytes) {
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    if (log.readUInt32BE(at + 4) === 0) continue;
    transactions.push({ from, to: at + frameBytes });
    from = at + frameBytes;
  }
  return transactions;
}
