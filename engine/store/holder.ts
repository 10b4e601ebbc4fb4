import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';

/** Who keeps a database locked, as far as it can be found out. */
export interface Holder {
  /** For a sentence. */
  readonly who: string;
  readonly pid?: number;
  readonly host?: string;
  readonly queueId?: number;
  /** ISO 8601 UTC: since when it trains. */
  readonly since?: string;
}

interface Trained {
  readonly id: number;
  readonly name: string;
  readonly owner: string;
  readonly started_at: number | null;
}

/** Whoever the system says has locked it, and what that process trains; else the process that trains here. */
export function holderOf(file: string): Holder {
  const locking = lockingProcess(file);
  const queue = trainedQueue(file);
  const owner = queue && ownerOf(queue.owner);
  if (queue !== undefined && owner !== undefined && (locking === undefined || locking === owner.pid)) {
    const { pid, host } = owner;
    const since = queue.started_at === null ? undefined : new Date(queue.started_at).toISOString();
    const when = since === undefined ? '' : ` since ${since.slice(0, 16).replace('T', ' ')} UTC`;
    return {
      who: `process ${pid} on ${host}, which trains queue ${queue.id} "${queue.name}"${when},`,
      pid,
      host,
      queueId: queue.id,
      ...(since === undefined ? {} : { since }),
    };
  }
  if (locking === undefined) return { who: 'another process' };
  return { who: `process ${locking} on ${hostname()}`, pid: locking, host: hostname() };
}

/** Undefined where it can't be read: that somebody holds the database is to be said all the same. */
function ownerOf(text: string): { readonly host: string; readonly pid: number } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writers don't keep readers out; where something does, nothing is known. */
function trainedQueue(file: string): Trained | undefined {
  try {
    const db = new Database(file, { readonly: true, timeout: 0 });
    try {
      return db
        .prepare<[], Trained>(
          `SELECT id, name, owner, started_at FROM queues
             WHERE state IN ('running', 'pausing', 'cancelling') AND owner IS NOT NULL ORDER BY started_at LIMIT 1`,
        )
        .get();
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

/** Linux lists its locks: the process that has locked a part of the database, or of its index, for writing. */
function lockingProcess(file: string): number | undefined {
  try {
    const paths = [file, `${file}-shm`].map((path) => realpathSync(path));
    const inodes = paths.map((path) => String(statSync(path, { bigint: true }).ino));
    const pids = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, , , mode, pid, place] = line.split(/\s+/);
        return mode === 'WRITE' && inodes.includes(place?.split(':').at(-1) ?? '') ? [Number(pid)] : [];
      });
    // A file of another disk may have the same number.
    return pids.find((pid) => pid !== process.pid && paths.some((path) => hasOpen(pid, path)));
  } catch {
    return undefined;
  }
}

function hasOpen(pid: number, path: string): boolean {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`) === path;
    } catch {
      // Closed in the meantime.
      return false;
    }
  });
}
