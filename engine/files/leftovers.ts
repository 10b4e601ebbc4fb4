import { join } from 'node:path';
import { temporaryWriter } from './atomic-write.ts';
import { listFolder } from './folder-listing.ts';
import { isRunning } from './processes.ts';

/** A process of another computer, on a shared drive, is not seen here: what it writes to is younger than this. */
const GRACE_MS = 600_000;

export interface Leftover {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Temporary files by our own naming that lie directly in a folder, whose process is dead and that nobody has written to for ten
 * minutes. Everything else stays. `now`: milliseconds since 1970-01-01 UTC.
 */
export function deadTemporaries(folder: string, now: number): Leftover[] {
  return listFolder(folder).flatMap(({ name, isFile, bytes, modifiedAt }) => {
    const pid = isFile ? temporaryWriter(name) : undefined;
    const isGarbage = pid !== undefined && !isRunning(pid) && now - modifiedAt > GRACE_MS;
    return isGarbage ? [{ path: join(folder, name), bytes }] : [];
  });
}
