import {
  type BitFlip,
  flipsThatExplain,
  formatOf,
  frameAt,
  frameSum,
  headerFlips,
  headerSum,
  isSame,
  type LogFormat,
  type LogFrame,
  type LogSum,
  putSalts,
  putSum,
  turn,
} from './write-ahead-log.ts';

/** What is wrong with a write-ahead log, besides a tail that was never written. */
export interface LogRot {
  /** Frames, from 1 on, that are not what was written; 0: the header. */
  readonly frames: readonly number[];
  /** The log with all of it put right that can be proven from its checksums. */
  readonly log: Buffer;
  /** Of these, all in one frame, one was turned round; which one, the checksum can't say. Empty where there is no question. */
  readonly choices: readonly BitFlip[];
  /** Whole frames of `log`, up to where SQLite reads. */
  readonly readable: number;
  /** Transactions that can't be read: of the first frame that can't be put right, and after it. */
  readonly lost: number;
}

/**
 * Reads a log as SQLite does when it recovers it, up to the first frame whose checksum is wrong, and asks why. A flipped bit is found and
 * turned back by the checksum of its frame (64 bits, against some 33,000 bits it could be): a write that was cut off never looks like that.
 * Other damage is told from a cut-off write by what comes after it: a transaction is begun only once the one before is on the disk, so whatever
 * was damaged before a later transaction was whole once. Undefined where the log is sound, or ends in a cut-off write.
 */
export function findRot(written: Buffer): LogRot | undefined {
  const log = Buffer.from(written);
  let format = formatOf(log);
  const frames: number[] = [];
  if (format === undefined) {
    format = mendHeader(log);
    if (format === undefined) return undefined;
    frames.push(0);
  }
  let choices: readonly BitFlip[] = [];
  let before = headerSum(log);
  let index = 0;
  let lost = 0;
  for (; ; index++) {
    const frame = frameAt(log, format, index);
    if (frame === undefined) break;
    if (!isWhole(log, format, frame, before)) {
      const flips = mendFrame(log, format, index, before);
      const isHopeless = flips === undefined || (flips.length > 0 && choices.length > 0);
      if (isHopeless) {
        lost = transactionsAfter(log, format, index);
        if (lost > 0) frames.push(index + 1);
        break;
      }
      frames.push(index + 1);
      if (flips.length > 0) choices = flips;
    }
    before = frameAt(log, format, index)!.sum;
  }
  return frames.length === 0 ? undefined : { frames, log, choices, readable: index, lost };
}

/** How many transactions can't be read from a frame on, whether or not a later one proves that its own was whole. */
export function transactionsFrom(log: Buffer, index: number): number {
  const format = formatOf(log);
  return format === undefined ? 0 : countFrom(log, format, index).transactions;
}

function isWhole(log: Buffer, format: LogFormat, frame: LogFrame, before: LogSum): boolean {
  return frame.page > 0 && frame.hasSalts && isSame(frameSum(log, format, frame, before), frame.sum);
}

/** Puts a header right, by one bit of it, if the first frame is its own then. */
function mendHeader(log: Buffer): LogFormat | undefined {
  for (const flip of headerFlips()) {
    if (flip.at >= log.length) return undefined;
    turn(log, flip);
    const format = formatOf(log);
    const first = format && frameAt(log, format, 0);
    if (format && first && isWhole(log, format, first, headerSum(log))) return format;
    turn(log, flip);
  }
  return undefined;
}

/** Puts a frame right where only one flip can have been; else returns those that can. Undefined where none can. */
function mendFrame(
  log: Buffer,
  format: LogFormat,
  index: number,
  before: LogSum,
): readonly BitFlip[] | undefined {
  const frame = frameAt(log, format, index)!;
  const found = frameSum(log, format, frame, before);
  if (isSame(found, frame.sum)) {
    if (frame.page === 0 || frame.hasSalts) return undefined;
    putSalts(log, frame);
    return [];
  }
  if (!frame.hasSalts) return undefined;
  const next = frameAt(log, format, index + 1);
  if (next && isWhole(log, format, next, found)) {
    putSum(log, frame, found);
    return [];
  }
  const isSumRight = next !== undefined && isWhole(log, format, next, frame.sum);
  const flips = flipsThatExplain(log, format, frame, found).filter(
    ({ at }) => !isSumRight || at < frame.at + 16 || at >= frame.at + 24,
  );
  if (flips.length === 0) return undefined;
  if (flips.length > 1) return flips;
  turn(log, flips[0]!);
  return [];
}

/** Transactions of the frame and after it, if one that came later proves that this was whole once; else 0. */
function transactionsAfter(log: Buffer, format: LogFormat, index: number): number {
  const { transactions, isFollowed } = countFrom(log, format, index);
  return isFollowed ? transactions : 0;
}

/** Frames are the log's own by its salts, and whole where they follow from the checksum of the frame before. */
function countFrom(log: Buffer, format: LogFormat, index: number) {
  let transactions = 0;
  let isFollowed = false;
  for (let n = index; ; n++) {
    const frame = frameAt(log, format, n);
    if (!frame?.hasSalts) {
      if (frame !== undefined && n === index) continue;
      break;
    }
    const isOwn = n === index || isWhole(log, format, frame, frameAt(log, format, n - 1)!.sum);
    if (!isOwn) continue;
    if (transactions > 0) isFollowed = true;
    if (frame.size > 0) transactions++;
  }
  return { transactions, isFollowed };
}
