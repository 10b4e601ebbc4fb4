import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic-write.ts';

/** The file of a workspace that remembers when somebody looked last. */
export const LAST_LOOK = 'last-look.json';

/** Looks that are less apart are one. */
const VISIT_MS = 60 * 60_000;

const lookSchema = z.object({
  /** The end of the look before this one; null: there was none. */
  since: z.iso.datetime().nullable(),
  /** The newest moment of this one. */
  at: z.iso.datetime(),
});

/** When somebody looked at a workspace. */
export interface LastLook {
  /** Since when things are new, ms since 1970-01-01 UTC; null: nobody looked before. */
  since(now: number): number | null;
  /** Somebody looks now; `all`: nothing is new any more. */
  seen(now: number, all: boolean): number | null;
}

/** What can't be read was no look: it says nothing but what is shown as new. */
export function lastLook(workspace: string): LastLook {
  const file = join(workspace, LAST_LOOK);

  function read(): { since: number | null; at: number } | undefined {
    try {
      const { since, at } = lookSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      return { since: since === null ? null : Date.parse(since), at: Date.parse(at) };
    } catch {
      return undefined;
    }
  }

  function since(now: number): number | null {
    const look = read();
    if (look === undefined) return null;
    // A clock that was set back begins no new look.
    return now - look.at < VISIT_MS ? look.since : look.at;
  }

  return {
    since,
    seen(now, all) {
      const from = all ? now : since(now);
      const look = {
        since: from === null ? null : new Date(from).toISOString(),
        at: new Date(now).toISOString(),
      };
      writeFileAtomic(file, `${JSON.stringify(look)}\n`);
      return from;
    },
  };
}
