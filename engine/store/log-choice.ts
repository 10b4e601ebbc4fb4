import Database from 'better-sqlite3';
import { assertSchema } from './health.ts';
import type { LogRot } from './log-rot.ts';
import { addSumFunctions } from './row-sum.ts';
import { damageInSteps } from './soundness.ts';
import { type BitFlip, formatOf, frameAt, type LogFrame, pageOf, turn } from './write-ahead-log.ts';

/** A larger database is looked through less often than there may be bits to choose from; see `LOOKED_THROUGH_BYTES`. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** Of all tries together: some ten seconds. */
const LOOKED_THROUGH_BYTES = 256 * 1024 * 1024;

/**
 * The log with the one flip turned back that leaves the database as it was written: every other one leaves the flip that there is, and
 * adds a second one, which the checksums of rows and the comparison of indexes with tables find. Undefined where none does, or the database
 * is too large to try. `database`: the file without its log.
 */
export function chooseFlip(database: Buffer, rot: LogRot): Buffer | undefined {
  if (database.length > LARGEST_BYTES) return undefined;
  const tries = Math.max(1, Math.floor(LOOKED_THROUGH_BYTES / Math.max(database.length, 1)));
  for (const flip of likeliestFirst(database, rot).slice(0, tries)) {
    const log = Buffer.from(rot.log);
    turn(log, flip);
    if (isSound(withLog(database, { ...rot, log }))) return log;
  }
  return undefined;
}

/** The database as it is once its log is put away, for a connection in memory: a log can't be there. */
function withLog(database: Buffer, { log, readable }: LogRot): Buffer {
  const format = formatOf(log)!;
  const pages = new Map<number, LogFrame>();
  let ended = new Map<number, LogFrame>();
  let bytes = database.length;
  for (let index = 0; index < readable; index++) {
    const frame = frameAt(log, format, index)!;
    pages.set(frame.page, frame);
    if (frame.size === 0) continue;
    bytes = frame.size * format.pageBytes;
    ended = new Map(pages);
  }
  const image = Buffer.alloc(Math.min(bytes, database.length + log.length));
  database.copy(image);
  for (const [page, frame] of ended) pageOf(log, format, frame).copy(image, (page - 1) * format.pageBytes);
  image.fill(1, 18, 20);
  return image;
}

function isSound(image: Buffer): boolean {
  let db: Database.Database | undefined;
  try {
    db = new Database(image);
    addSumFunctions(db);
    assertSchema(db, '');
    for (const damage of damageInSteps(db)) if (damage !== null) return false;
    return db.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** Pages change little from one time they are written to the next: a bit that stands alone among their versions is the likeliest. */
function likeliestFirst(database: Buffer, { log, choices, readable }: LogRot): readonly BitFlip[] {
  const format = formatOf(log)!;
  const frames = Array.from({ length: readable }, (_, index) => frameAt(log, format, index)!);
  const own = frames.find(({ at }) => choices[0]!.at >= at && choices[0]!.at < at + format.frameBytes)!;
  const start = (own.page - 1) * format.pageBytes;
  const others = [
    database.subarray(start, start + format.pageBytes),
    ...frames.filter((frame) => frame.page === own.page && frame !== own).map((f) => pageOf(log, format, f)),
  ];
  const pageAt = own.at + format.frameBytes - format.pageBytes;
  const agreeing = ({ at, mask }: BitFlip) =>
    at < pageAt ? 0 : others.filter((page) => page[at - pageAt] === (log[at]! ^ mask)).length;
  return [...choices].sort((a, b) => agreeing(b) - agreeing(a));
}
