import { type Stats, statSync } from 'node:fs';

/** What stands at a path; undefined where nothing does, or nothing can: names that no file has are answered where they are opened. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
