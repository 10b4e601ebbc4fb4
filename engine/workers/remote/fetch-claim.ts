import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Beside a file that a worker fetches, so that others of its machine wait for it: each would have the same bytes sent to it. */
export const CLAIM_SUFFIX = '.claim';

/** Nobody waits longer for one that got nothing meanwhile, ms: its worker may have been killed, its host be gone, its line be slow. */
const STALE_MS = 20_000;
const LOOK_MS = 20;

/** That this worker fetches a file. */
export interface FetchClaim {
  /** To be called as parts of it come. */
  goOn(): void;
  release(): void;
}

/** Waits until no other worker of this machine fetches a file: one of them may have it by then. The claim is to be released. */
export async function claimFetch(path: string): Promise<FetchClaim> {
  const file = path + CLAIM_SUFFIX;
  while (!take(file)) await delay(LOOK_MS);
  return { goOn: () => touch(file), release: () => rmSync(file, { force: true }) };
}

function take(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    // One that can't be made hinders nobody: what is fetched twice has the same bytes.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true;
  }
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed !== undefined && Math.abs(Date.now() - changed) > STALE_MS) rmSync(file, { force: true });
  return false;
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Another took it for one that is left.
  }
}
